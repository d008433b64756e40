"""Role profiles: what each role asks for; whoever keeps the framework may edit them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trellis.core.viewer import viewer_of
from trellis.framework.queries import main_tree
from trellis.growth.actions import change_profile
from trellis.growth.forms import ProfileForm
from trellis.growth.models import RoleProfile
from trellis.growth.queries import profiles
from trellis.people.models import Person


@login_required
@require_GET
def profile_list(request: HttpRequest) -> HttpResponse:
    """List the role profiles of the main framework."""
    tree = main_tree()
    context = {"nav": "growth", "profiles": profiles(tree) if tree else [], "tree": tree}
    return render(request, "growth/profiles.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one profile; its editor sees the form, and only an editor may send it."""
    viewer = viewer_of(request, Person)
    tree = main_tree()
    if tree is None:
        raise Http404
    found = get_object_or_404(RoleProfile.objects.select_related("role"), uid=uid)
    if request.method == "POST" and not viewer.keeps_framework:
        raise Http404
    targets = dict(found.targets.values_list("theme_code", "level"))
    form = ProfileForm(request.POST or None, tree=tree, initial={code: str(level) for code, level in targets.items()})
    if request.method == "POST" and form.is_valid():
        change_profile(found, form.targets(), by=viewer)
        messages.success(request, _("Saved. These are now your association's own targets."))
        return redirect("growth:profile", uid=uid)
    parts = [
        (domain, [(theme, targets.get(theme.code, 0), form[theme.code]) for theme in domain.themes])
        for domain in tree.domains
    ]
    context = {
        "nav": "growth",
        "profile": found,
        "parts": parts,
        "form": form,
        "may_edit": viewer.keeps_framework,
        "tree": tree,
    }
    return render(request, "growth/profile.html", context)
