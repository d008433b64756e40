"""What a viewer may see of what can be learned: the catalogue, and who comes to what they arrange or lead.

Signed-in persons only; a visitor sees nothing of it but the sessions that whoever arranges them made public.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.learning.models import (
    Audience,
    Offering,
    OfferingMaterial,
    OfferingStatus,
    Session,
    SessionLead,
    SignUp,
    SignUpStatus,
)
from trellis.learning.models.session import SessionQuerySet
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Unit, within

_HELD = (SignUpStatus.SEAT, SignUpStatus.WALK_IN)


def listed_offerings(viewer: Viewer) -> QuerySet[Offering]:
    """Return the catalogue: what is listed, for everybody signed in."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Offering.objects.none()
    return Offering.objects.filter(status=OfferingStatus.LISTED)


def visible_offerings(viewer: Viewer) -> QuerySet[Offering]:
    """Return every offering that the viewer may open: all but drafts, and drafts of units that they arrange for."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Offering.objects.none()
    return Offering.objects.filter(~Q(status=OfferingStatus.DRAFT) | _arranged(viewer))


def arranged_offerings(viewer: Viewer) -> QuerySet[Offering]:
    """Return the offerings of units, and of those inside them, for which the viewer arranges today."""
    return Offering.objects.filter(_arranged(viewer))


def arranging_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the units for which the viewer may arrange today, from the top down."""
    return Unit.objects.filter(within(units_granting(viewer, "arranges"))).order_by("tree_id", "lft")


def arranges(viewer: Viewer) -> bool:
    """Say whether the viewer arranges for any unit today; asked of the database once per request."""
    return viewer.is_authenticated and "arranges" in viewer.grants


def visible_sessions(viewer: Viewer) -> SessionQuerySet:
    """Return the sessions whose offering the viewer may open, and those that they lead or have signed up for."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Session.objects.none()
    return Session.objects.filter(
        ~Q(offering__status=OfferingStatus.DRAFT)
        | _arranged(viewer)
        | _arranged(viewer, "offering__")
        | Q(Exists(SessionLead.objects.filter(session=OuterRef("pk"), person=viewer)))
        | Q(Exists(SignUp.objects.filter(session=OuterRef("pk"), person=viewer)))
    )


def public_offerings() -> QuerySet[Offering]:
    """Return what everybody may see, signed in or not: what is listed, where whoever arranges it said so."""
    return Offering.objects.filter(status=OfferingStatus.LISTED, is_public=True)


def public_sessions() -> SessionQuerySet:
    """Return the sessions that everybody may see, signed in or not; also those that are over or cancelled."""
    return Session.objects.filter(offering__in=public_offerings())


def arranged_sessions(viewer: Viewer) -> SessionQuerySet:
    """Return the sessions of units, and of those inside them, for which the viewer arranges today."""
    return Session.objects.filter(_arranged(viewer))


def led_sessions(viewer: Viewer) -> SessionQuerySet:
    """Return the sessions that the viewer teaches, whatever their role."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Session.objects.none()
    return Session.objects.filter(Exists(SessionLead.objects.filter(session=OuterRef("pk"), person=viewer)))


def run_sessions(viewer: Viewer) -> SessionQuerySet:
    """Return the sessions whose people the viewer sees and marks: those they arrange today, and those they lead."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Session.objects.none()
    led = Exists(SessionLead.objects.filter(session=OuterRef("pk"), person=viewer))
    return Session.objects.filter(_arranged(viewer) | Q(led))


def session_in_the_room(viewer: Viewer, attendance_key: str) -> SessionQuerySet:
    """Return the session that the code on its wall leads to: whoever is signed in and holds the code is in the room."""
    if not viewer.is_authenticated or not viewer.is_active:
        return Session.objects.none()
    return Session.objects.filter(attendance_key=attendance_key)


def own_sign_ups(viewer: Viewer) -> QuerySet[SignUp]:
    """Return the viewer's own sign-ups, in every state."""
    return SignUp.objects.filter(person=viewer) if viewer.is_authenticated else SignUp.objects.none()


def visible_sign_ups(viewer: Viewer) -> QuerySet[SignUp]:
    """Return the sign-ups of the sessions that the viewer arranges today or leads; who left is not among them."""
    return SignUp.objects.filter(session__in=run_sessions(viewer)).exclude(status=SignUpStatus.LEFT)


def visible_materials(viewer: Viewer) -> QuerySet[OfferingMaterial]:
    """Return the materials meant for the viewer: for everybody, for who has or had a seat, and of what they run."""
    if not viewer.is_authenticated or not viewer.is_active:
        return OfferingMaterial.objects.none()
    own = own_sign_ups(viewer).filter(Q(status__in=_HELD) | Q(came=True), session__offering=OuterRef("offering"))
    led = SessionLead.objects.filter(person=viewer, session__offering=OuterRef("offering"))
    meant = Q(audience=Audience.EVERYBODY) | Q(Exists(own)) | Q(Exists(led)) | _arranged(viewer, "offering__")
    return OfferingMaterial.objects.filter(meant, offering__in=visible_offerings(viewer))


def _arranged(viewer: Viewer, path: str = "") -> Q:
    return within(units_granting(viewer, "arranges"), f"{path}unit__")
