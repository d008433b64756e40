"""Start-up of the learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
