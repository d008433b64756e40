"""Writes of saved views: save, rename, delete, bring back, forget. Each is atomic and audited."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.insight.models import SavedView
from trellis.insight.models.saved_view import UNDO_DAYS
from trellis.people.models import Person, Unit


@transaction.atomic
def save_view(name: str, *, page: str, unit: Unit, wave: str, level: int, attribute: str, by: Person) -> SavedView:
    """Keep what was chosen on a page, which must be one that the person may see; the newest wave when `wave` is empty.

    Raises ValidationError when they have a view of that name.
    """
    _free(name, by)
    view = SavedView.objects.create(
        person=by, name=name, page=page, unit=unit, wave=wave, level=level, attribute=attribute
    )
    detail = {"page": page, "wave": wave, "level": level, "attribute": attribute}
    audit.record(by=by, action="insight.view.save", target=f"view:{view.uid}", detail=detail)
    return view


@transaction.atomic
def rename_view(view: SavedView, name: str, *, by: Person) -> None:
    """Give a view of one's own another name; raises ValidationError when another of one's views has it."""
    _free(name, by, but=view)
    view.name = name
    view.save(update_fields=["name"])
    audit.record(by=by, action="insight.view.rename", target=f"view:{view.uid}")


@transaction.atomic
def delete_view(view: SavedView, *, by: Person) -> None:
    """Delete a view of one's own; for UNDO_DAYS it can be brought back."""
    view.removed_at = clock.now()
    view.save(update_fields=["removed_at"])
    audit.record(by=by, action="insight.view.delete", target=f"view:{view.uid}")


@transaction.atomic
def restore_view(view: SavedView, *, by: Person) -> None:
    """Bring a deleted view back; where its name is taken by now, with a number behind it."""
    taken = set(SavedView.objects.filter(person=by, removed_at=None).values_list("name", flat=True))
    endings = ("", *(f" ({number})" for number in range(2, len(taken) + 3)))
    longest = SavedView._meta.get_field("name").max_length or 0
    named = (view.name[: longest - len(ending)] + ending for ending in endings)
    view.name = next(name for name in named if name not in taken)
    view.removed_at = None
    view.save(update_fields=["name", "removed_at"])
    audit.record(by=by, action="insight.view.restore", target=f"view:{view.uid}")


@transaction.atomic
def forget_deleted(today: dt.date) -> str:
    """Forget the views that were deleted longer ago than they can be brought back."""
    old = SavedView.objects.filter(removed_at__lte=clock.now() - dt.timedelta(days=UNDO_DAYS))
    count = old.count()
    if count:
        old.delete()
        audit.record(by=None, action="insight.view.tidy", target="views:all", detail={"views": count})
    return f"{count} deleted views are forgotten"


def _free(name: str, by: Person, *, but: SavedView | None = None) -> None:
    """Hold the person, so that two windows cannot save the same name, and look whether it is free."""
    Person.objects.select_for_update().get(pk=by.pk)
    same = SavedView.objects.filter(person=by, name=name, removed_at=None)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise ValidationError(_("You have a view of that name already."))
