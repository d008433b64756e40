"""Keeps sessions in the database, each beside the account that is signed in with it."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from trellis.core.models import BrowserSession


class SessionStore(DatabaseStore):
    """Django's own, with a column for the account: all sessions of one are found without opening every session."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        """Return the model of the table."""
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        """Return the row for what a session holds."""
        row = cast("BrowserSession", super().create_model_instance(data))
        row.account = str(data.get(SESSION_KEY, ""))
        return row
