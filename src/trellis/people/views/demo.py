"""One click takes the part of a named person of the fictional association."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from trellis.people.decorators import demo_only
from trellis.people.demo.cast import cast_member
from trellis.people.models import Person


@demo_only
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as the person of that key; 404 for an unknown one, and outside of the demo."""
    one = cast_member(key)
    if one is None:
        raise Http404
    # The one place without an access query: the part is open to every visitor, and to fictional persons only.
    person = get_object_or_404(Person, email=one.email, is_active=True)
    login(request, person)
    # login() keeps the session's key when the same person comes again.
    request.session.cycle_key()
    return redirect(settings.LOGIN_REDIRECT_URL)
