"""Start-up of the growth app."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.growth"
    label = "growth"
    default_auto_field = "django.db.models.BigAutoField"
