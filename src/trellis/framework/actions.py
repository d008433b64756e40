"""Writes of the framework: load an edition, publish it, retire it. Each is atomic and leaves an audit row."""

from collections.abc import Sequence
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
from trellis.framework.models import Edition, EditionStatus, Framework, FrameworkKind, Wording
from trellis.framework.plain import PlainEdition
from trellis.framework.rendering import Rendering
from trellis.framework.search import forget_edition, index_edition
from trellis.framework.words import fingerprint

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
def load_wording(edition: Edition, renderings: Sequence[Rendering], *, by: audit.Actor | None) -> int:
    """Make these the words of an edition in other languages; returns how many texts changed, 0 when all stood so.

    Published editions too: a rendering is not part of what is frozen, because it may be mended.
    """
    fields = ("language", "uid", "version", "field", "source", "text")
    framework = Framework.objects.select_for_update().get(pk=edition.framework_id)
    stored = set(edition.wordings.order_by().values_list(*fields))
    wanted = {tuple(getattr(rendering, field) for field in fields) for rendering in renderings}
    changed = wanted ^ stored
    if not changed:
        return 0
    edition.wordings.all().delete()
    rows = [Wording(edition=edition, **dict(zip(fields, row, strict=True))) for row in sorted(wanted, key=str)]
    Wording.objects.bulk_create(rows, batch_size=500)
    everything = Wording.objects.filter(edition__framework=framework).values_list("edition_id", *fields)
    framework.wording_print = fingerprint("\n".join(map(str, everything)))
    framework.save(update_fields=["wording_print"])
    edition.framework = framework
    for other in framework.editions.select_related("framework"):
        index_edition(other)
    count = len({row[:2] + row[3:4] for row in changed})
    audit.record(by=by, action="framework.wording", target=f"edition:{edition.uid}", detail={"texts": count})
    return count


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
