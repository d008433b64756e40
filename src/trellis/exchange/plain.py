"""What JSON has no kind for, as text: moments, days, numbers with a fixed point, identifiers, bytes."""

import base64
import datetime as dt
import uuid
from decimal import Decimal
from typing import Any


def as_text(value: Any) -> str:
    """Return a value as text, the same on every database; raises TypeError for a kind that no row holds."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
