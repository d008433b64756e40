"""What is published does not change, even for someone who goes around the code: the database refuses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from trellis.core import frozen
from trellis.core.ids import new_uid
from trellis.framework.models import (
    Activity,
    Attribute,
    AttributeGroup,
    Cell,
    Definition,
    Domain,
    Edition,
    EditionItem,
    EditionStatus,
    Framework,
    Level,
    Statement,
    Theme,
)

ITEMS = (Domain, Theme, Level, Definition, Cell, Statement, Activity, AttributeGroup, Attribute)
REFUSED = "a published edition does not change"

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Edition:
    """An edition whose words may still change."""
    return Edition.objects.create(framework=Framework.objects.create(code="other", name="Other"), code="1", name="One")


def published(model: type[Model]) -> Any:
    row = model._default_manager.filter(edition__status=EditionStatus.PUBLISHED).first()
    assert row is not None
    return row


def test_every_item_of_an_edition_is_looked_at_here() -> None:
    assert set(ITEMS) == set(EditionItem.__subclasses__())


@pytest.mark.parametrize("model", ITEMS)
def test_nothing_is_added_to_a_published_edition(model: type[Model]) -> None:
    row = published(model)
    row.pk, row.uid = None, new_uid()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        model._default_manager.bulk_create([row])


@pytest.mark.parametrize("model", ITEMS)
def test_nothing_in_a_published_edition_is_changed(model: type[Model]) -> None:
    row = published(model)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(uid=new_uid())


@pytest.mark.parametrize("model", ITEMS)
def test_nothing_is_taken_out_of_a_published_edition(model: type[Model]) -> None:
    row = published(model)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [row.pk])


@pytest.mark.parametrize("model", ITEMS)
def test_nothing_is_moved_out_of_a_published_edition(model: type[Model], draft: Edition) -> None:
    row = published(model)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(edition=draft)


def test_nothing_is_moved_into_a_published_edition(draft: Edition) -> None:
    level = Level.objects.create(edition=draft, number=9, name="Top")
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Level.objects.filter(pk=level.pk).update(edition=published(Level).edition)


def test_saving_an_item_says_why_it_cannot_change() -> None:
    with pytest.raises(ValidationError, match="This edition is published"):
        published(Level).save()


def test_a_draft_may_change_in_every_way(draft: Edition) -> None:
    level = Level.objects.create(edition=draft, number=1, name="One")
    level.name = "First"
    level.save()
    assert Level.objects.get(edition=draft).name == "First"
    level.delete()
    assert not Level.objects.filter(edition=draft).exists()


@pytest.mark.parametrize("change", [{"status": "draft", "published_at": None}, {"code": "9"}, {"uid": new_uid()}])
def test_a_published_edition_keeps_its_status_and_its_marks(change: dict[str, Any]) -> None:
    edition = published(Level).edition
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)


def test_an_edition_is_retired_but_never_comes_back() -> None:
    editions = Edition.objects.filter(pk=published(Level).edition_id)
    editions.update(status=EditionStatus.RETIRED)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        editions.update(status=EditionStatus.PUBLISHED)


def test_a_trigger_for_an_unknown_event_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown event 'select'"):
        frozen.refuse(connection.schema_editor(), table="core_auditentry", event="select", when="1 = 1", message="no")
