"""Run on a site's data (python -m tests.browser.hours_go_by SESSION begins|ends): it begins, or is over, a minute ago.

The server reads the real clock, so instead of the hours the session moves; it stays as long as it was.
"""

import datetime as dt
import sys
from uuid import UUID

import django

django.setup()

from trellis.core.clock import now  # noqa: E402
from trellis.learning.models import Session  # noqa: E402


def main(uid: UUID, until: str) -> None:
    """Move the session."""
    session = Session.objects.get(uid=uid)
    lasts, ago = session.ends_at - session.starts_at, now() - dt.timedelta(minutes=1)
    session.starts_at = {"begins": ago, "ends": ago - lasts}[until]
    session.ends_at = session.starts_at + lasts
    session.save(update_fields=["starts_at", "ends_at"])


if __name__ == "__main__":
    main(UUID(sys.argv[1]), sys.argv[2])
