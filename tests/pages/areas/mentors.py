"""Who may open the pages of mentoring and coaching, and who reads who looked at a file.

An ask and a mentorship of `own` with `colleague`, who holds no role: being a mentor is no role either.
"""

from collections.abc import Callable
from typing import Any

from tests.cast import Cast
from tests.growth.mentors import pieces
from tests.pages.matrix import NOBODY, OWN, SIGNED_IN, Row, unit
from trellis.growth.asking_actions import accept_ask
from trellis.growth.mentor_actions import pause_offer
from trellis.growth.mentorship_actions import end_mentorship, note_meeting
from trellis.growth.models import MentorOffer, Mentorship, PlanSharing, Shares

BOTH = OWN | {"colleague"}
MENTOR = frozenset({"colleague"})


def an_offer(*, paused: bool = False) -> Callable[[Cast], dict[str, Any]]:
    """The offer of `colleague`."""

    def args(cast: Cast) -> dict[str, Any]:
        offer = pieces.offered(cast.colleague)
        if paused:
            pause_offer(offer, paused=True, by=cast.colleague)
        return {"uid": offer.uid}

    return args


def own_offer(cast: Cast) -> dict[str, Any]:
    """For an address that names nothing, but needs an offer of `own`."""
    pieces.offered(cast.own)
    return {}


def an_ask(cast: Cast) -> dict[str, Any]:
    """An ask of `own` that waits for `colleague`."""
    return {"uid": pieces.asked(cast.own, cast.colleague).uid}


def an_ask_that_is_over(cast: Cast) -> dict[str, Any]:
    """An ask that `colleague` has accepted."""
    ask = pieces.asked(cast.own, cast.colleague)
    accept_ask(ask, by=cast.colleague)
    return {"uid": ask.uid}


def _agreed(cast: Cast, *, ended: bool) -> Mentorship:
    made = pieces.agreed(cast.own, cast.colleague)
    if ended:
        end_mentorship(made, thanks="", by=cast.own)
    return made


def a_mentorship(*, ended: bool = False) -> Callable[[Cast], dict[str, Any]]:
    """A mentorship that both have agreed to."""
    return lambda cast: {"uid": _agreed(cast, ended=ended).uid}


def a_mentorship_to_agree(cast: Cast) -> dict[str, Any]:
    """A mentorship to which nobody has said yes."""
    return {"uid": pieces.accepted(cast.own, cast.colleague).uid}


def a_meeting(cast: Cast) -> dict[str, Any]:
    """A meeting that was written down."""
    made = _agreed(cast, ended=False)
    held_on = pieces.in_days(0)
    meeting = note_meeting(made, held_on=held_on, notes="We talked.", next_on=None, by=cast.own)
    return {"uid": made.uid, "meeting": meeting.uid}


def _without_own(cast: Cast) -> dict[str, Any]:
    assert not MentorOffer.objects.exists()
    return {}


def a_plan_shared_with_the_mentor(cast: Cast) -> dict[str, Any]:
    """The plan of `own`, open to mentors, which the mentorship with `colleague` opens."""
    pieces.plan(cast.own, PlanSharing.STEPS)
    pieces.agreed(cast.own, cast.colleague, Shares.PLAN)
    return {"uid": cast.own.uid}


def a_plan_shared_with_a_coach(cast: Cast) -> dict[str, Any]:
    """The plan of who shares with a coach, open to mentors and coaches."""
    pieces.plan(cast.coached, PlanSharing.GOALS)
    return {"uid": cast.coached.uid}


def a_plan_that_stays_closed(cast: Cast) -> dict[str, Any]:
    """A plan that shows nothing to mentors, whatever the mentorship says."""
    pieces.plan(cast.own, PlanSharing.NOTHING)
    pieces.agreed(cast.own, cast.colleague, Shares.PLAN)
    return {"uid": cast.own.uid}


def _nothing_but_an_offer(cast: Cast) -> dict[str, Any]:
    pieces.offered(cast.colleague)
    return {}


def a_cohort(cast: Cast) -> dict[str, Any]:
    """A cohort of a programme of the state."""
    return {"uid": pieces.cohort(cast.unit("Alder"), [cast.own]).uid}


_OTHERS_IN_THE_ASSOCIATION = SIGNED_IN - {"colleague", "gone"}
_MEETING = {"held_on": "2026-01-05", "notes": "We talked."}

