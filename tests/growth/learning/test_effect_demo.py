"""The fictional association shows what sessions changed where it may be shown, and where training meets need."""

import io

import pytest
from django.core.management import call_command

from trellis.core.registry import demo_parts
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.coverage_access import coverage_units
from trellis.growth.effect import GREW, HIDDEN, HINT, SHIFTED
from trellis.growth.evaluation_queries import effects_of, waiting_evaluations
from trellis.growth.for_you_queries import for_you, with_words
from trellis.growth.models import Effect, NeedRelease, SessionEvaluation
from trellis.growth.need_queries import releases_of
from trellis.growth.supply_queries import coverage, supply_of
from trellis.learning.access import arranged_offerings
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


def of_the_cast(key: str) -> Person:
    one = cast_member(key)
    assert one is not None
    return Person.objects.get(email=one.email)


@pytest.fixture
def loaded(framework: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo without what only figures about groups need: that takes as long as all the rest."""
    parts = {one.key: one for one in demo_parts if one.key != "insight"}
    monkeypatch.setattr(demo_parts, "_entries", parts)
    call_command("load_demo", stdout=io.StringIO())


@pytest.mark.usefixtures("loaded")
def test_the_demo_has_something_of_each_kind_to_show(tree: EditionTree) -> None:
    staff, rosa = of_the_cast("state-staff"), of_the_cast("building-representative")

    says = {one.shown.says for effects in effects_of(arranged_offerings(staff), tree).values() for one in effects}
    assert says >= {GREW, SHIFTED, HINT, HIDDEN}
    assert min(Effect.objects.values_list("people", flat=True)) >= 10
    assert SessionEvaluation.objects.filter(closed_at=None).exists(), "some still ask"

    grids = {
        unit.kind: coverage(tree, supply_of(unit, days=180), releases_of([unit], tree).get(unit.pk))
        for unit in reversed(coverage_units(staff))  # so that the first local stays, where people sign up for sessions
    }
    assert grids["state"].hidden < 10 < grids["local"].hidden < 99, "a state shows nearly all, a local hides most"
    assert all(0 < grid.bare < 99 and grid.most_unmet(5) for grid in grids.values())
    assert NeedRelease.objects.filter(is_direct=False).count() > 10

    found = for_you(rosa, tree, most=12)
    reasons = [reason for one in with_words(found, tree) for reason in one.reasons]
    assert len(found.picks) >= 4
    for begins in ("You planned it:", "Building representative asks for", "You have begun", "Online:"):
        assert any(reason.startswith(begins) for reason in reasons)
    assert {one.is_after for one in waiting_evaluations(rosa)} == {True, False}
    assert waiting_evaluations(of_the_cast("local-president"))
