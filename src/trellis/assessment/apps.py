"""Start-up of the assessment app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
