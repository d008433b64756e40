"""Whose responses and 360s a viewer may see: their own, what others share with them, and the lists that wait for them.

Who answers a 360 needs no account: a link, or what their own browser holds, finds them.
"""

import uuid
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.assessment.models import Exclusion, Instrument, Rater, Relation, Response, ThreeSixty, ThreeSixtyState
from trellis.core import sealing
from trellis.people.access import Viewer, can_keep_framework, coached_people
from trellis.people.models import Person

RaterSet = TypeVar("RaterSet", bound=QuerySet[Rater])


def own_responses(viewer: Person) -> QuerySet[Response]:
    """Return the responses that the viewer gave about themselves: the only ones they may write to."""
    return Response.objects.filter(rater=viewer, subject=viewer, relation=Relation.SELF)


def own_ladders(viewer: Person) -> QuerySet[Response]:
    """Return those of the viewer's own responses that go theme by theme, each with its ladder."""
    return own_responses(viewer).filter(instrument__definition__layout="ladder")


def own_forms(viewer: Person) -> QuerySet[Response]:
    """Return those of the viewer's own responses that are filled in page by page."""
    return own_responses(viewer).filter(instrument__definition__layout="pages")


def own_three_sixties(viewer: Person) -> QuerySet[ThreeSixty]:
    """Return the 360s about the viewer, newest first, with round and instrument."""
    return _with_round(ThreeSixty.objects.filter(round__subject=viewer))


def coached_three_sixties(viewer: Person) -> QuerySet[ThreeSixty]:
    """Return the 360s whose coach the viewer is, while a term of today makes them a coach of the rated person.

    What is being chosen or was cancelled is its owner's alone.
    """
    if "coaches" not in viewer.grants:
        return ThreeSixty.objects.none()
    shown = [ThreeSixtyState.WITH_COACH, ThreeSixtyState.OPEN, ThreeSixtyState.CLOSED]
    return _with_round(
        ThreeSixty.objects.filter(coach=viewer, round__subject__in=coached_people(viewer), state__in=shown)
    )


def readable_three_sixties(viewer: Person) -> QuerySet[ThreeSixty]:
    """Return the released 360s that the viewer may read: about them, or shared with them as the coach of today."""
    shared = coached_three_sixties(viewer).filter(shared_with_coach=True).values("pk")
    return _with_round(
        ThreeSixty.objects.filter(Q(round__subject=viewer) | Q(pk__in=shared), released_at__isnull=False)
    ).select_related("release")


def own_exclusions(viewer: Person) -> QuerySet[Exclusion]:
    """Return whom the viewer keeps apart from; who keeps apart from the viewer is never told."""
    return Exclusion.objects.filter(person=viewer).select_related("other")


def rater_of_link(three_sixty: ThreeSixty, token: str) -> Rater | None:
    """Return whose link this is, or None when it was used or was never sent; one query."""
    found = answering_raters(three_sixty.raters.all())
    return found.filter(invitations__digest=sealing.digest(token)).first()


def rater_of_browser(three_sixty: ThreeSixty, uid: uuid.UUID) -> Rater | None:
    """Return the rater whom a browser stands for, or None; one query."""
    return answering_raters(three_sixty.raters.all()).filter(uid=uid).first()


def answering_raters(raters: RaterSet) -> RaterSet:
    """Leave out who does not answer, because either of the two keeps apart from the other."""
    subject, rater = OuterRef("three_sixty__round__subject"), OuterRef("person")
    pairs = Exclusion.objects.filter(Q(person=subject, other=rater) | Q(person=rater, other=subject))
    return raters.filter(~Exists(pairs))


def _with_round(found: QuerySet[ThreeSixty]) -> QuerySet[ThreeSixty]:
    return found.select_related("round__instrument__edition__framework", "round__subject", "coach")


def visible_instruments(viewer: Viewer) -> QuerySet[Instrument]:
    """Return all instruments with their editions, for who keeps the framework: what each is worth is group figures."""
    instruments = Instrument.objects.select_related("edition__framework")
    return instruments if can_keep_framework(viewer) else instruments.none()
