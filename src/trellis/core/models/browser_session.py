"""Sessions: what a browser that has signed in is known by."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from trellis.core.privacy import Privacy, PrivacyClass


class BrowserSession(AbstractBaseSession):
    """One browser, until it signs out or has not come back for two weeks."""

    privacy = Privacy(PrivacyClass.SECRET, "2 weeks after the last visit")

    account = models.CharField(
        max_length=20, blank=True, db_index=True, help_text="key of the account signed in with it, empty for none"
    )

    def __str__(self) -> str:
        return self.account

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Return what reads and writes the rows."""
        found: type[SessionStore] = import_module(settings.SESSION_ENGINE).SessionStore
        return found
