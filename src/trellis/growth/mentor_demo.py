"""Mentors of the fictional association: offers, who looks, asks that wait, and Miriam who mentors Rosa."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from trellis.core import audit, clock
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.growth.matching import facts_of, fit
from trellis.growth.matching_queries import levels_with_evidence, sides
from trellis.growth.matching_weights import weights
from trellis.growth.matching_words import as_stored
from trellis.growth.mentor_notes import new_wrapped_key, seal_words
from trellis.growth.mentor_rules import ASK_WAITS, LEAST_LEVEL, USUAL
from trellis.growth.models import (
    AskState,
    MentorAsk,
    MentorMeeting,
    MentorOffer,
    MentorSearch,
    Mentorship,
    MentorSuggestion,
    Shares,
)
from trellis.people.demo.cast import CAST
from trellis.people.demo.offices import HOME_LOCAL
from trellis.people.models import Look, Looked, Person, Unit
from trellis.people.queries import people_of

_FILE = Path(__file__).parent / "data" / "demo_mentors.yaml"
_DAY = dt.timedelta(days=1)
_ASKED_AGO = 4 * _DAY
# So many of the home local and of the whole association: some are near, and some are far.
_OFFERS, _SEARCHES = (5, 9), (7, 5)
_MOST_THEMES = 4


def load(rng: random.Random) -> None:
    """Store offers and searches, and what came of them; needs everybody's self-assessments."""
    edition, home = main_edition(), Unit.objects.filter(name=HOME_LOCAL).first()
    by_email = {person.email: person for person in Person.objects.filter(email__in=[one.email for one in CAST])}
    cast = {one.key: by_email[one.email] for one in CAST if one.email in by_email}
    if edition is None or home is None or len(cast) < len(CAST):
        return
    tree, said = edition_tree(edition), yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    _Drawer(rng, tree, said, home, cast).draw()
    rosa, coach, president, linh = (
        cast[key] for key in ("building-representative", "coach", "local-president", "new-member")
    )
    offered = MentorOffer.objects.get(person=coach)
    _mentorship(rosa, offered, president, said["rosa"])
    _asked(MentorSearch.objects.exclude(person__in=cast.values()).order_by("pk")[0].person, offered, said["waiting"])
    elsewhere = MentorOffer.objects.exclude(person__in=people_of(home)).order_by("pk")[0]
    words = said["president"]
    _asked(president, elsewhere, words["ask"], state=AskState.TALK, words=words["talk"])
    _suggestion(tree, linh, coach)


class _Drawer:
    """Draws who offers and who looks, from where they stand."""

    def __init__(
        self, rng: random.Random, tree: EditionTree, said: dict[str, Any], home: Unit, cast: dict[str, Person]
    ) -> None:
        self._rng, self._tree, self._said, self._cast = rng, tree, said, cast
        named = [person.pk for person in cast.values()]
        near = people_of(home).exclude(pk__in=named)
        whole = Unit.objects.filter(tree_id=home.tree_id, depth=1)[0]
        far = people_of(whole).exclude(pk__in=named).exclude(pk__in=near.values("pk"))
        self._pools = (list(near.order_by("pk")), list(far.order_by("pk")))

    def draw(self) -> None:
        """Store the offers, Miriam's among them, and the searches, Linh's among them."""
        pools = [self._rng.sample(pool, min(len(pool), 80)) for pool in self._pools]
        known = levels_with_evidence(self._tree, [*pools[0], *pools[1], *self._cast.values()])
        strong = {
            key: [theme.code for theme in self._tree.themes if found.get(theme.code, 0) >= LEAST_LEVEL]
            for key, found in known.items()
        }
        sentences = iter(self._said["offers"])
        offers = []
        for pool, count in zip(pools, _OFFERS, strict=True):
            able = [one for one in pool if len(strong.get(one.pk, ())) >= _MOST_THEMES][:count]
            for one in able:
                pool.remove(one)
                themes = sorted(self._rng.sample(strong[one.pk], _MOST_THEMES))
                offers.append(self._offer(one, themes, next(sentences), self._rng.randint(1, 3)))
        coach = self._cast["coach"]
        themes = strong.get(coach.pk, [])[: self._said["coach"]["themes"]]
        offers.append(self._offer(coach, themes, self._said["coach"]["sentence"], 3))
        MentorOffer.objects.bulk_create(offers)
        offered = sorted({code for offer in offers for code in offer.themes})
        looking = [one for pool, count in zip(pools, _SEARCHES, strict=True) for one in pool[:count]]
        looking.append(self._cast["new-member"])
        MentorSearch.objects.bulk_create(self._search(one, self._rng.sample(offered, 2)) for one in looking)
        audit.record(
            by=None,
            action="growth.mentor_demo",
            target="offers:drawn",
            detail={"offers": len(offers), "searches": len(looking)},
        )

    def _offer(self, person: Person, themes: list[str], sentence: str, capacity: int) -> MentorOffer:
        return MentorOffer(
            person=person,
            themes=tuple(themes),
            times=self._times(2),
            languages=tuple(self._rng.choice(self._said["languages"])),
            in_person=True,
            online=self._rng.random() < 0.8,
            capacity=capacity,
            sentence=sentence,
        )

    def _search(self, person: Person, themes: list[str]) -> MentorSearch:
        return MentorSearch(
            person=person,
            themes=tuple(sorted(themes)),
            times=self._times(2),
            languages=("en",),
            in_person=True,
            online=True,
            without_leaders=self._rng.random() < 0.3,
            may_suggest=True,
        )

    def _times(self, count: int) -> tuple[str, ...]:
        return tuple(sorted(self._rng.sample(self._said["times"], count)))


