"""What allauth asks us when somebody comes from a directory: which there are, and who that may be here."""

from typing import Any
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from trellis.core.sealing import SealBrokenError
from trellis.exchange.models import Directory
from trellis.exchange.sign_in.access import known_by, may_come_in, open_directories, speaks_of_somebody
from trellis.exchange.sign_in.actions import let_in, link, secret_of
from trellis.exchange.sign_in.provider import KEY, bears_the_number
from trellis.exchange.sign_in.transport import IssuerSession
from trellis.people.models import Person

_ASKED = "asked_to_link"


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our directories in place of allauth's own list, and nobody signs up by the way."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the one directory that is asked for; all of them are never needed at once."""
        directory = _directory(provider)
        return [_as_app(directory)] if directory else []

    def get_requests_session(self) -> IssuerSession:
        """Return what asks issuers."""
        return IssuerSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: whom we do not know is told so before."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Say that it did not work, and what else there is."""
        raise _turned_away("failed")

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Lead back to where a link was asked for."""
        return reverse("people:settings")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find out who comes, or turn them away."""
        directory = _directory(sociallogin.account.provider)
        if directory is None or not bears_the_number(sociallogin):
            raise _turned_away("failed")
        if sociallogin.state.get("process") == "connect":
            _connect(request, directory, sociallogin)
        elif sociallogin.is_existing:
            if not may_come_in(directory, sociallogin.user):
                raise _turned_away("unknown")
        else:
            _recognize(directory, sociallogin)


def ask_to_link(request: HttpRequest, directory: Directory) -> None:
    """Note in the session that its person asked to link an account there: no other site can make them do it."""
    request.session[_ASKED] = str(directory.uid)


def asked_to_link(request: HttpRequest, uid: str) -> bool:
    """Say whether the person of this session asked to link an account there."""
    return bool(request.user.is_authenticated and request.session.get(_ASKED) == uid)


def _connect(request: HttpRequest, directory: Directory, sociallogin: Any) -> None:
    """Link the account there with who is signed in here, who asked for it; raises ImmediateHttpResponse in any case."""
    viewer = request.user
    number = sociallogin.account.uid
    if not isinstance(viewer, Person) or not asked_to_link(request, str(directory.uid)):
        raise _turned_away("failed")
    del request.session[_ASKED]
    if not may_come_in(directory, viewer):
        raise _turned_away("unknown")
    taken = SocialAccount.objects.filter(provider=str(directory.uid), uid=number).exclude(user=viewer)
    if taken.exists():
        raise _turned_away("taken")
    SocialAccount.objects.filter(provider=str(directory.uid), user=viewer).delete()
    link(directory, viewer, number=number, by=viewer)
    raise ImmediateHttpResponse(redirect("people:settings"))


def _recognize(directory: Directory, sociallogin: Any) -> None:
    person = known_by(directory, sociallogin.claims)
    if person is not None:
        link(directory, person, number=sociallogin.account.uid, by=None)
    elif directory.lets_in and not speaks_of_somebody(directory, sociallogin.claims):
        let_in(directory, sociallogin.claims)
    else:
        raise _turned_away("unknown")
    sociallogin.lookup()


def _turned_away(why: str) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(redirect("sign_in:refused", why=why))


def _directory(uid: str | None) -> Directory | None:
    try:
        return open_directories().filter(uid=UUID(uid or "")).first()
    except ValueError:
        return None


def _as_app(directory: Directory) -> SocialApp:
    try:
        secret = secret_of(directory)
    except SealBrokenError:  # the site has another key now: it must be given again
        secret = ""
    return SocialApp(
        provider=KEY,
        provider_id=str(directory.uid),
        name=directory.unit.name,
        client_id=directory.client,
        secret=secret,
        settings={"server_url": directory.issuer, "oauth_pkce_enabled": True},
    )
