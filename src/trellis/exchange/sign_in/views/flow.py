"""To an affiliate's directory and back."""

from collections.abc import Callable
from typing import Any

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trellis.exchange.sign_in.adapter import asked_to_link
from trellis.exchange.sign_in.provider import DirectoryAdapter


@never_cache
@require_safe
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to a directory: to sign in, or to link who is signed in, when they have asked for that."""
    process = request.GET.get("process", "login")
    if process != "login" and not (process == "connect" and asked_to_link(request, provider_id)):
        raise Http404
    return _through(OAuth2LoginView.adapter_view, request, provider_id)


@never_cache
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in what the directory says of who has signed in there."""
    return _through(OAuth2CallbackView.adapter_view, request, provider_id)


def _through(view: Callable[[Any], Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view(DirectoryAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, requests.RequestException):
        return redirect("sign_in:refused", why="failed")
    return answer
