"""Start-up of the exchange app."""

from importlib import import_module

from allauth.socialaccount.providers import registry
from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell allauth of the directories people sign in through; the module needs the models."""
        registry.register(import_module("trellis.exchange.sign_in.provider").DirectoryProvider)
