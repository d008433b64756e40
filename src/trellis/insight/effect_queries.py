"""What a unit's programmes and other offerings changed: sums of released batches, and nothing that is not released."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from trellis.framework.tree import EditionTree
from trellis.growth.effect import Batch, shown
from trellis.growth.evaluation_queries import ThemeEffect, answer_error, batches_of
from trellis.growth.models import SessionEvaluation
from trellis.learning.models import Offering
from trellis.people.models import Unit, within


@dataclass(frozen=True, slots=True)
class Taught:
    """An offering, of a programme or by itself, and what it changed in each theme that it has asked about."""

    offering: Offering
    title: str
    is_programme: bool
    effects: tuple[ThemeEffect, ...]

    @property
    def people(self) -> int:
        """How many answers its best known theme stands on; 0 where all is hidden."""
        return max((one.shown.people for one in self.effects), default=0)


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a unit teaches: each theme over everything together, and each programme or offering by itself."""

    together: tuple[ThemeEffect, ...]
    taught: tuple[Taught, ...]

    @property
    def shown(self) -> tuple[ThemeEffect, ...]:
        """The themes of which something may be shown."""
        return tuple(one for one in self.together if not one.shown.is_hidden)


def asked_offerings(unit: Unit) -> QuerySet[Offering]:
    """Return the offerings of a unit and everything inside it that have asked before and after."""
    asked = SessionEvaluation.objects.filter(session__offering=OuterRef("pk"))
    offerings = Offering.objects.filter(Exists(asked), within([unit], "unit__")).select_related("unit", "programme")
    return offerings.order_by("title", "pk")


def changes(offerings: Iterable[Offering], tree: EditionTree) -> Changes:
    """Return what these offerings changed. Batches are added up as they were released. Four queries.

    A person who took two of them counts in each: of a sum, `people` are sets of answers.
    """
    offerings = list(offerings)
    released, error = batches_of(offerings, tree), answer_error(tree)
    asked: dict[int, set[str]] = defaultdict(set)
    held = SessionEvaluation.objects.filter(session__offering__in=offerings)
    for key, codes in held.values_list("session__offering_id", "themes"):
        asked[key] |= set(codes)
    everything: dict[str, list[Batch]] = defaultdict(list)
    for by_theme in released.values():
        for code, batches in by_theme.items():
            everything[code] += batches

    def effects(codes: set[str], batches: dict[str, list[Batch]]) -> tuple[ThemeEffect, ...]:
        return tuple(
            ThemeEffect(theme.code, theme.short, shown(batches.get(theme.code, []), error, top=tree.top))
            for theme in tree.themes
            if theme.code in codes
        )

    taught = [
        Taught(one, _title(one), hasattr(one, "programme"), effects(asked[one.pk], released[one.pk]))
        for one in offerings
    ]
    taught.sort(key=lambda one: (not one.is_programme, one.title.casefold()))
    return Changes(effects(set().union(*asked.values()), everything), tuple(taught))


def _title(offering: Offering) -> str:
    return offering.programme.title if hasattr(offering, "programme") else offering.title
