"""Whose responses a viewer may see: their own, and of others the files that those share with them."""

from django.db.models import QuerySet

from trellis.assessment.models import Relation, Response
from trellis.people.access import visible_files
from trellis.people.models import Person


def own_responses(viewer: Person) -> QuerySet[Response]:
    """Return the responses that the viewer gave about themselves: the only ones they may write to."""
    return Response.objects.filter(rater=viewer, subject=viewer, relation=Relation.SELF)


def visible_self_responses(viewer: Person) -> QuerySet[Response]:
    """Return finished self-assessments of the persons whose files the viewer may see, the viewer's own among them."""
    return Response.objects.filter(subject__in=visible_files(viewer), relation=Relation.SELF, finished_at__isnull=False)
