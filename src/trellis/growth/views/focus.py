"""Choosing what to grow towards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.actions import choose_focus
from trellis.growth.forms import FocusForm
from trellis.growth.queries import aim_of, profiles
from trellis.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def focus(request: HttpRequest) -> HttpResponse:
    """Show the choices; a POST keeps one and leads back to the standing."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    if tree is None:
        raise Http404
    aim = aim_of(viewer, tree)
    now = (
        f"domain:{aim.domain_code}"
        if aim.domain_code
        else f"role:{aim.profile.uid}"
        if aim.profile and aim.chosen
        else ""
    )
    form = FocusForm(request.POST or None, tree=tree, profiles=profiles(tree), initial={"towards": now})
    if request.method == "POST" and form.is_valid():
        profile, domain_code = form.choice()
        choose_focus(by=viewer, profile=profile, domain_code=domain_code)
        messages.success(request, _("Saved. What to do next now follows your choice."))
        return redirect("growth:standing")
    return render(request, "growth/focus.html", {"nav": "growth", "form": form, "aim": aim, "tree": tree})
