"""Who may read which edition: published words are everybody's, drafts belong to those who keep the framework."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from trellis.framework.models import Edition, EditionStatus

Viewer = AbstractBaseUser | AnonymousUser


def keeps_framework(viewer: Viewer) -> bool:
    """Whether this viewer imports and publishes editions: a property of the person, False for a visitor."""
    return bool(getattr(viewer, "keeps_framework", False))


def published_editions() -> QuerySet[Edition]:
    """Return the editions that everybody may read, published or retired since, with their framework."""
    published = (EditionStatus.PUBLISHED, EditionStatus.RETIRED)
    return Edition.objects.select_related("framework").filter(status__in=published)


def visible_editions(viewer: Viewer) -> QuerySet[Edition]:
    """Return the editions that this viewer may read, with their framework: drafts only for keepers."""
    if keeps_framework(viewer):
        return Edition.objects.select_related("framework")
    return published_editions()


def visible_edition(viewer: Viewer, framework: str, edition: str) -> Edition:
    """Return an edition by the codes in its address; raises Http404 when there is none that this viewer may read."""
    return get_object_or_404(visible_editions(viewer), framework__code=framework, code=edition)
