"""Start-up of the web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
