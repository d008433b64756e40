"""More locals of one state of the fictional association, with what their members say in two years: for a dashboard.

They come after all other parts of the demo, so that nothing of theirs is drawn otherwise; nobody signs in from there.
"""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF, THREE_SIXTY
from trellis.assessment.models import Instrument, Rating, Relation, Response
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.people.demo.files import read
from trellis.people.models import Membership, Person, Role, Term, Unit, UnitKind, within

_FILE = Path(__file__).parent / "data" / "demo_locals.yaml"
_SHARE_ANSWERING, _SHARE_NO_CHANCE = 0.84, 0.05
_MEAN, _SPREAD, _OF_THEME, _NOISE = 1.2, 0.5, 0.25, 0.45
_STANDS_OUT = 0.3
_GROWTH = (0.3, 0.2)
# Themes grow apart: of some nothing was taught, and in some people have learned how much there is to it.
_GROWS = (-0.9, 0.0, 0.5, 1.0, 1.6)
# How far themes lie apart everywhere: strong with people, thin on money.
_TENDENCY = {"GOV": -0.1, "LOP": 0.3, "SEI": 0.4, "SFH": -0.55}
_DAYS = (dt.date(2025, 10, 6), dt.date(2026, 10, 6))
_OFFICES, _WITHOUT_OFFICERS = ("local-president", "local-treasurer"), 20
# Every so many is seen by this many others, a little lower than they see themselves.
_SEEN, _OTHERS, _APART = 6, 5, -0.15


def load_locals(rng: random.Random) -> None:
    """Store the locals with their members and answers; needs the framework and the people of the association."""
    edition = main_edition()
    plan = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    state = Unit.objects.filter(kind=UnitKind.STATE, name=plan["state"]).first()
    if edition is None or state is None:
        raise LookupError("the framework and the people of the association come first")
    tree = edition_tree(edition)
    drawn = _Drawn(
        rng, tree, instrument_for(edition, SHORT_SELF, by=None), instrument_for(edition, THREE_SIXTY, by=None)
    )
    units: Any = Unit.objects  # treebeard's own manager, which has no types
    for item in plan["locals"]:
        unit = units.add_child(state, instance=Unit(uid=_uid(rng), kind=UnitKind.LOCAL, name=item["name"]))
        people = drawn.members(unit, item["members"])
        _fill_offices(unit, people)
        drawn.answers(item, people)
    for other in Unit.objects.filter(kind=UnitKind.STATE).exclude(pk=state.pk).order_by("tree_id", "lft"):
        drawn.seen(other)
    drawn.store()


def _fill_offices(unit: Unit, people: list[Person]) -> None:
    """Give a local its officers; the smallest have none, so that there are vacant seats to see."""
    if len(people) < _WITHOUT_OFFICERS:
        return
    roles = {role.code: role for role in Role.objects.filter(code__in=_OFFICES)}
    Term.objects.bulk_create(
        Term(person=person, role=roles[code], unit=unit, starts=dt.date(2024, 7, 1))
        for code, person in zip(_OFFICES, people, strict=False)
    )


def _uid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


