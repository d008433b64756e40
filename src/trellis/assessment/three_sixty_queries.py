"""Reads of the 360: what is asked, who could approve it, how the list stands, and whether enough have answered."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from trellis.assessment.access import own_three_sixties
from trellis.assessment.form import Form, form_of
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import Exclusion, Rater, RaterState, ThreeSixty, ThreeSixtyState
from trellis.assessment.relations import GROUPS, ORDER
from trellis.core import clock
from trellis.framework.queries import edition_tree
from trellis.framework.tree import DomainNode, EditionTree
from trellis.measure.panel import OTHERS, THRESHOLD, groups_of
from trellis.people.models import Person
from trellis.people.queries import coaches_of

# How many of a kind to invite, so that five answer.
INVITE = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rater in a list: how many are named, and what would become of them if all answered.

    `shown` is "alone", "together", "nowhere" or "by name".
    """

    relation: str
    label: Any
    raters: tuple[Rater, ...]
    shown: str

    @property
    def is_short(self) -> bool:
        """Whether so few are named that one who does not answer changes how they are shown."""
        return self.shown != "by name" and len(self.raters) < INVITE


def under_way(person: Person) -> ThreeSixty | None:
    """Return the person's 360 that is neither closed nor cancelled, or None; there is one at most."""
    over = [ThreeSixtyState.CLOSED, ThreeSixtyState.CANCELLED]
    return own_three_sixties(person).exclude(state__in=over).first()


def tree_of(three_sixty: ThreeSixty) -> EditionTree:
    """Return the edition that a 360 asks about; needs round, instrument, edition and framework."""
    return edition_tree(three_sixty.round.instrument.edition)


def domains_of(three_sixty: ThreeSixty) -> tuple[DomainNode, ...]:
    """Return the domains asked about, in the edition's order."""
    return tuple(
        each for each in tree_of(three_sixty).domains if not three_sixty.domains or each.code in three_sixty.domains
    )


def theme_count(three_sixty: ThreeSixty) -> int:
    """Return how many questions a rater is asked."""
    return sum(len(domain.themes) for domain in domains_of(three_sixty))


def minutes_for(themes: int, definition: Mapping[str, Any]) -> int:
    """Return a rater's minutes for so many themes, rounded up."""
    seconds: int = definition["seconds_per_question"]
    return math.ceil(themes * seconds / 60)


def definition_of(three_sixty: ThreeSixty) -> dict[str, Any]:
    """Return the instrument in the reader's language."""
    return for_reader(three_sixty.round.instrument.definition)


def form_about(three_sixty: ThreeSixty, *, order: list[str]) -> Form:
    """Lay out the rater's form in the reader's language, its domains in that order."""
    themes = [theme.code for domain in domains_of(three_sixty) for theme in domain.themes]
    return form_of(
        definition_of(three_sixty), tree_of(three_sixty), themes=themes, order=order, moment=None, of_others=True
    )


def coaches_for(person: Person) -> tuple[Person, ...]:
    """Return who coaches the person today, each once, without those whom the person keeps apart from; three queries."""
    apart = set(Exclusion.objects.filter(person=person).values_list("other", flat=True))
    return tuple(coach for coach in coaches_of(person) if coach.pk not in apart)


def named_kinds(three_sixty: ThreeSixty) -> frozenset[str]:
    """Return the kinds of rater who are shown by name, and are told so."""
    return frozenset(three_sixty.round.instrument.definition.get("named", ()))


def kinds_in(three_sixty: ThreeSixty, raters: Iterable[Rater], labels: Mapping[str, Any] = GROUPS) -> tuple[Kind, ...]:
    """Return the list by kind of rater, with what would be shown of each if all of them answered."""
    by_kind: dict[str, list[Rater]] = {}
    for rater in raters:
        by_kind.setdefault(rater.relation, []).append(rater)
    named = named_kinds(three_sixty)
    groups = groups_of({kind: len(found) for kind, found in by_kind.items() if kind not in named})

    def shown(kind: str) -> str:
        if kind in named:
            return "by name"
        return {kind: "alone", OTHERS: "together", None: "nowhere"}[groups.get(kind)]

    order = sorted(by_kind, key=ORDER.index)
    return tuple(Kind(kind, labels[kind], tuple(by_kind[kind]), shown(kind)) for kind in order)


def shows_something(three_sixty: ThreeSixty, raters: Iterable[Rater]) -> bool:
    """Say whether anything could be shown if all of these answered."""
    return any(kind.shown != "nowhere" for kind in kinds_in(three_sixty, raters))


def has_enough(three_sixty: ThreeSixty) -> bool:
    """Say whether five have answered, of whatever kind: no less is ever told while it is open."""
    return three_sixty.raters.filter(state=RaterState.ANSWERED).count() >= THRESHOLD


def is_past(three_sixty: ThreeSixty) -> bool:
    """Say whether the last day to answer is over."""
    last = three_sixty.round.closes_on
    return last is not None and last < clock.today()


def left_out(three_sixty: ThreeSixty) -> QuerySet[Rater]:
    """Return who was named and not asked, because the employer may read their address and nobody confirmed it."""
    return three_sixty.raters.filter(state=RaterState.NOMINATED, is_employer_address=True)
