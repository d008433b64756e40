"""My offer to mentor: make it, change it, pause it, withdraw it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.matching_queries import strong_themes
from trellis.growth.mentor_access import asks_to_answer, own_mentorships, own_offer
from trellis.growth.mentor_actions import pause_offer, save_offer, withdraw_offer
from trellis.growth.mentor_forms import OfferForm
from trellis.growth.models import MentorOffer
from trellis.growth.views.mentors.posted import posted
from trellis.growth.views.mentors.second_factor import second_factor_to_help
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
@second_factor_to_help
def mentor_offer(request: HttpRequest) -> HttpResponse:
    """Offer to mentor: the themes in which one is strong are ticked already, and each can be taken off."""
    viewer, tree = viewer_of(request, Person), main_tree()
    if tree is None:
        raise Http404
    kept, strong = own_offer(viewer).first(), strong_themes(tree, viewer)
    codes = {*strong, *(kept.themes if kept else ())}
    begun = kept or MentorOffer(person=viewer, themes=strong, times=(), languages=(viewer.language,))
    form = OfferForm(posted(request), tree=tree, codes=codes, kept=begun)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            save_offer(form.when(), capacity=found["capacity"], sentence=found["sentence"], strong=strong, by=viewer)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. Members can find you now."))
            return redirect("growth:mentors")
    context = {"nav": "mentors", "form": form, "kept": kept, "has_themes": bool(codes)}
    return render(request, "growth/mentors/offer.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def mentor_pause(request: HttpRequest) -> HttpResponse:
    """Pause the viewer's offer (`paused` = 1), or go on (0)."""
    viewer = viewer_of(request, Person)
    paused = request.POST.get("paused") == "1"
    pause_offer(get_object_or_404(own_offer(viewer)), paused=paused, by=viewer)
    messages.success(request, _("Paused. Nobody finds you until you go on.") if paused else _("Members can find you."))
    return redirect("growth:mentor-offer")


@login_required
@require_http_methods(["GET", "POST"])
def mentor_withdraw(request: HttpRequest) -> HttpResponse:
    """Ask whether to withdraw the offer, and do it."""
    viewer = viewer_of(request, Person)
    kept = get_object_or_404(own_offer(viewer))
    if request.method == "POST":
        withdraw_offer(kept, by=viewer)
        messages.success(request, _("Withdrawn. Who had asked you is told."))
        return redirect("growth:mentors")
    context = {
        "nav": "mentors",
        "asks": asks_to_answer(viewer).count(),
        "running": own_mentorships(viewer).running().filter(mentor=viewer).count(),
    }
    return render(request, "growth/mentors/withdraw.html", context)
