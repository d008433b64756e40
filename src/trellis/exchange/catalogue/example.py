"""An example of a file to bring in: every column that there is, two fictional offerings, three sessions."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from trellis.core import clock
from trellis.core.sheets.writer import Value
from trellis.exchange.catalogue.columns import COLUMNS

# Nobody writes IDs by hand; a time of its own column is for who has it that way.
_SHOWN = [column for column in COLUMNS if column.key not in ("uid", "session_uid", "start_time", "end_time")]


def example_header() -> list[str]:
    """Return the headings of the example."""
    return [str(column.label) for column in _SHOWN]


def example_rows() -> Iterator[list[Value]]:
    """Yield its rows; their days lie in the weeks to come."""
    story: dict[str, Value] = {
        "key": "TR-101", "title": _("Tell your story: self, us, now"), "teaches": "ORG.5.L1; SEI.3.L1", "needs": "",
        "description": _("An evening in small groups. You leave with two minutes to tell at the next meeting."),
        "format": _("In person"), "minutes": "90 min", "language": "English", "cost": "0", "provider": "",
        "access_notes": _("Step-free; captions on request"), "status": _("Draft"),
    }  # fmt: skip
    money = story | {
        "key": "TR-205", "title": _("Read your local's budget"), "teaches": "SFH.4.L1", "needs": "SFH.3.L1",
        "description": _("What the month's statement says, and what to ask about it."),
        "format": _("Online, live"), "minutes": "1.5 h", "cost": "15.00", "provider": _("State office"),
        "access_notes": "",
    }  # fmt: skip
    for offering, key, weeks, where, seats in (
        (story, "TR-101-A", 4, {"place": _("Union hall, room 2"), "note": _("Supper at 6 pm")}, 24),
        (story, "TR-101-B", 6, {"place": _("Lincoln Elementary, library")}, 16),
        (money, "TR-205-A", 5, {"link": "https://meet.example.org/budget"}, None),
    ):
        day = clock.today() + dt.timedelta(weeks=weeks)
        session = {
            "session_key": key, "starts": f"{day} 18:30", "ends": f"{day} 20:00", "zone": "America/Denver",
            "seats": seats, "sign_up_until": str(day - dt.timedelta(days=2)), "session_status": "", **where,
        }  # fmt: skip
        values: dict[str, Value] = {**offering, **session}
        yield [values.get(column.key, "") for column in _SHOWN]
