"""Writes of the framework: load an edition, publish it, retire it. Each is atomic and leaves an audit row."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.bases import Prepared, editions_with_same_words
from trellis.framework.drafting import draft_rows
from trellis.framework.loading import rows_of
from trellis.framework.models import Edition, EditionStatus, Framework, FrameworkKind
from trellis.framework.plain import PlainEdition
from trellis.framework.search import forget_edition, index_edition

LONGEST_CODE = 40


@transaction.atomic
def load_plain_edition(plain: PlainEdition, *, by: audit.Actor | None) -> tuple[Edition, bool]:
    """Store a plain edition as a draft; returns it and whether it is new. One that is there already stays as it is.

    The first grid that is ever loaded becomes the main framework.
    """
    about = plain.manifest["framework"]
    framework = Framework.objects.filter(code=about["code"]).first()
    if framework is None:
        first = plain.kind == FrameworkKind.GRID and not Framework.objects.filter(is_main=True).exists()
        framework = Framework.objects.create(kind=plain.kind, is_main=first, **about)
    known = Edition.objects.filter(framework=framework, code=plain.manifest["edition"]["code"]).first()
    if known is not None:
        return known, False
    edition = Edition.objects.create(framework=framework, **plain.manifest["edition"])
    count = rows_of(plain, edition).store()
    index_edition(edition)
    audit.record(by=by, action="framework.load", target=f"edition:{edition.uid}", detail={"rows": count})
    return edition, True


@transaction.atomic
def publish_edition(edition: Edition, *, by: audit.Actor | None) -> Edition:
    """Publish a draft: from now on its words never change. Raises ValidationError when it is not a draft."""
    edition = Edition.objects.select_for_update().select_related("framework").get(pk=edition.pk)
    if not edition.is_draft:
        raise ValidationError(_("Only a draft can be published."))
    edition.status, edition.published_at = EditionStatus.PUBLISHED, clock.now()
    edition.save(update_fields=["status", "published_at"])
    audit.record(by=by, action="framework.publish", target=f"edition:{edition.uid}")
    return edition


@transaction.atomic
def retire_edition(edition: Edition, *, by: audit.Actor | None) -> Edition:
    """Retire a published edition: old results stay readable, new ones use another. Raises ValidationError otherwise."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.status != EditionStatus.PUBLISHED:
        raise ValidationError(_("Only a published edition can be retired."))
    edition.status = EditionStatus.RETIRED
    edition.save(update_fields=["status"])
    audit.record(by=by, action="framework.retire", target=f"edition:{edition.uid}")
    return edition


@transaction.atomic
def retire_predecessors(edition: Edition, *, by: audit.Actor | None) -> list[Edition]:
    """Retire every other published edition of this edition's framework; returns them."""
    others = edition.framework.editions.filter(status=EditionStatus.PUBLISHED).exclude(pk=edition.pk)
    return [retire_edition(other, by=by) for other in others.order_by("pk")]


@transaction.atomic
def store_import(
    prepared: Prepared, *, code: str, name: str, replace: bool = False, by: audit.Actor | None
) -> tuple[Edition, bool]:
    """Store a planned import as a draft edition; returns it and whether it is new.

    An edition that says the same already is returned as it is, whatever its code. Without a framework the document
    becomes one of its own under that code. With `replace`, a draft of that code gives way; otherwise a taken code
    raises ValidationError, as does one that cannot be a code.
    """
    for same in editions_with_same_words(prepared):
        return same, False
    if slugify(code) != code or not 1 <= len(code) <= LONGEST_CODE:
        raise ValidationError(_("An edition's code has at most 40 small letters, digits and hyphens."))
    framework = prepared.framework or _framework_of_document(prepared, code)
    taken = framework.editions.filter(code=code).first()
    if taken is not None and not (taken.is_draft and replace):
        message = _("There is an edition %(code)s already, with other words. Choose another code.")
        raise ValidationError(message % {"code": code})
    base = prepared.base
    draft = Edition(framework=framework, code=code, name=name[:120], based_on=base, has_official_texts=True)
    rows = draft_rows(prepared.plan, base, draft)
    if taken is not None:
        # Its rows are read by now, should it be the base itself.
        draft.based_on = taken.based_on if taken == base else base
        discard_draft(taken, by=by)
    draft.save()
    count = rows.store()
    index_edition(draft)
    audit.record(
        by=by,
        action="framework.import",
        target=f"edition:{draft.uid}",
        detail={"framework": framework.code, "edition": code, "rows": count},
    )
    return draft, True


def _framework_of_document(prepared: Prepared, code: str) -> Framework:
    free = code
    number = 1
    while Framework.objects.filter(code=free).exists():
        number += 1
        free = f"{code[: LONGEST_CODE - 3]}-{number}"
    kind = FrameworkKind(prepared.plan.comparison.after.shape)
    first = kind == FrameworkKind.GRID and not Framework.objects.filter(is_main=True).exists()
    name = PurePath(prepared.plan.comparison.after.title).stem[:120]
    return Framework.objects.create(code=free, name=name, kind=kind, is_main=first)


@transaction.atomic
def discard_draft(edition: Edition, *, by: audit.Actor | None) -> None:
    """Delete a draft and everything in it. Raises ValidationError when it is not a draft, or something stands on it."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if not edition.is_draft:
        raise ValidationError(_("Only a draft can be discarded."))
    target, code = f"edition:{edition.uid}", edition.code
    forget_edition(edition)
    try:
        edition.delete()
    except (ProtectedError, RestrictedError) as error:
        raise ValidationError(_("This draft is in use and cannot be discarded.")) from error
    audit.record(by=by, action="framework.discard", target=target, detail={"edition": code})
