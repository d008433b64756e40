"""Adding units: the tree stays a tree, each new one is the last inside of its own, and kinds stand where they may."""

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from trellis.core.models import AuditEntry
from trellis.people.models import Unit, UnitKind
from trellis.people.planting import Wanted, add_units

pytestmark = pytest.mark.django_db


def test_many_units_go_in_at_once_and_the_tree_is_whole(cast: Cast) -> None:
    riverside, alder = cast.unit("Riverside"), cast.unit("Alder")
    made = add_units(
        [
            Wanted(riverside, UnitKind.WORKSITE, "Depot"),
            Wanted(alder, UnitKind.LOCAL, "Pine"),
            Wanted(riverside, UnitKind.WORKSITE, "Annex"),
        ],
        by=cast.state_staff,
    )
    assert Unit.objects.find_problems() == ([], [], [], [])
    assert [(unit.name, unit.depth) for unit in made] == [("Depot", 4), ("Pine", 3), ("Annex", 4)]
    assert list(Unit.objects.filter(tree_id=alder.tree_id).order_by("lft").values_list("name", flat=True)) == [
        "Common Ground", "Alder", "Riverside", "Lincoln", "Harbor", "Riverside board", "Depot", "Annex",
        "Millbrook", "Orchard", "Pine", "Tamarack", "Harrow", "Driftwood",
    ]  # fmt: skip
    for unit in Unit.objects.all():
        assert (unit.rgt - unit.lft) % 2 == 1
    assert AuditEntry.objects.get(action="people.units_add").detail == {"count": 3}


@pytest.mark.parametrize(
    ("inside", "kind", "name"),
    [
        ("Lincoln", UnitKind.WORKSITE, "X"),
        ("Alder", UnitKind.WORKSITE, "X"),
        ("Riverside", UnitKind.STATE, "X"),
        ("Riverside", UnitKind.WORKSITE, " "),
        ("Riverside", UnitKind.WORKSITE, "x" * 121),
    ],
)
def test_what_cannot_stand_there_is_refused(cast: Cast, inside: str, kind: UnitKind, name: str) -> None:
    with pytest.raises(ValidationError):
        add_units([Wanted(cast.unit(inside), kind, name)], by=None)
    assert Unit.objects.count() == len(cast.units)
