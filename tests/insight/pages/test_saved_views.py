"""Saved views: one's own list, links that give what the opener may see, and nothing that is lost at once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from tests.insight.pages.conftest import Browser, Shown
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.insight.access import openable_views, own_views
from trellis.insight.models import SavedView
from trellis.insight.models.saved_view import UNDO_DAYS
from trellis.insight.view_actions import delete_view, forget_deleted, rename_view, restore_view, save_view

LIST = "/insight/saved/"


def a_view(cast: Cast, name: str = "Ours", unit: str = "Riverside", by: str = "president", **more: Any) -> SavedView:
    chosen = {"page": "growth", "wave": "", "level": 2, "attribute": ""} | more
    return save_view(name, unit=cast.unit(unit), by=cast.viewer(by), **chosen)


def posted(shown: Shown, **more: Any) -> dict[str, Any]:
    unit = shown.cast.unit("Riverside").uid
    return {"name": "For the board", "page": "growth", "unit": unit, "wave": "", "level": 2, "by": ""} | more


def test_a_view_keeps_what_was_chosen_and_opens_with_it(browser: Browser, shown: Shown) -> None:
    client = browser("president")
    kept = posted(shown, wave="fall-2025", level=3, by="language")
    address = shown.address("growth", "Riverside") + "?wave=fall-2025&level=3&by=language"
    assertRedirects(client.post(LIST + "add/", kept), address)
    view = SavedView.objects.get()
    assertContains(client.get(LIST), "For the board")
    assertContains(client.get(LIST), "Growth · by language · fall-2025")
    assertRedirects(client.get(f"{LIST}{view.uid}/"), address)
    entry = AuditEntry.objects.order_by("-pk").first()
    assert entry is not None
    assert (entry.action, entry.target) == ("insight.view.save", f"view:{view.uid}")
    assert "For the board" not in str(entry.detail)


def test_without_a_wave_it_opens_with_the_newest(browser: Browser, shown: Shown) -> None:
    view = a_view(shown.cast)
    response = browser("president").get(f"{LIST}{view.uid}/")
    assertRedirects(response, shown.address("growth", "Riverside"))


@pytest.mark.parametrize(
    ("name", "status"), [("coach", 302), ("steward", 302), ("sibling_president", 404), ("own", 404)]
)
def test_a_link_gives_the_opener_what_their_own_scope_allows(
    name: str, status: int, browser: Browser, shown: Shown
) -> None:
    view = a_view(shown.cast)
    assert browser(name).get(f"{LIST}{view.uid}/").status_code == status


def test_its_owner_sees_it_no_longer_once_the_unit_is_out_of_reach(browser: Browser, shown: Shown) -> None:
    view = a_view(shown.cast, unit="Harrow")
    client = browser("president")
    assert client.get(f"{LIST}{view.uid}/").status_code == 404
    assertContains(client.get(LIST), "no longer within your role")
    assertNotContains(client.get(LIST), f'href="{LIST}{view.uid}/"')


def test_others_find_neither_its_name_nor_a_way_to_change_it(browser: Browser, shown: Shown) -> None:
    view = a_view(shown.cast, "Mine alone")
    client = browser("coach")
    assertNotContains(client.get(LIST), "Mine alone")
    for what in ("rename", "delete", "restore"):
        assert client.post(f"{LIST}{view.uid}/{what}/", {"name": "Theirs"}).status_code == 404
    view.refresh_from_db()
    assert (view.name, view.removed_at) == ("Mine alone", None)


@pytest.mark.parametrize(
    "wrong",
    [{"unit": "x"}, {"page": "report"}, {"page": ""}, {"wave": "fall-1999"}, {"level": 4}, {"by": "a b"}],
)
def test_what_no_page_sends_is_not_found(wrong: dict[str, Any], browser: Browser, shown: Shown) -> None:
    assert browser("president").post(LIST + "add/", posted(shown, **wrong)).status_code == 404
    assert not SavedView.objects.exists()


def test_a_unit_outside_of_the_viewers_scope_cannot_be_saved(browser: Browser, shown: Shown) -> None:
    beyond = posted(shown, unit=shown.cast.unit("Alder").uid)
    assert browser("president").post(LIST + "add/", beyond).status_code == 404


def test_a_name_is_asked_for_again_and_nothing_that_was_chosen_is_lost(browser: Browser, shown: Shown) -> None:
    client = browser("president")
    a_view(shown.cast, "Taken")
    for name, said in (("", "Give it a name"), ("Taken", "You have a view of that name already."), ("x" * 81, "80")):
        response = client.post(LIST + "add/", posted(shown, name=name, level=3))
        assertContains(response, said, status_code=422)
        assertContains(response, '<input type="hidden" name="level" value="3"', status_code=422)
    assert own_views(shown.cast.president).count() == 1


def test_a_view_gets_another_name(browser: Browser, shown: Shown) -> None:
    view = a_view(shown.cast)
    client = browser("president")
    assertContains(client.get(f"{LIST}{view.uid}/rename/"), 'value="Ours"')
    assertRedirects(client.post(f"{LIST}{view.uid}/rename/", {"name": "Better"}), LIST)
    view.refresh_from_db()
    assert view.name == "Better"
    a_view(shown.cast, "Other")
    assertContains(client.post(f"{LIST}{view.uid}/rename/", {"name": "Other"}), "already", status_code=422)


def test_a_deleted_view_can_be_brought_back_from_the_list(browser: Browser, shown: Shown) -> None:
    view = a_view(shown.cast)
    client = browser("president")
    assertRedirects(client.post(f"{LIST}{view.uid}/delete/"), LIST)
    assertContains(client.get(LIST), "Deleted: Ours.")
    assert client.get(f"{LIST}{view.uid}/").status_code == 404
    assertRedirects(client.post(f"{LIST}{view.uid}/restore/"), LIST)
    assertNotContains(client.get(LIST), "Deleted: Ours.")
    assert own_views(shown.cast.president).get() == view


def test_a_view_comes_back_beside_one_that_took_its_name(cast: Cast) -> None:
    first = a_view(cast)
    delete_view(first, by=cast.president)
    a_view(cast)
    restore_view(first, by=cast.president)
    assert [view.name for view in own_views(cast.president)] == ["Ours", "Ours (2)"]


def test_after_a_while_a_deleted_view_is_forgotten(cast: Cast) -> None:
    old, new, kept = a_view(cast, "Old"), a_view(cast, "New"), a_view(cast, "Kept")
    for view in (old, new):
        delete_view(view, by=cast.president)
    SavedView.objects.filter(pk=old.pk).update(removed_at=clock.now() - dt.timedelta(days=UNDO_DAYS, minutes=1))
    assert forget_deleted(clock.today()) == "1 deleted views are forgotten"
    assert set(SavedView.objects.all()) == {new, kept}
    entry = AuditEntry.objects.order_by("-pk").first()
    assert entry is not None
    assert (entry.action, entry.detail) == ("insight.view.tidy", {"views": 1})


def test_two_persons_may_use_the_same_name_and_one_may_not_twice(cast: Cast) -> None:
    view = a_view(cast)
    a_view(cast, by="coach")
    with pytest.raises(ValidationError):
        a_view(cast)
    other = a_view(cast, "Other")
    with pytest.raises(ValidationError):
        rename_view(other, view.name, by=cast.president)
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=other.pk).update(name=view.name)


def test_a_visitor_and_who_has_no_unit_can_open_none(cast: Cast) -> None:
    a_view(cast)
    assert not openable_views(cast.own).exists()
    assert not openable_views(cast.anonymous).exists()
    assert openable_views(cast.coach).count() == 1
