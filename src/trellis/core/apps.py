"""Start-up of the core app: finds every app's checks and panels."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Core stands first in INSTALLED_APPS, so that its templates and registries are there for all others."""

    name = "trellis.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load each app's system checks, and its `panels`, which register what it shows on others' pages."""
        autodiscover_modules("checks", "panels")
