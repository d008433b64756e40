"""The readers of a call: who they are, how much each has, and giving the applications out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.call_counts import counts_of
from trellis.learning.models import Call, CallReader, CallStatus
from trellis.learning.programme_access import run_calls
from trellis.learning.reader_actions import Given, draw_readers, let_reader_go, name_reader
from trellis.learning.views.programmes.acting import attempt, posted_uid
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person
from trellis.people.queries import named_like, people_of

FOUND = 12


@login_required
@require_GET
@second_factor_required
def run_readers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the readers with their counts, and who is found by the name in `q`."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer), uid=uid)
    words = request.GET.get("q", "").strip()[:80]
    live = Q(readings__stepped_back_at=None)
    readers = (
        found.readers.filter(left_at=None)
        .select_related("person")
        .annotate(
            has=Count("readings", filter=live),
            sent=Count("readings", filter=live & Q(readings__sent_at__isnull=False)),
        )
        .order_by("person__family_name", "person__given_name", "pk")
    )
    counts = counts_of([found])[found.pk]
    context = {
        "nav": "run-programmes",
        "call": found,
        "programme": found.programme,
        "readers": readers,
        "words": words,
        "known": named_like(_findable(found), words, most=FOUND) if words else [],
        "counts": counts,
        "missing": max(0, counts.ready * found.readers_each - counts.given),
        "open": found.status != CallStatus.DECIDED,
    }
    return render(request, "learning/programmes/run_readers.html", context)


@login_required
@require_POST
@second_factor_required
def run_readers_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name a reader (`person`: their uid), found within the unit that runs the program."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer), uid=uid)
    person = get_object_or_404(_findable(found), uid=posted_uid(request, "person"))
    attempt(request, lambda: name_reader(found, person, by=viewer), done=_("On the list of readers."))
    return redirect("programmes:run-readers", uid=uid)


@login_required
@require_POST
@second_factor_required
def run_reader_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a reader (their uid among readers) off."""
    viewer = viewer_of(request, Person)
    readers = CallReader.objects.filter(call__in=run_calls(viewer), left_at=None)
    reader = get_object_or_404(readers.select_related("call__programme__unit", "person"), uid=uid)
    done = _("Taken off. What they have not read can be given out anew.")
    attempt(request, lambda: let_reader_go(reader, by=viewer), done=done)
    return redirect("programmes:run-readers", uid=reader.call.uid)


@login_required
@require_POST
@second_factor_required
def run_draw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give out all that lacks readers."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_calls(viewer), uid=uid)
    given: list[Given] = []
    if (
        attempt(request, lambda: given.append(draw_readers(found, by=viewer)), done=_("Given out."))
        and given[0].missing
    ):
        words = ngettext(
            "One reading could not be given out: no reader is left who may. Name more readers.",
            "%(count)d readings could not be given out: no reader is left who may. Name more readers.",
            given[0].missing,
        )
        messages.warning(request, words % {"count": given[0].missing})
    return redirect("programmes:run-readers", uid=uid)


def _findable(call: Call) -> QuerySet[Person]:
    return people_of(call.programme.unit)
