"""One member of a cohort, for those who run it: attendance, capstone, mentor; completing, exceptions, leaving."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trellis.core import clock
from trellis.core.viewer import viewer_of
from trellis.learning.capstone_actions import MOST_READERS, name_capstone_readers
from trellis.learning.capstone_queries import found_in
from trellis.learning.cohort_access import run_members
from trellis.learning.cohort_actions import leave_cohort, set_mentor
from trellis.learning.cohort_progress import progress_of, sessions_of
from trellis.learning.completing import ask_exception, complete, refuse_exception
from trellis.learning.models import Capstone, CapstoneStatus, CohortMember, SignUp
from trellis.learning.views.programmes.acting import attempt, posted_uid
from trellis.learning.when import short
from trellis.people.decorators import second_factor_required
from trellis.people.models import Person
from trellis.people.queries import named_like, people_of

FOUND = 12


@login_required
@require_GET
@second_factor_required
def run_member(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a member, and who is found by the name in `q` as a reader or mentor."""
    viewer = viewer_of(request, Person)
    member = _member(viewer, uid)
    cohort = member.cohort
    sessions = sessions_of(cohort)
    [progress] = progress_of(cohort, [member], sessions)
    capstone = progress.capstone
    marks = dict(
        SignUp.objects.filter(person=member.person, session__in_cohort__cohort=cohort).values_list("session_id", "came")
    )
    words = request.GET.get("q", "").strip()[:80]
    now = clock.now()
    context = {
        "nav": "run-programmes",
        "member": member,
        "cohort": cohort,
        "programme": cohort.programme,
        "progress": progress,
        "attended": progress.attendance.said(to_self=False),
        "sessions": [
            (one, short(one.session), marks.get(one.session_id), one.session.starts_at <= now) for one in sessions
        ],
        "capstone": capstone,
        "being_read": capstone is not None and capstone.status == CapstoneStatus.SENT,
        "readings": capstone.readings.filter(submission=capstone.submission).select_related("reader")
        if capstone
        else [],
        "found": found_in(capstone) if capstone else [],
        "words": words,
        "known": named_like(people_of(cohort.programme.unit).exclude(pk=member.person_id), words, most=FOUND)
        if words
        else [],
        "most_readers": MOST_READERS,
    }
    return render(request, "learning/programmes/run_member.html", context)


@login_required
@require_POST
@second_factor_required
def run_member_complete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Complete the program for a member."""
    return _do(request, uid, complete, _("Completed. They get a mail."))


@login_required
@require_POST
@second_factor_required
def run_member_exception(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for an exception with a reason, or refuse the one that was asked for (`refuse`)."""
    if "refuse" in request.POST:
        return _do(request, uid, refuse_exception, _("Taken back."))
    reason = request.POST.get("reason", "")[:500]
    done = _("Stored. Now somebody else who runs the program has to agree.")
    return _do(request, uid, lambda member, *, by: ask_exception(member, reason=reason, by=by), done)


@login_required
@require_POST
@second_factor_required
def run_member_leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that a member has left (`leaves` = 1), or take that back."""
    leaves = request.POST.get("leaves") == "1"
    done = _("They have left the cohort.") if leaves else _("They are in the cohort again.")
    return _do(request, uid, lambda member, *, by: leave_cohort(member, leaves=leaves, by=by), done)


@login_required
@require_POST
@second_factor_required
def run_member_person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make somebody (`person`: their uid) mentor or reader of the capstone, as `as` says; or take the mentor off."""
    viewer = viewer_of(request, Person)
    member = _member(viewer, uid)
    if request.POST.get("as") == "nobody":
        return _do(request, uid, lambda member, *, by: set_mentor(member, None, by=by), _("No mentor any more."))
    person = get_object_or_404(people_of(member.cohort.programme.unit), uid=posted_uid(request, "person"))
    if request.POST.get("as") == "mentor":
        return _do(request, uid, lambda member, *, by: set_mentor(member, person, by=by), _("They are the mentor now."))
    return _do(request, uid, lambda member, *, by: _read_by(member, person, by=by), _("They read it now."))


def _read_by(member: CohortMember, person: Person, *, by: Person) -> None:
    """Add a reader to a capstone; where there are two, who has not read it yet makes room."""
    capstone = get_object_or_404(Capstone, member=member)
    there = list(capstone.readings.filter(submission=capstone.submission).select_related("reader"))
    waiting = [one.reader for one in there if one.sent_at is None and one.reader_id != person.pk]
    done = sum(one.sent_at is not None for one in there)
    keep = waiting[: max(0, MOST_READERS - 1 - done)]
    name_capstone_readers(capstone, [*keep, person], by=by)


def _do(request: HttpRequest, uid: UUID, act: Callable[..., object], done: str) -> HttpResponse:
    viewer = viewer_of(request, Person)
    member = _member(viewer, uid)
    attempt(request, lambda: act(member, by=viewer), done=done)
    return redirect("programmes:run-member", uid=uid)


def _member(viewer: Person, uid: UUID) -> CohortMember:
    return get_object_or_404(run_members(viewer).select_related("mentor", "exception_by"), uid=uid)
