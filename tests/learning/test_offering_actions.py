"""Writing, listing, retiring and discarding offerings."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from tests.learning import offerings
from trellis.core import audit
from trellis.core.models import AuditEntry
from trellis.framework.tree import EditionTree
from trellis.learning.actions import cell_refs, discard_draft, list_offering, retire_offering, save_offering
from trellis.learning.models import Offering

pytestmark = pytest.mark.usefixtures("framework")


def test_an_offering_begins_as_a_draft_with_its_cells(cast: Cast) -> None:
    content = offerings.content(teaches=("ORG.5.L2", "ORG.5.L1"), needs=("COM.1.L1",))
    made = save_offering(content, unit=cast.unit("Riverside"), by=cast.president)
    assert (made.status, made.unit) == ("draft", cast.unit("Riverside"))
    cells = list(made.cells.values_list("place", "cell_code", "level"))
    assert cells == [("needs", "COM.1.L1", 1), ("teaches", "ORG.5.L1", 1), ("teaches", "ORG.5.L2", 2)]
    entry = AuditEntry.objects.get(action="learning.offering.save")
    assert (entry.actor, entry.detail) == (
        str(cast.president.uid),
        {"teaches": ["ORG.5.L1", "ORG.5.L2"], "public": False},
    )


def test_saving_again_replaces_what_was_said(cast: Cast) -> None:
    first = offerings.offering(cast, teaches=("ORG.5.L1",))
    again = offerings.content(teaches=("ADV.1.L1",), title="Another title", cost=Decimal("12.50"))
    changed = save_offering(again, unit=cast.unit("Riverside"), by=None, offering=first)
    assert (changed.pk, changed.title, changed.cost, changed.status) == (first.pk, again.title, again.cost, "listed")
    assert list(changed.cells.values_list("cell_code", flat=True)) == ["ADV.1.L1"]


def test_a_cell_is_taught_or_needed_first_and_not_both(cast: Cast) -> None:
    both = offerings.content(teaches=("ORG.5.L1",), needs=("ORG.5.L1",))
    with pytest.raises(ValidationError, match=r"ORG\.5\.L1"):
        save_offering(both, unit=cast.unit("Riverside"), by=None)
    assert not Offering.objects.exists()


def test_a_cell_that_is_not_in_the_framework_is_named(tree: EditionTree) -> None:
    with pytest.raises(ValidationError, match=r"XXX\.1\.L1"):
        cell_refs(tree, ["ORG.5.L1", "XXX.1.L1"])


@pytest.mark.parametrize("wrong", [{"title": ""}, {"minutes": 0}, {"cost": Decimal(-1)}, {"format": "by owl"}])
def test_what_does_not_hold_together_is_refused_and_nothing_is_stored(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        save_offering(offerings.content(**wrong), unit=cast.unit("Riverside"), by=None)
    assert not Offering.objects.exists()
    assert audit.first_broken() is None


def test_a_key_is_used_once_in_a_unit(cast: Cast) -> None:
    offerings.offering(cast, key="A-1")
    offerings.offering(cast, "Millbrook", key="A-1")
    with pytest.raises(ValidationError):
        offerings.offering(cast, key="A-1")
    assert Offering.objects.count() == 2


def test_only_what_was_listed_can_be_retired_and_it_can_come_back(cast: Cast) -> None:
    draft = offerings.offering(cast, listed=False)
    with pytest.raises(ValidationError, match="not in the catalog"):
        retire_offering(draft, by=None)
    listed = list_offering(draft, by=None)
    assert retire_offering(listed, by=None).status == "retired"
    assert list_offering(listed, by=None).is_listed
    done = AuditEntry.objects.filter(action__startswith="learning.offering.").order_by("pk")
    assert [entry.action.rpartition(".")[2] for entry in done] == ["save", "listed", "retired", "listed"]


def test_only_a_draft_without_sessions_can_be_discarded(cast: Cast) -> None:
    empty, used = offerings.offering(cast, listed=False), offerings.offering(cast, listed=False)
    offerings.session(cast, of=used)
    discard_draft(empty, by=None)
    for kept in (used, offerings.offering(cast)):
        with pytest.raises(ValidationError):
            discard_draft(kept, by=None)
    assert not Offering.objects.filter(pk=empty.pk).exists()
    assert Offering.objects.count() == 2


def test_what_is_searched_follows_what_is_written_also_in_bulk(cast: Cast) -> None:
    made = offerings.offering(cast, title="Árbol de problemas", description="¿Quién DECIDE?")
    assert made.words.startswith("arbol de problemas ¿quien decide?")
    plain = {"unit": cast.unit("Riverside"), "minutes": 5}
    Offering.objects.bulk_create([Offering(title="ÜBER uns", **plain)])
    assert Offering.objects.get(minutes=5).words == "uber uns"
