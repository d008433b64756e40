"""Start-up of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
