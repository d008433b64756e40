"""The sessions of a cohort: plan one, take one of the catalog in, take one out, mark who came."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.learning.access import arranged_sessions
from trellis.learning.attendance_actions import mark_attendance
from trellis.learning.cohort_access import run_cohorts, run_sessions
from trellis.learning.cohort_actions import add_session, drop_session, link_session
from trellis.learning.cohort_progress import sessions_of
from trellis.learning.models import Cohort, Session, SignUp, SignUpStatus
from trellis.learning.run_forms import CohortSessionForm
from trellis.learning.views.programmes.acting import attempt, posted_uid
from trellis.learning.when import short
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person

_MARKS = {"yes": True, "no": False, "": None}


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_session_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Plan a session for a cohort (its uid), or take one in that the viewer's units have planned (`session`)."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_cohorts(viewer), uid=uid)
    linkable = arranged_sessions(viewer).upcoming().filter(in_cohort=None).select_related("offering")
    form = CohortSessionForm(
        request.POST if request.method == "POST" and "session" not in request.POST else None,
        initial={"zone": _zone(found), "title": ""},
    )
    if "session" in request.POST:
        session = get_object_or_404(linkable, uid=posted_uid(request, "session"))
        done = _("Taken in. Every member has a seat.")
        if attempt(request, lambda: link_session(found, session, by=viewer), done=done):
            return redirect("programmes:run-cohort", uid=uid)
        return redirect("programmes:run-session-add", uid=uid)
    if form.is_bound and form.is_valid() and _planned(request, found, form, viewer):
        return redirect("programmes:run-cohort", uid=uid)
    context = {
        "nav": "run-programmes",
        "cohort": found,
        "programme": found.programme,
        "form": form,
        "linkable": [(one, short(one)) for one in linkable[:30]],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/programmes/run_session_add.html", context, status=status)


@login_required
@require_POST
@second_factor_required
def run_session_drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a session that has not begun out of its cohort."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_sessions(viewer), uid=uid)
    attempt(request, lambda: drop_session(found, by=viewer), done=_("Taken out."))
    return redirect("programmes:run-cohort", uid=found.cohort.uid)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_required
def run_attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark who of the cohort came to a session."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(run_sessions(viewer), uid=uid)
    rows = _seats(found.cohort, found.session)
    if request.method == "POST":
        marks = {one.pk: _MARKS.get(request.POST.get(f"m-{one.uid}", "")) for one in rows}
        if attempt(request, lambda: mark_attendance(found.session, marks, by=viewer), done=_("Stored.")):
            return redirect("programmes:run-cohort", uid=found.cohort.uid)
        return redirect("programmes:run-attendance", uid=uid)
    context = {
        "nav": "run-programmes",
        "found": found,
        "cohort": found.cohort,
        "programme": found.cohort.programme,
        "when": short(found.session),
        "rows": rows,
    }
    return render(request, "learning/programmes/run_attendance.html", context)


def _seats(cohort: Cohort, session: Session) -> list[SignUp]:
    """Return the sign-ups of the cohort's members, by name; who left the cohort is not among them."""
    members = cohort.members.filter(left_on=None).values("person")
    found = SignUp.objects.filter(session=session, person__in=members).exclude(status=SignUpStatus.LEFT)
    return list(found.select_related("person").order_by("person__family_name", "person__given_name", "pk"))


def _planned(request: HttpRequest, cohort: Cohort, form: CohortSessionForm, viewer: Person) -> bool:
    title, content = form.cleaned_data["title"], form.content()
    done = _("Planned. Every member has a seat.")
    return attempt(request, lambda: add_session(cohort, title=title, content=content, by=viewer), done=done)


def _zone(cohort: Cohort) -> str:
    """The clocks that the cohort's last session goes by."""
    sessions = sessions_of(cohort)
    return sessions[-1].session.zone if sessions else settings.TIME_ZONE
