"""Meetings of a mentorship: write one down, change what is written."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.growth.mentor_access import own_mentorships
from trellis.growth.mentor_forms import MeetingForm
from trellis.growth.mentor_notes import read_words
from trellis.growth.mentorship_actions import note_meeting
from trellis.growth.models import MentorMeeting, Mentorship
from trellis.growth.views.mentors.posted import posted
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_for_mentors
def mentor_meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down a meeting."""
    found = _mentorship(request, uid)
    return _page(request, found, None, MeetingForm(posted(request)))


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_for_mentors
def mentor_meeting_change(request: HttpRequest, uid: UUID, meeting: UUID) -> HttpResponse:
    """Change what is written about a meeting."""
    found = _mentorship(request, uid)
    kept = get_object_or_404(found.meetings, uid=meeting)
    initial = MeetingForm.filled(kept, read_words(found, kept.notes))
    return _page(request, found, kept, MeetingForm(posted(request), initial=initial))


def _mentorship(request: HttpRequest, uid: UUID) -> Mentorship:
    running = own_mentorships(viewer_of(request, Person)).running().exclude(began_on=None)
    return get_object_or_404(running, uid=uid)


def _page(request: HttpRequest, found: Mentorship, kept: MentorMeeting | None, form: MeetingForm) -> HttpResponse:
    viewer = viewer_of(request, Person)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            note_meeting(
                found,
                held_on=said["held_on"],
                notes=said["notes"],
                next_on=said["next_on"],
                by=viewer,
                meeting=kept,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down. You both can read it."))
            return redirect("growth:mentorship", uid=found.uid)
    context = {"nav": "mentors", "found": found, "other": found.other(viewer), "kept": kept, "form": form}
    return render(request, "growth/mentors/meeting.html", context, status=422 if form.errors else 200)
