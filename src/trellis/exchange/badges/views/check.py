"""Check a badge that one was given, by its file or its text; without signing in, and nothing of it is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from trellis.core.receiving import LimitedUpload
from trellis.exchange.badges.baking import NoBadgeInsideError, text_in
from trellis.exchange.badges.checking import Check, Found, check_text
from trellis.exchange.badges.forms import MOST_BYTES, CheckForm
from trellis.exchange.badges.held import all_held, as_held
from trellis.people.queries import association_name


# Django would read the whole upload for its form token, so the limit is set first, and the token looked at after it.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Take a badge and say what was found."""
    limit = LimitedUpload(request, "file", MOST_BYTES)
    request.upload_handlers = [limit]
    return _answer(request, limit)


@csrf_protect
def _answer(request: HttpRequest, limit: LimitedUpload) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CheckForm(*sent, too_large=limit.too_large)
    context = {"form": form, "issuer": association_name()}
    if request.method == "POST" and form.is_valid():
        found = _checked(form)
        context |= {
            "form": CheckForm(),
            "check": found,
            "badge": as_held(found.credential) if found.credential else None,
            "members": all_held(found.members),
        }
    return render(request, "exchange/badges/check.html", context, status=422 if form.errors else 200)


def _checked(form: CheckForm) -> Check:
    try:
        return check_text(text_in(form.content()), email=form.cleaned_data["email"])
    except NoBadgeInsideError:
        return Check(Found.UNREADABLE)
