"""Writes of the framework: load an edition, publish it, retire it. Each is atomic and leaves an audit row."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit, clock
from trellis.framework.loading import rows_of
from trellis.framework.models import Edition, EditionStatus, Framework, FrameworkKind
from trellis.framework.plain import PlainEdition
from trellis.framework.search import index_edition


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
