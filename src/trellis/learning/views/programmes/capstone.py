"""The capstone: a member points at what they did; readers hold it against the rubric."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.learning.capstone_actions import may_be_sent, read_capstone, send_capstone
from trellis.learning.capstone_queries import found_in
from trellis.learning.cohort_access import capstone_readings, own_places
from trellis.learning.models import Capstone
from trellis.learning.programme_forms import CapstoneForm, StepsForm
from trellis.learning.views.programmes.acting import attempt, posted
from trellis.people.decorators import lacks_second_factor, to_second_factor
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def capstone(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the viewer's capstone in a cohort (its uid), and take it while it may be sent."""
    viewer = viewer_of(request, Person)
    place = get_object_or_404(own_places(viewer), cohort__uid=uid)
    if not place.cohort.has_capstone:
        raise Http404
    kept = Capstone.objects.filter(member=place).first()
    open_ = place.completed_on is None and (kept is None or may_be_sent(kept))
    initial = {"title": kept.title, "link": kept.link, "result": kept.result} if kept else {}
    form = CapstoneForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        content = form.content()
        done = _("Sent. You get a mail when it has been read.")
        attempt(request, lambda: send_capstone(place, content, by=viewer), done=done)
        return redirect("programmes:capstone", uid=uid)
    context = {
        "nav": "programmes",
        "cohort": place.cohort,
        "programme": place.cohort.programme,
        "capstone": kept,
        "open": open_,
        "form": form,
        "rubric": place.cohort.programme.rubric.all(),
        "found": found_in(kept) if kept else [],
    }
    return render(request, "learning/programmes/capstone.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def capstone_read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a capstone to its reader with the rubric; afterwards what they found."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(capstone_readings(viewer), uid=uid)
    if lacks_second_factor(request):
        return to_second_factor(request)
    programme = found.capstone.member.cohort.programme
    form = StepsForm(posted(request), criteria=list(programme.rubric.all()), to_owner=True)
    if request.method == "POST" and form.is_valid():
        passes, comment = request.POST.get("passes") == "1", form.cleaned_data["comment"]
        done = _("Stored. It has passed your reading.") if passes else _("Stored, with your comment.")
        act = lambda: read_capstone(found, form.steps(), passes=passes, comment=comment, by=viewer)  # noqa: E731
        if attempt(request, act, done=done):
            return redirect("programmes:readings")
    context = {
        "nav": "readings",
        "reading": found,
        "capstone": found.capstone,
        "programme": programme,
        "form": form,
        "scores": found.scores.select_related("line") if found.sent_at else [],
    }
    return render(request, "learning/programmes/capstone_read.html", context, status=422 if form.errors else 200)
