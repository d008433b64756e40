"""What a page of insight is about: a unit within the viewer's scope, a wave that is released, and a level to count."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.insight.access import insight_units
from trellis.insight.models import Release, Wave, WaveStatus
from trellis.insight.queries import broken_down, releases
from trellis.insight.themes import Themes, themes_of
from trellis.insight.wave_queries import waiting_wave
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Person, Unit, UnitKind

LEVELS = (1, 2, 3)
# From level 2 on a leader brings others along: what most questions are about.
USUAL_LEVEL = 2


@dataclass(frozen=True)
class Chosen:
    """The unit with those around it and directly inside it, as far as the viewer may see them, and the release.

    `release` is None before there is one, and then `waiting` may say which wave is on its way.
    """

    viewer: Person
    unit: Unit
    above: tuple[Unit, ...]
    inside: tuple[Unit, ...]
    releases: tuple[Release, ...]
    release: Release | None
    level: int

    @property
    def shown(self) -> Release:
        """The release, for pages that are only shown when there is one."""
        if self.release is None:
            raise LookupError("nothing is released")
        return self.release

    @cached_property
    def waiting(self) -> Wave | None:
        """The newest wave without a release; one query."""
        return waiting_wave()

    @property
    def coming(self) -> Wave | None:
        """The waiting wave, where it is later than the newest release."""
        wave = self.waiting
        return wave if wave is not None and wave.opens_on > self.releases[0].wave.opens_on else None

    @property
    def is_being_checked(self) -> bool:
        """Whether the waiting wave is over, so that only its release is missing."""
        wave = self.waiting
        return wave is not None and (wave.status == WaveStatus.CLOSED or wave.closes_on < clock.today())

    @property
    def earlier(self) -> Release | None:
        """The release before the one that is shown."""
        found = [one for one in self.releases if one.wave.opens_on < self.shown.wave.opens_on]
        return found[0] if found else None

    @property
    def then(self) -> str:
        """The name of the wave since which growth is counted; empty in the first."""
        code: str = self.shown.content["then"]
        return next((one.wave.name for one in self.releases if one.wave.code == code), code)

    @cached_property
    def themes(self) -> Themes:
        """The themes of the release by domain, in the reader's words; one query, more once per process."""
        return themes_of(self.shown, main_tree())

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The codes of the attributes by which units of this kind are shown."""
        return broken_down(self.shown, self.unit)

    @property
    def has_parts(self) -> bool:
        """Whether figures of units inside it can be set side by side."""
        return self.unit.kind != UnitKind.LOCAL

    @property
    def threshold(self) -> int:
        """How many people a figure stands on at least."""
        return self.release.threshold if self.release is not None else THRESHOLD

    @cached_property
    def query(self) -> str:
        """What links to other pages carry on: the wave, unless it is the newest, and the level."""
        newest = self.release is None or self.release == self.releases[0]
        return query_of(wave="" if newest else self.shown.wave.code, level=self.level)


def query_of(*, wave: str, level: int, attribute: str = "") -> str:
    """Return the query of a page of insight, with what is not as usual: a wave ("" is the newest), level, attribute."""
    kept = {"wave": wave, "level": "" if level == USUAL_LEVEL else level, "by": attribute}
    written = urlencode({name: value for name, value in kept.items() if value})
    return f"?{written}" if written else ""


def chosen_of(request: HttpRequest, uid: UUID) -> Chosen:
    """Return what a request chose; three queries, and that of the terms.

    Raises Http404 for a unit outside of the viewer's scope, and for a wave that is not released.
    """
    viewer = viewer_of(request, Person)
    within = insight_units(viewer)
    unit = within.filter(uid=uid).first()
    if unit is None:
        raise Http404
    directly_inside = Q(lft__gt=unit.lft, rgt__lt=unit.rgt, depth=unit.depth + 1)
    near = list(within.filter(directly_inside | Q(lft__lt=unit.lft, rgt__gt=unit.rgt), tree_id=unit.tree_id))
    found = tuple(releases())
    code = request.GET.get("wave")
    release = next((one for one in found if not code or one.wave.code == code), None)
    if code and release is None:
        raise Http404
    level = request.GET.get("level", "")
    return Chosen(
        viewer=viewer,
        unit=unit,
        above=tuple(one for one in near if one.lft < unit.lft),
        inside=tuple(one for one in near if one.lft > unit.lft),
        releases=found,
        release=release,
        level=int(level) if level in map(str, LEVELS) else USUAL_LEVEL,
    )
