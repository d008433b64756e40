"""Whether those who are offered a place look like those who applied: counts by state or local, as far as shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

from django.utils.translation import gettext as _

from trellis.learning.models import Application, Call, Outcome
from trellis.measure.disclosure import protect
from trellis.people.models import UnitKind
from trellis.people.queries import units_of


@dataclass(frozen=True, slots=True)
class Part:
    """A state or local; None is a count that stays hidden."""

    name: str
    applied: int | None
    offered: int | None


def composition(call: Call, applications: Iterable[Application]) -> list[Part]:
    """Return counts by local (by state for a national programme), by name; what is below 10 or gives it away is hidden.

    Two queries.
    """
    applications = list(applications)
    if not applications:
        return []
    kind = UnitKind.STATE if call.programme.unit.kind == UnitKind.NATIONAL else UnitKind.LOCAL
    places = units_of([one.person_id for one in applications], kind)
    elsewhere = _("Elsewhere")
    names = {one.pk: places[one.person_id].name if one.person_id in places else elsewhere for one in applications}
    applied = Counter(names.values())
    offered = Counter(names[one.pk] for one in applications if one.outcome == Outcome.OFFER)
    order = sorted(applied)
    rows = protect([applied[name] for name in order])
    whole = float(sum(applied.values()))
    offers = float(sum(offered.values()))
    table = protect(
        [[offered[name], applied[name] - offered[name]] for name in order],
        totals=(rows, [offers, whole - offers], whole),
    )
    return [Part(name, _shown(rows[place]), _shown(table[place][0])) for place, name in enumerate(order)]


def _shown(count: float) -> int | None:
    return None if isnan(count) else int(count)
