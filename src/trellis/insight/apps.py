"""Start-up of the insight app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
