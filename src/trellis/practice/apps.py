"""Start-up of the practice app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
