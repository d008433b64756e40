"""Programmes: what is open to whom, and what is the applicant's, the endorser's, the reader's, the staff's alone."""

from collections.abc import Callable
from typing import Any

from tests.cast import Cast
from tests.learning.programmes import stages
from tests.pages.matrix import NOBODY, OWN, SIGNED_IN, Row
from trellis.learning.cohort_actions import set_mentor
from trellis.learning.models import Application, BlindReading, CallReader, Outcome

STAFF = frozenset({"state_staff"})
PRESIDENTS = frozenset({"president", "sibling_president", "other_state_president"})
OF_RIVERSIDE_PRESIDENT = frozenset({"president"})
# Of a state's call: everybody who belongs to that state or a part of it today.
IN_ALDER = SIGNED_IN - {"other_state_president", "steward", "gone"}
Args = Callable[[Cast], dict[str, Any]]


def _call(make: Callable[[Cast], Any]) -> Args:
    return lambda cast: {"uid": make(cast).uid}


def _application(make: Callable[[Cast], Any], **more: Any) -> Args:
    """The application of `own`, in a call at some stage."""
    return lambda cast: {"uid": make(cast) and Application.objects.get(person=cast.own).uid} | more


def _waiting(cast: Cast) -> dict[str, Any]:
    stages.told(cast, {"coached": Outcome.WAITING, "own": Outcome.WAITING})
    return {"uid": Application.objects.get(person=cast.own).uid}


def _undecided(cast: Cast) -> dict[str, Any]:
    """An application that all its readers have read, and one more could."""
    call = stages.closed(cast, readers=(*stages.READERS, "neighbour"))
    stages.read(cast, call)
    return {"uid": Application.objects.get(person=cast.own).uid}


def _reading(cast: Cast) -> dict[str, Any]:
    return {"uid": stages.reading_of(cast, stages.closed(cast).applications.get(), "coach").uid}


def _reading_sent(cast: Cast) -> dict[str, Any]:
    uid = _reading(cast)["uid"]
    stages.send(cast, BlindReading.objects.select_related("application__call", "reader__person").get(uid=uid))
    return {"uid": uid}


def _offer(cast: Cast) -> dict[str, Any]:
    return {"uid": stages.offer_of(cast, stages.told(cast)).uid}


def _reader(cast: Cast) -> dict[str, Any]:
    stages.closed(cast)
    return {"uid": CallReader.objects.get(person=cast.coach).uid}


def _decided(cast: Cast) -> Any:
    return stages.told(cast)


def _capstone_reading(cast: Cast) -> dict[str, Any]:
    return {"uid": stages.capstone(cast, stages.cohort(cast)).readings.get().uid}


def _session(days: float) -> Args:
    return lambda cast: {"uid": stages.session_in(cast, stages.cohort(cast), days).uid}


def _member(cast: Cast) -> dict[str, Any]:
    found = stages.member_of(cast, stages.cohort(cast))
    set_mentor(found, cast.coach, by=cast.state_staff)
    return {"uid": found.uid}


_ENDORSE = {"endorses": "1", "words": "We know her well."}
_PROGRAMME = {
    "title": "Emerging Leaders", "sessions_planned": "3", "attend_least": "2", "rubric-TOTAL_FORMS": "0",
    "rubric-INITIAL_FORMS": "0",
}  # fmt: skip