def _asked(mentee: Person, offer: MentorOffer, sentence: str, **more: Any) -> MentorAsk:
    """An ask that waits, sent some days ago; no mail goes out of a fictional association."""
    at = clock.now() - _ASKED_AGO
    return MentorAsk.objects.create(
        mentee=mentee,
        mentor=offer.person,
        themes=offer.themes[:2],
        sentence=sentence,
        asked_at=at,
        lapses_on=clock.today() - _ASKED_AGO + ASK_WAITS,
        **more,
    )


def _mentorship(mentee: Person, offer: MentorOffer, leader: Person, said: dict[str, Any]) -> None:
    """A mentorship that has gone on for a while, two meetings of it, and looks at the mentee's file."""
    mentor, held, today = offer.person, said["meetings"], clock.today()
    days = [today - meeting["ago"] * _DAY for meeting in held]
    begun = clock.now() - (held[0]["ago"] + 6) * _DAY
    _asked(mentee, offer, said["ask"], state=AskState.ACCEPTED, answered_at=begun)
    made = Mentorship.objects.create(
        mentor=mentor,
        mentee=mentee,
        themes=offer.themes[:2],
        until=today + USUAL,
        shares=Shares.STANDING,
        mentor_agreed_at=begun,
        mentee_agreed_at=begun + _DAY,
        began_on=days[0] - _DAY,
        created_at=begun,
        key=new_wrapped_key(),
    )
    nexts = [*days[1:], today + said["next"] * _DAY]
    MentorMeeting.objects.bulk_create(
        MentorMeeting(
            mentorship=made,
            held_on=held_on,
            notes=seal_words(made, meeting["words"]),
            next_on=next_on,
            written_by=by,
        )
        for held_on, next_on, meeting, by in zip(days, nexts, held, (mentor, mentee), strict=True)
    )
    Look.objects.bulk_create(
        Look(person=mentee, by=by, what=what, as_mentor=as_mentor, at=_at(today - ago * _DAY, time))
        for by, what, as_mentor, ago, time in (
            (mentor, Looked.STANDING, True, held[0]["ago"], dt.time(17, 42)),
            (leader, Looked.STANDING, False, 25, dt.time(12, 8)),
            (mentor, Looked.STANDING, True, held[1]["ago"], dt.time(18, 5)),
            (mentor, Looked.EVIDENCE, False, held[1]["ago"], dt.time(18, 11)),
        )
    )


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, timezone.get_current_timezone())


def _suggestion(tree: EditionTree, mentee: Person, by: Person) -> None:
    """Suggest to the mentee whoever fits best, who suggests aside."""
    search = MentorSearch.objects.get(person=mentee)
    offers = list(MentorOffer.objects.with_room().exclude(person=by).order_by("pk"))
    [seeker], helpers = sides(tree, [search], offers, [mentee, *(offer.person for offer in offers)])
    best = int(fit([seeker], helpers, weights())[0].argmax())
    MentorSuggestion.objects.create(
        mentee=mentee,
        mentor=offers[best].person,
        by=by,
        facts=as_stored(facts_of(seeker, helpers[best])),
        lapses_on=clock.today() + ASK_WAITS,
    )
