"""What a view may ask of its viewer beyond sign-in: a second factor, or that this is the demo."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from trellis.people.access import Viewer, sees_others

ParamsT = ParamSpec("ParamsT")
View = Callable[Concatenate[HttpRequest, ParamsT], HttpResponse]


def second_factor_of(needs: Callable[[Viewer], bool]) -> Callable[[View[ParamsT]], View[ParamsT]]:
    """Make a decorator that sends the viewers of whom `needs` is true to set up a second factor first."""

    def decorator(view: View[ParamsT]) -> View[ParamsT]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: ParamsT.args, **kwargs: ParamsT.kwargs) -> HttpResponse:
            if lacks_second_factor(request) and needs(request.user):
                return to_second_factor(request)
            return view(request, *args, **kwargs)

        return checked

    return decorator


def second_factor_required(view: View[ParamsT]) -> View[ParamsT]:
    """Send a viewer whose role shows something of others to set up a second factor first.

    Who only sees their own file passes, so a view of both may use it.
    """
    return second_factor_of(sees_others)(view)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether the viewer has yet to set up a second factor; the demo asks for none."""
    return not settings.TRELLIS_DEMO and not is_mfa_enabled(request.user)


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Send the viewer to where it is set up, and say why."""
    messages.warning(
        request,
        _("Here you see what others share. To keep that safe, add a second step to your sign-in first."),
    )
    return redirect("mfa_index")


def demo_only(view: View[ParamsT]) -> View[ParamsT]:
    """Answer "not found" outside of the demo, as if the page were not there."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: ParamsT.args, **kwargs: ParamsT.kwargs) -> HttpResponse:
        if not settings.TRELLIS_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return checked
