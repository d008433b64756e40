"""Keeps addresses that hold a secret out of the log: whoever reads it could use the link, or see whose it is."""

import logging

from django.conf import settings


class WithoutLinks(logging.Filter):
    """Shortens the address of a request below the paths that `TRELLIS_UNLOGGED` names to that path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where needed, and keep it."""
        path = getattr(getattr(record, "request", None), "path", "")
        known = next((start for start in settings.TRELLIS_UNLOGGED if path.startswith(start)), None)
        if known is not None and isinstance(record.args, tuple):
            record.args = tuple(f"{known}…" if arg == path else arg for arg in record.args)
        return True
