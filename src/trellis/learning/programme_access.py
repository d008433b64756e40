"""Which programmes, calls and applications a viewer may see: their own, what is open to them, what a term grants."""

from django.db.models import Q, QuerySet

from trellis.core import clock
from trellis.learning.models import Application, ApplicationStatus, BlindReading, Call, CallStatus, Offer, Programme
from trellis.people.access import Viewer, units_granting
from trellis.people.models import Membership, Person, Unit, around, within

RUNS, ENDORSES = "runs_programmes", "endorses"
_UNDECIDED = (CallStatus.OPEN, CallStatus.CLOSED)


def runs_somewhere(viewer: Viewer) -> bool:
    """Say whether a term of today lets the viewer run programmes; asked of the database once per request."""
    return viewer.is_authenticated and RUNS in viewer.grants


def run_units(viewer: Viewer) -> QuerySet[Unit]:
    """Return the units whose programmes the viewer runs today: those of a term that grants it, and all inside them."""
    return Unit.objects.filter(within(units_granting(viewer, RUNS)))


def run_programmes(viewer: Viewer) -> QuerySet[Programme]:
    """Return the programmes that the viewer runs today."""
    return Programme.objects.filter(within(units_granting(viewer, RUNS), "unit__")).select_related("unit")


def run_calls(viewer: Viewer) -> QuerySet[Call]:
    """Return the calls of the programmes that the viewer runs today, in every state."""
    scope = within(units_granting(viewer, RUNS), "programme__unit__")
    return Call.objects.filter(scope).select_related("programme__unit")


def run_applications(viewer: Viewer) -> QuerySet[Application]:
    """Return what others have sent in the calls that the viewer runs today: no drafts, and never their own."""
    if not viewer.is_authenticated:
        return Application.objects.none()
    scope = within(units_granting(viewer, RUNS), "call__programme__unit__")
    sent = Application.objects.filter(scope, status=ApplicationStatus.SENT).exclude(person=viewer)
    return sent.select_related("call__programme__unit")


def open_calls(viewer: Viewer) -> QuerySet[Call]:
    """Return the calls that take applications today, of the units that the viewer belongs to or these are inside of."""
    today = clock.today()
    scope = around(_own_units(viewer), "programme__unit__")
    calls = Call.objects.filter(scope, status=CallStatus.OPEN, opens_on__lte=today, closes_on__gte=today)
    return calls.select_related("programme__unit").order_by("closes_on", "pk")


def visible_calls(viewer: Viewer) -> QuerySet[Call]:
    """Return the calls whose page the viewer may read: those open to them, and those in which they have applied."""
    if not viewer.is_authenticated:
        return Call.objects.none()
    applied = Call.objects.filter(applications__person=viewer).exclude(status=CallStatus.DRAFT)
    either = Q(pk__in=open_calls(viewer).values("pk")) | Q(pk__in=applied.values("pk"))
    return Call.objects.filter(either).select_related("programme__unit")


def own_applications(viewer: Person) -> QuerySet[Application]:
    """Return the viewer's own applications, in every state."""
    return Application.objects.filter(person=viewer).select_related("call__programme__unit")


def own_offers(viewer: Person) -> QuerySet[Offer]:
    """Return the offers made to the viewer."""
    return Offer.objects.filter(application__person=viewer).select_related("application__call__programme__unit")


def applications_to_endorse(viewer: Viewer) -> QuerySet[Application]:
    """Return what members of the local or state that the viewer endorses for have sent, until the call is decided.

    Only where the call asks for an endorsement; one's own never.
    """
    affiliates = units_granting(viewer, ENDORSES)
    if not affiliates or not viewer.is_authenticated:
        return Application.objects.none()
    members = Membership.objects.active(clock.today()).filter(within(affiliates, "unit__"))
    found = Application.objects.filter(
        status=ApplicationStatus.SENT,
        call__needs_endorsement=True,
        call__status__in=_UNDECIDED,
        person__is_active=True,
        person__in=members.values("person_id"),
    )
    return found.exclude(person=viewer).select_related("call__programme__unit", "person")


def own_readings(viewer: Person) -> QuerySet[BlindReading]:
    """Return the blind readings that the viewer was given, while the call is being read and they are among its readers.

    One's own application is never among them, nor anything of a call that the viewer runs: there, names are seen.
    """
    readings = BlindReading.objects.filter(
        reader__person=viewer,
        reader__left_at=None,
        stepped_back_at=None,
        application__status=ApplicationStatus.SENT,
        application__call__status=CallStatus.CLOSED,
    ).exclude(application__person=viewer)
    if runs_somewhere(viewer):
        readings = readings.exclude(within(units_granting(viewer, RUNS), "application__call__programme__unit__"))
    return readings.select_related("application__call__programme")


def _own_units(viewer: Viewer) -> QuerySet[Unit]:
    if not viewer.is_authenticated or not viewer.is_active:
        return Unit.objects.none()
    today = Membership.objects.active(clock.today()).filter(person_id=viewer.pk)
    return Unit.objects.filter(memberships__in=today)
