"""A mentorship, for the two of it and nobody else: what they agreed, what is shared, and how it ends."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.matching_words import theme_names
from trellis.growth.mentor_access import mentees_sharing, own_mentorships
from trellis.growth.mentor_forms import AgreeForm, MeetingForm, SharesForm, TermsForm, ThanksForm
from trellis.growth.mentor_queries import notes_of, thanks_of
from trellis.growth.mentor_rules import NOTES_KEPT
from trellis.growth.mentorship_actions import agree, change_shares, end_mentorship, say_thanks, set_terms
from trellis.growth.models import Mentorship, Shares
from trellis.growth.views.mentors.posted import posted
from trellis.growth.views.mentors.second_factor import second_factor_for_mentors
from trellis.people.models import Person


@login_required
@require_GET
@second_factor_for_mentors
def mentorship(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show it to one of the two."""
    viewer, tree = viewer_of(request, Person), main_tree()
    found = get_object_or_404(own_mentorships(viewer), uid=uid)
    if tree is None:
        raise Http404
    is_mentor = found.mentor_id == viewer.pk
    notes = notes_of(found)
    thanks = thanks_of(found)
    mine, theirs = thanks if is_mentor else thanks[::-1]
    context = {
        "nav": "mentors",
        "found": found,
        "other": found.other(viewer),
        "is_mentor": is_mentor,
        "themes": theme_names(tree, found.themes),
        "i_agreed": found.has_agreed(viewer),
        "they_agreed": found.has_agreed(found.other(viewer)),
        "opens": is_mentor
        and mentees_sharing(viewer, Shares.STANDING, Shares.PLAN).filter(pk=found.mentee_id).exists(),
        "agree": AgreeForm(initial={"version": found.version}),
        "shares": SharesForm(initial={"shares": found.shares}),
        "notes": notes,
        "next_on": next((note.meeting.next_on for note in notes), None),
        "meeting": MeetingForm(),
        "thanks": ThanksForm(initial={"thanks": mine}),
        "their_thanks": theirs,
        "kept_days": NOTES_KEPT.days,
    }
    return render(request, "growth/mentors/mentorship.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_for_mentors
def mentorship_terms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what the two agree; whoever does it says yes to it."""
    viewer, tree = viewer_of(request, Person), main_tree()
    found = get_object_or_404(own_mentorships(viewer).running(), uid=uid)
    if tree is None:
        raise Http404
    offered = found.mentor.mentoroffer.themes if hasattr(found.mentor, "mentoroffer") else ()
    codes = dict.fromkeys([*found.themes, *offered])
    names = [(code, tree.theme_by_code[code].short) for code in codes if code in tree.theme_by_code]
    form = TermsForm(posted(request), mentorship=found, themes=names)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = set_terms(
                found,
                themes=said["themes"],
                how_often=said["how_often"],
                until=said["until"],
                version=said["version"],
                by=viewer,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _said(made))
            return redirect("growth:mentorship", uid=uid)
    context = {"nav": "mentors", "found": found, "other": found.other(viewer), "form": form}
    return render(request, "growth/mentors/terms.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@second_factor_for_mentors
def mentorship_agree(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say yes to the terms as they stand on the page."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_mentorships(viewer).running(), uid=uid)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("To say yes, promise to keep what you hear to yourself."))
        return redirect("growth:mentorship", uid=uid)
    try:
        made = agree(found, version=form.cleaned_data["version"], by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _said(made))
    return redirect("growth:mentorship", uid=uid)


@login_required
@require_POST
def mentorship_shares(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set what the viewer, as the mentee, lets the mentor see from now on."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_mentorships(viewer).running().filter(mentee=viewer), uid=uid)
    try:
        change_shares(found, request.POST.get("shares", ""), by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Saved. It holds from now on."))
    return redirect("growth:mentorship", uid=uid)


@login_required
@require_http_methods(["GET", "POST"])
def mentorship_end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether to end it, and do it; no reason is asked for."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_mentorships(viewer).running(), uid=uid)
    form = ThanksForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_mentorship(found, thanks=form.cleaned_data["thanks"], by=viewer)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("Ended. What was shared is closed."))
        return redirect("growth:mentorship", uid=uid)
    context = {"nav": "mentors", "found": found, "other": found.other(viewer), "form": form}
    return render(request, "growth/mentors/end.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def mentorship_thanks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leave a thank-you after the end."""
    viewer = viewer_of(request, Person)
    found = get_object_or_404(own_mentorships(viewer).exclude(ended_at=None), uid=uid)
    form = ThanksForm(request.POST)
    try:
        say_thanks(found, form.cleaned_data["thanks"] if form.is_valid() else "", by=viewer)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Thank you. They can read it now."))
    return redirect("growth:mentorship", uid=uid)


def _opens(viewer: Person, found: Mentorship) -> bool:
    """Whether the viewer, as the mentor, may see the mentee's standing today."""
    sharing = mentees_sharing(viewer, Shares.STANDING, Shares.PLAN)
    return found.mentor_id == viewer.pk and sharing.filter(pk=found.mentee_id).exists()


def _said(made: Mentorship) -> str:
    if made.is_agreed:
        return _("Both of you have said yes. It has begun.")
    return _("You have said yes. Now it waits for the other one.")
