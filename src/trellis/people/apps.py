"""Start-up of the people app."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen for sign-ins; the module needs the models, so it cannot be imported above."""
        import_module("trellis.people.sessions")
