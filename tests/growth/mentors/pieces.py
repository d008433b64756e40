"""Offers, searches, asks and mentorships for tests, made through the real actions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.cast import Cast
from trellis.core import clock
from trellis.framework.queries import main_tree
from trellis.growth.asking_actions import accept_ask, ask_mentor
from trellis.growth.matching import Facts
from trellis.growth.mentor_actions import When, save_offer, save_search
from trellis.growth.mentorship_actions import agree, change_shares
from trellis.growth.models import (
    FreeTime,
    MentorAsk,
    MentorOffer,
    MentorSearch,
    Mentorship,
    MentorSuggestion,
    Plan,
    Shares,
)
from trellis.growth.plan_actions import add_to_plan
from trellis.growth.suggesting_actions import suggest_mentors
from trellis.learning.models import Cohort, CohortMember, Programme
from trellis.people.models import Person, Unit
from trellis.people.nearness import Nearness

THEMES = ("COM.2", "ORG.1")
EVENINGS = (FreeTime.EVENINGS.value,)


def when(themes: Sequence[str] = THEMES, **more: Any) -> When:
    """Evenings, in English, either way."""
    values = {"times": EVENINGS, "languages": ("en",), "in_person": True, "online": True} | more
    return When(themes=tuple(themes), **values)


def offered(by: Person, themes: Sequence[str] = THEMES, *, capacity: int = 1, **more: Any) -> MentorOffer:
    """An offer to mentor in themes, whatever the person's standing."""
    sentence = "I have run three campaigns."
    return save_offer(when(themes, **more), capacity=capacity, sentence=sentence, strong=themes, by=by)


def searched(by: Person, themes: Sequence[str] = THEMES, **more: Any) -> MentorSearch:
    """What somebody looks for, open to suggestions unless told otherwise."""
    options = {name: more.pop(name, value) for name, value in (("without_leaders", False), ("may_suggest", True))}
    return save_search(when(themes, **more), by=by, **options)


def asked(by: Person, mentor: Person, themes: Sequence[str] = ("COM.2",)) -> MentorAsk:
    """An ask, after an offer if there is none yet."""
    offer = MentorOffer.objects.filter(person=mentor).first() or offered(mentor)
    return ask_mentor(offer, themes=themes, sentence="I want to speak up in meetings.", by=by)


def accepted(mentee: Person, mentor: Person) -> Mentorship:
    """A mentorship to whose terms nobody has said yes."""
    return accept_ask(asked(mentee, mentor), by=mentor)


def agreed(mentee: Person, mentor: Person, shares: str = Shares.NOTHING) -> Mentorship:
    """A mentorship that both have agreed to."""
    made = accepted(mentee, mentor)
    agree(made, version=1, by=mentor)
    agree(made, version=1, by=mentee)
    if shares != Shares.NOTHING:
        change_shares(made, shares, by=mentee)
    made.refresh_from_db()
    return made


def in_days(days: int) -> dt.date:
    """A day from today."""
    return clock.today() + dt.timedelta(days=days)


def a_suggestion(cast: Cast) -> dict[str, Any]:
    """A suggestion to `own` that they ask `colleague`, made by the coach."""
    offered(cast.colleague)
    pair = (cast.own, cast.colleague)
    facts = {(cast.own.pk, cast.colleague.pk): Facts(("COM.2",), EVENINGS, ("en",), Nearness.WORKSITE)}
    suggest_mentors([pair], facts, target=f"unit:{cast.unit('Riverside').uid}", by=cast.coach)
    return {"uid": MentorSuggestion.objects.get().uid}


def plan(person: Person, sharing: str) -> None:
    """A plan with one goal, open to mentors and coaches that far."""
    tree = main_tree()
    assert tree is not None
    add_to_plan(tree.themes[0], tree, target=1, reason="", by=person)
    Plan.objects.filter(person=person).update(shared_with_mentors=sharing)


def cohort(unit: Unit, people: Sequence[Person]) -> Cohort:
    """A cohort of a unit's programme that goes on, with these members."""
    programme = Programme.objects.create(unit=unit, title="Leading together")
    made = Cohort.objects.create(
        programme=programme,
        title="Autumn",
        starts_on=in_days(-30),
        ends_on=in_days(60),
        sessions_planned=6,
        attend_least=5,
    )
    CohortMember.objects.bulk_create(CohortMember(cohort=made, person=person) for person in people)
    return made
