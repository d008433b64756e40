"""Before the sign-in through a directory: whose it is. After it: why it did not work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trellis.exchange.sign_in.access import open_directories

_SHOWN = 12
_REASONS = {
    "unknown": (
        _("We could not find you here"),
        _("Your organization signed you in, but it has not told us about you yet. Ask whoever runs its sign-in."),
    ),
    "taken": (
        _("That sign-in belongs to somebody else here"),
        _("It is linked to another account. If both are yours, sign in with the other one and stop the link there."),
    ),
    "failed": (
        _("That did not work"),
        _("Your organization's sign-in did not answer as it should. Try again in a moment."),
    ),
}


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the states and locals with a sign-in of their own, or those whose name was asked for."""
    asked = request.GET.get("q", "").strip()[:80]
    found = open_directories().order_by("unit__name", "pk")
    for word in asked.split():
        found = found.filter(unit__name__icontains=word)
    listed = list(found[: _SHOWN + 1])
    context = {"asked": asked, "directories": listed[:_SHOWN], "has_more": len(listed) > _SHOWN}
    return render(request, "exchange/sign_in/choose.html", context)


@require_safe
def refused(request: HttpRequest, why: str) -> HttpResponse:
    """Say why a sign-in did not work, and what else there is."""
    if why not in _REASONS:
        raise Http404
    title, reason = _REASONS[why]
    return render(request, "exchange/sign_in/refused.html", {"title": title, "reason": reason}, status=403)


@require_safe
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer "not found"."""
    raise Http404