class _Drawn:
    """Members and what they say, drawn local by local and stored at once."""

    def __init__(self, rng: random.Random, tree: EditionTree, own: Instrument, others: Instrument) -> None:
        self._rng, self._tree, self._own, self._others = rng, tree, own, others
        self._names = read("names")
        self._responses: list[Response] = []
        self._ratings: list[Rating] = []
        self._apart = {theme.code: rng.gauss(_TENDENCY.get(theme.domain_code, 0), _OF_THEME) for theme in tree.themes}
        self._grows = {theme.code: rng.choice(_GROWS) for theme in tree.themes}

    def members(self, unit: Unit, count: int) -> list[Person]:
        """Store the members of a local."""
        names = [self._rng.choice(self._names) for _ in range(count)]
        people = Person.objects.bulk_create(
            Person(
                uid=_uid(self._rng),
                email=f"member-{unit.uid.hex[:6]}-{number}@example.org",
                given_name=self._rng.choice(line["given"]),
                family_name=self._rng.choice(line["family"]),
                occupation="Teacher",
                password="!",  # noqa: S106  (Django's own mark for "cannot sign in")
            )
            for number, line in enumerate(names)
        )
        since = dt.date(2022, 8, 15)
        Membership.objects.bulk_create(Membership(person=person, unit=unit, since=since) for person in people)
        return people

    def answers(self, item: dict[str, Any], people: list[Person]) -> None:
        """Draw what they say in both years, and what others say of some of them in the second."""
        for number, person in enumerate(people):
            levels = self._levels(item)
            grown = max(0.0, self._rng.gauss(*_GROWTH))
            turns = [year for year in range(len(_DAYS)) if self._rng.random() < _SHARE_ANSWERING]
            for turn, year in enumerate(turns, 1):
                means = {code: level + grown * self._grows[code] * year for code, level in levels.items()}
                self._answer(self._answered(person, turn, _DAYS[year]), means)
            if number % _SEEN == 0 and len(people) > _OTHERS:
                means = {code: level + grown * self._grows[code] + _APART for code, level in levels.items()}
                for other in self._rng.sample([one for one in people if one is not person], _OTHERS):
                    self._answer(self._answered(person, 1, _DAYS[-1], by=other), means)

    def seen(self, state: Unit) -> None:
        """Draw what others say of some members of another state, near what these say of themselves."""
        own = Response.objects.filter(
            within([state], "subject__memberships__unit__"),
            instrument=self._own,
            subject__memberships__until=None,
            finished_at__date__gte=_DAYS[-1],
        )
        found = own.distinct().select_related("subject").order_by("pk")[: _SEEN * _OTHERS]
        answered = [(response, response.subject) for response in found if response.subject is not None]
        codes = {theme.id: theme.code for theme in self._tree.themes}
        for place, (response, person) in enumerate(answered[: len(answered) // 2]):
            said = response.ratings.filter(value__isnull=False).values_list("theme", "value")
            means = dict.fromkeys(codes.values(), _MEAN) | {codes[key]: (half or 0) / 2 + _APART for key, half in said}
            for _other, rater in answered[place + 1 : place + 1 + _OTHERS]:
                self._answer(self._answered(person, 1, _DAYS[-1], by=rater), means)

    def store(self) -> None:
        """Write what was drawn."""
        Response.objects.bulk_create(self._responses, batch_size=500)
        Rating.objects.bulk_create(self._ratings, batch_size=2000)

    def _levels(self, item: dict[str, Any]) -> dict[str, float]:
        general = self._rng.gauss(_MEAN + item["lean"], _SPREAD)
        return {
            theme.code: general
            + self._apart[theme.code]
            + _STANDS_OUT * ((theme.domain_code in item["strong"]) - (theme.domain_code in item["weak"]))
            + self._rng.gauss(0, _OF_THEME)
            for theme in self._tree.themes
        }

    def _answered(self, subject: Person, turn: int, first: dt.date, *, by: Person | None = None) -> Response:
        """A response of the weeks from that day on: of the person, or of somebody else about them."""
        day = first + dt.timedelta(days=self._rng.randrange(35))
        begun = dt.datetime(day.year, day.month, day.day, 8 + self._rng.randrange(12), tzinfo=dt.UTC)
        return Response(
            uid=_uid(self._rng),
            instrument=self._others if by else self._own,
            subject=subject,
            rater=by or subject,
            relation=Relation.PEER if by else Relation.SELF,
            wave=turn,
            domain_order=[domain.code for domain in self._tree.domains],
            started_at=begun,
            finished_at=begun + dt.timedelta(minutes=9),
        )

    def _answer(self, response: Response, means: dict[str, float]) -> None:
        self._responses.append(response)
        self._ratings.extend(self._said(response, means))

    def _said(self, response: Response, means: dict[str, float]) -> Iterator[Rating]:
        at = response.started_at
        for theme in self._tree.themes:
            if self._rng.random() < _SHARE_NO_CHANCE:
                yield Rating(response=response, theme_id=theme.id, cannot_say=True, answered_at=at)
                continue
            half = round(2 * (means[theme.code] + self._rng.gauss(0, _NOISE)))
            value = min(2 * self._tree.top, max(0, half))
            yield Rating(response=response, theme_id=theme.id, value=value, answered_at=at)
