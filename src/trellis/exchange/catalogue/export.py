"""Writes offerings, sessions and the people of one session as rows of a table; the first two can be read in again."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from trellis.core.sheets.writer import Value
from trellis.exchange.catalogue.columns import OFFERING_COLUMNS, SESSION_COLUMNS
from trellis.exchange.catalogue.moments import local_text
from trellis.learning.languages import language_name
from trellis.learning.models import Offering, Place, Session, SignUp

# A session names its offering by these; the start and the end have the time with them.
_OF_OFFERING = [column for column in OFFERING_COLUMNS if column.key in ("uid", "key", "title")]
_OF_SESSION = [column for column in SESSION_COLUMNS if column.key not in ("start_time", "end_time")]


def offering_header() -> list[str]:
    """Return the headings of a table of offerings."""
    return [*(str(column.label) for column in OFFERING_COLUMNS), _("Unit")]


def offering_rows(offerings: Iterable[Offering]) -> Iterator[list[Value]]:
    """Yield a row for each offering; its `unit` and `cells` are fetched with it."""
    for offering in offerings:
        values = _offering(offering)
        yield [*(values[column.key] for column in OFFERING_COLUMNS), offering.unit.name]


def session_header() -> list[str]:
    """Return the headings of a table of sessions."""
    return [*(str(column.label) for column in (*_OF_OFFERING, *_OF_SESSION)), _("Unit")]


def session_rows(sessions: Iterable[Session], *, with_link: frozenset[int]) -> Iterator[list[Value]]:
    """Yield a row for each session; its `unit` and `offering` are fetched with it.

    Where it meets online is written only for those whose keys are in `with_link`.
    """
    for session in sessions:
        offering = session.offering
        named = {"uid": str(offering.uid), "key": offering.key, "title": offering.title}
        values = named | _session(session, with_link=session.pk in with_link)
        yield [*(values[column.key] for column in (*_OF_OFFERING, *_OF_SESSION)), session.unit.name]


def people_header(*, needs: bool) -> list[str]:
    """Return the headings of the list of who comes to a session."""
    asked = [_("What they need"), _("Children for child care")] if needs else []
    return [_("Family name"), _("Given name"), _("Seat"), *asked, _("Came")]


def people_rows(sign_ups: Iterable[SignUp], *, needs: bool) -> Iterator[list[Value]]:
    """Yield a row for each person who has signed up; `person` is fetched with each."""
    for sign_up in sign_ups:
        asked: list[Value] = [sign_up.needs, sign_up.children or None] if needs else []
        came = "" if sign_up.came is None else sign_up.came
        person = sign_up.person
        yield [person.family_name, person.given_name, _seat(sign_up), *asked, came]


def _seat(sign_up: SignUp) -> str:
    return {"seat": _("seat"), "waiting": _("waiting"), "walk-in": _("came without a seat")}.get(sign_up.status, "")


def _offering(offering: Offering) -> Mapping[str, Value]:
    cells = {place: [cell.cell_code for cell in offering.cells.all() if cell.place == place] for place in Place}
    return {
        "uid": str(offering.uid),
        "key": offering.key,
        "title": offering.title,
        "teaches": "; ".join(cells[Place.TEACHES]),
        "needs": "; ".join(cells[Place.NEEDS]),
        "description": offering.description,
        "format": offering.get_format_display(),
        "minutes": _("%(minutes)d min") % {"minutes": offering.minutes},
        "language": language_name(offering.language),
        "access_notes": offering.access_notes,
        "cost": offering.cost,
        "provider": offering.provider,
        "status": offering.get_status_display(),
    }


def _session(session: Session, *, with_link: bool) -> dict[str, Value]:
    until = session.sign_up_until
    return {
        "session_uid": str(session.uid),
        "session_key": session.key,
        "starts": local_text(session.starts_at, session.zone),
        "ends": local_text(session.ends_at, session.zone),
        "zone": session.zone,
        "place": session.place,
        "link": session.link if with_link else "",
        "seats": session.seats,
        "sign_up_until": local_text(until, session.zone) if until else "",
        "note": session.note,
        "session_status": session.get_status_display(),
    }
