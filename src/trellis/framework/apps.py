"""Start-up of the framework app."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.framework"
    label = "framework"
    default_auto_field = "django.db.models.BigAutoField"