ROWS: dict[str, tuple[Row, ...]] = {
    # members
    "programmes:home": (Row(SIGNED_IN),),
    "programmes:call": (
        Row(IN_ALDER, args=_call(stages.opened), of="open"),
        Row(NOBODY, args=_call(stages.drafted), of="draft"),
        Row(OWN, args=_call(_decided), of="decided"),
    ),
    "programmes:apply": (
        Row(IN_ALDER, "post", _call(stages.opened), yes=302, of="open"),
        Row(NOBODY, "post", _call(_decided), of="decided"),
    ),
    "programmes:application": (
        Row(OWN, args=_application(stages.begun), of="draft"),
        Row(OWN, args=_application(stages.sent), of="sent"),
        Row(OWN, args=_application(_decided), of="decided"),
    ),
    "programmes:question": (
        Row(OWN, args=_application(stages.begun, number=1)),
        Row(OWN, "post", _application(stages.begun, number=1), {"text": "We asked."}, yes=302),
        Row(NOBODY, args=_application(stages.begun, number=3), of="nothing"),
    ),
    "programmes:send": (Row(OWN, "post", _application(stages.begun), yes=302),),
    "programmes:withdraw": (
        Row(OWN, args=_application(stages.sent)),
        Row(OWN, "post", _application(stages.sent), yes=302),
    ),
    "programmes:offer": (
        Row(OWN, args=_offer),
        Row(OWN, "post", _offer, {"answer": "accept"}, yes=302),
    ),
    # who endorses, for their own local or state and only what was sent
    "programmes:endorsements": (Row(PRESIDENTS),),
    "programmes:endorsement": (
        Row(OF_RIVERSIDE_PRESIDENT, args=_application(stages.sent)),
        Row(OF_RIVERSIDE_PRESIDENT, "post", _application(stages.sent), _ENDORSE, yes=302),
        Row(NOBODY, args=_application(stages.begun), of="draft"),
        Row(NOBODY, args=_application(_decided), of="decided"),
    ),
    # who reads, what was given to them, while the call is read
    "programmes:readings": (Row(SIGNED_IN),),
    "programmes:reading": (
        Row(frozenset({"coach"}), args=_reading),
        Row(frozenset({"coach"}), args=_reading_sent, of="sent"),
        Row(frozenset({"coach"}), "post", _reading, yes=422),
    ),
    "programmes:reading-back": (Row(frozenset({"coach"}), "post", _reading, yes=302),),
    "programmes:capstone-read": (
        Row(frozenset({"coach"}), args=_capstone_reading),
        Row(frozenset({"coach"}), "post", _capstone_reading, yes=422),
    ),
    # members of a cohort
    "programmes:cohort": (Row(OWN, args=_call(stages.cohort)),),
    "programmes:sharing": (Row(OWN, "post", _call(stages.cohort), {"shares_plan": "goals"}, yes=302),),
    "programmes:capstone": (
        Row(OWN, args=_call(stages.cohort)),
        Row(OWN, "post", _call(stages.cohort), {"title": "A table", "result": "Nine."}, yes=302),
    ),
    # who runs the programmes of the unit
    "programmes:run": (Row(STAFF),),
    "programmes:run-programme-new": (Row(STAFF), Row(STAFF, "post", yes=422)),
    "programmes:run-programme": (
        Row(STAFF, args=_call(stages.programme)),
        Row(STAFF, "post", _call(stages.programme), _PROGRAMME, yes=422),
        Row(NOBODY, args=lambda cast: {"uid": stages.programme(cast, "Tamarack").uid}, of="another state"),
        Row(STAFF, args=lambda cast: {"uid": stages.programme(cast, "Millbrook").uid}, of="a local inside"),
        Row(NOBODY, args=lambda cast: {"uid": stages.programme(cast, "Common Ground").uid}, of="above"),
    ),
    "programmes:run-programme-retire": (Row(STAFF, "post", _call(stages.programme), {"retired": "1"}, yes=302),),
    "programmes:run-call-new": (
        Row(STAFF, args=_call(stages.programme)),
        Row(STAFF, "post", _call(stages.programme), yes=422),
    ),
    "programmes:run-call": (Row(STAFF, args=_call(stages.drafted)), Row(STAFF, args=_call(_decided), of="decided")),
    "programmes:run-call-edit": (
        Row(STAFF, args=_call(stages.drafted)),
        Row(STAFF, "post", _call(stages.drafted), yes=422),
        Row(NOBODY, args=_call(stages.opened), of="open"),
    ),
    "programmes:run-call-open": (Row(STAFF, "post", _call(stages.drafted), yes=302),),
    "programmes:run-call-take-back": (Row(STAFF, "post", _call(stages.opened), yes=302),),
    "programmes:run-call-close": (
        Row(STAFF, args=_call(stages.opened)),
        Row(STAFF, "post", _call(stages.opened), yes=302),
        Row(NOBODY, "post", _call(_decided), of="decided"),
    ),
    "programmes:run-call-days": (Row(STAFF, "post", _call(stages.opened), yes=422),),
    "programmes:run-readers": (Row(STAFF, args=_call(stages.opened)),),
    "programmes:run-readers-add": (Row(NOBODY, "post", _call(stages.opened), of="nobody chosen"),),
    "programmes:run-draw": (Row(STAFF, "post", _call(stages.closed), yes=302),),
    "programmes:run-reader-remove": (Row(STAFF, "post", _reader, yes=302),),
    "programmes:run-selection": (Row(STAFF, args=_call(stages.closed)),),
    "programmes:run-offers": (
        Row(STAFF, args=_call(stages.closed)),
        Row(STAFF, "post", _call(stages.closed), {"answer_by": stages.day(9).isoformat()}, yes=302),
        Row(NOBODY, args=_call(stages.opened), of="open"),
    ),
    "programmes:run-cohort-start": (
        Row(STAFF, args=_call(_decided)),
        Row(STAFF, "post", _call(_decided), yes=422),
        Row(NOBODY, args=_call(stages.closed), of="not decided"),
    ),
    "programmes:run-application": (
        Row(STAFF, args=_application(stages.sent)),
        Row(NOBODY, args=_application(stages.begun), of="draft"),
    ),
    "programmes:run-select": (
        Row(STAFF, args=_undecided),
        Row(STAFF, "post", _undecided, {"outcome": "offer", "reason": "Clear."}, yes=302),
        Row(NOBODY, args=_application(stages.begun), of="draft"),
    ),
    "programmes:run-select-undo": (Row(STAFF, "post", _undecided, yes=302),),
    "programmes:run-select-further": (Row(STAFF, "post", _undecided, yes=302),),
    "programmes:run-waiting-up": (
        Row(STAFF, "post", _waiting, yes=302),
        Row(NOBODY, "post", _undecided, of="not waiting"),
    ),
    "programmes:run-cohort": (Row(STAFF, args=_call(stages.cohort)),),
    "programmes:run-session-add": (
        Row(STAFF, args=_call(stages.cohort)),
        Row(STAFF, "post", _call(stages.cohort), yes=422),
        Row(NOBODY, "post", _call(stages.cohort), {"session": "nonsense"}, of="no session"),
    ),
    "programmes:run-attendance": (Row(STAFF, args=_session(-1)), Row(STAFF, "post", _session(-1), yes=302)),
    "programmes:run-session-drop": (Row(STAFF, "post", _session(3), yes=302),),
    "programmes:run-member": (Row(STAFF, args=_member),),
    "programmes:run-member-complete": (Row(STAFF, "post", _member, yes=302),),
    "programmes:run-member-exception": (Row(STAFF, "post", _member, {"reason": "Was ill."}, yes=302),),
    "programmes:run-member-leave": (Row(STAFF, "post", _member, {"leaves": "1"}, yes=302),),
    "programmes:run-member-person": (
        Row(STAFF, "post", _member, {"as": "nobody"}, yes=302),
        Row(NOBODY, "post", _member, {"as": "mentor", "person": "nonsense"}, of="nobody chosen"),
    ),
}
