"""Start-up of the exchange app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the app for Django."""

    name = "trellis.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