ROWS: dict[str, tuple[Row, ...]] = {
    "people:looks": (Row(SIGNED_IN),),
    "growth:mentors": (Row(SIGNED_IN),),
    "growth:mentor-search": (Row(SIGNED_IN), Row(SIGNED_IN, "post", yes=422)),
    "growth:mentor-search-clear": (Row(SIGNED_IN, "post", yes=302),),
    "growth:mentor-offer": (Row(SIGNED_IN), Row(SIGNED_IN, "post", yes=422)),
    "growth:mentor-pause": (
        Row(OWN, "post", own_offer, {"paused": "1"}, yes=302),
        Row(NOBODY, "post", _without_own, of="no offer"),
    ),
    "growth:mentor-withdraw": (Row(OWN, args=own_offer), Row(OWN, "post", own_offer, yes=302)),
    # an offer: every other member of the association, and nobody when it is paused
    "growth:mentor": (
        Row(_OTHERS_IN_THE_ASSOCIATION, args=an_offer()),
        Row(_OTHERS_IN_THE_ASSOCIATION, "post", an_offer(), yes=422),
        Row(NOBODY, args=an_offer(paused=True), of="paused"),
    ),
    "growth:mentor-put-aside": (Row(OWN, "post", pieces.a_suggestion, yes=302),),
    # an ask: the mentor answers, the mentee takes it back
    "growth:mentor-ask": (
        Row(MENTOR, args=an_ask),
        Row(MENTOR, "post", an_ask, {"do": "accept"}, yes=302),
        Row(NOBODY, args=an_ask_that_is_over, of="over"),
    ),
    "growth:mentor-ask-back": (Row(OWN, "post", an_ask, yes=302),),
    # a mentorship: the two of it and nobody else, no coach and no leader
    "growth:mentorship": (
        Row(BOTH, args=a_mentorship_to_agree, of="to agree"),
        Row(BOTH, args=a_mentorship(), of="running"),
        Row(BOTH, args=a_mentorship(ended=True), of="ended"),
    ),
    "growth:mentorship-terms": (
        Row(BOTH, args=a_mentorship_to_agree),
        Row(BOTH, "post", a_mentorship_to_agree, yes=422),
        Row(NOBODY, args=a_mentorship(ended=True), of="ended"),
    ),
    "growth:mentorship-agree": (
        Row(BOTH, "post", a_mentorship_to_agree, yes=302),
        Row(NOBODY, "post", a_mentorship(ended=True), of="ended"),
    ),
    "growth:mentorship-shares": (
        Row(OWN, "post", a_mentorship(), {"shares": "plan"}, yes=302),
        Row(NOBODY, "post", a_mentorship(ended=True), {"shares": "plan"}, of="ended"),
    ),
    "growth:mentorship-end": (
        Row(BOTH, args=a_mentorship()),
        Row(BOTH, "post", a_mentorship(), yes=302),
        Row(NOBODY, "post", a_mentorship(ended=True), of="ended"),
    ),
    "growth:mentorship-thanks": (
        Row(BOTH, "post", a_mentorship(ended=True), {"thanks": "I learned a lot."}, yes=302),
        Row(NOBODY, "post", a_mentorship(), {"thanks": "I learned a lot."}, of="running"),
    ),
    "growth:mentor-meeting": (
        Row(BOTH, args=a_mentorship()),
        Row(BOTH, "post", a_mentorship(), _MEETING, yes=302),
        Row(NOBODY, "post", a_mentorship_to_agree, _MEETING, of="not begun"),
        Row(NOBODY, "post", a_mentorship(ended=True), _MEETING, of="ended"),
    ),
    "growth:mentor-meeting-change": (
        Row(BOTH, args=a_meeting),
        Row(BOTH, "post", a_meeting, _MEETING, yes=302),
    ),
    # a mentee's plan: for the mentor or coach to whom it is opened
    "growth:shared-plan": (
        Row(MENTOR, args=a_plan_shared_with_the_mentor, of="shared with a mentor"),
        Row(frozenset({"coach"}), args=a_plan_shared_with_a_coach, of="shared with a coach"),
        Row(NOBODY, args=a_plan_that_stays_closed, of="closed"),
    ),
    # coaching: for who coaches or mentors; matching: for who coaches or runs programmes there
    "growth:coaching": (
        Row(frozenset({"coach"}), of="coach"),
        Row(frozenset({"coach", "colleague"}), args=_nothing_but_an_offer, of="mentor"),
    ),
    "growth:match-groups": (Row(frozenset({"coach", "state_staff"}), yes=302),),
    "growth:match": (
        Row(frozenset({"coach"}), args=unit("Riverside"), of="local"),
        Row(frozenset({"state_staff"}), args=unit("Alder"), of="state"),
        Row(NOBODY, args=unit("Millbrook"), of="another local"),
        Row(frozenset({"coach"}), "post", unit("Riverside"), yes=302, of="local"),
    ),
    "growth:match-cohort": (
        Row(frozenset({"state_staff"}), args=a_cohort),
        Row(frozenset({"state_staff"}), "post", a_cohort, yes=302),
    ),
}
