"""What allauth needs to sign people in through directories: OpenID Connect with PKCE, a nonce, and one issuer each."""

import secrets
from typing import Any

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from trellis.core.sealing import digest

KEY = "directory"
_KEPT = 300


class DirectoryAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Asks an issuer, and believes what it says only when all of it fits together."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer says of itself; raises OAuth2Error when it cannot be had, or is another's."""
        issuer = self.get_provider().app.settings["server_url"]
        key = f"trellis-issuer:{digest(issuer)}"
        if kept := cache.get(key):
            self._openid_config = kept
        try:
            found: dict[str, Any] = super().openid_config
            needed = [found[name] for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")]
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            raise OAuth2Error("the issuer cannot be asked") from error
        if str(needed[0]).rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error("the issuer is another")
        # Anybody may begin to sign in; the issuer is not asked anew for each.
        cache.set(key, found, _KEPT)
        return found

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return where the issuer sends the browser back to."""
        address = reverse("directory_callback", kwargs={"provider_id": self.provider_id})
        return request.build_absolute_uri(address)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the sign-in, with what the issuer says of the person in `claims`; nothing of that is stored."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("there is no ID token")
        claims = self._decode_id_token(app, id_token)
        try:
            more = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        except ValueError as error:
            raise OAuth2Error("what the issuer says cannot be read") from error
        if not claims.get("sub") or more.get("sub", claims["sub"]) != claims["sub"]:
            raise OAuth2Error("the issuer speaks of two persons")
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.claims = more | claims
        return login


class DirectoryProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """One directory that people sign in through."""

    id = KEY
    oauth2_adapter_class = DirectoryAdapter

    @classmethod
    def get_package(cls) -> str:
        """Return where its addresses stand: `urls` of this package."""
        return __package__ or ""

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        """Return where a sign-in begins."""
        return reverse("directory_login", kwargs={"provider_id": self.app.provider_id})

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send the browser to the issuer, with a number that its answer must bear."""
        nonce = secrets.token_urlsafe(16)
        kwargs |= {"auth_params": {"nonce": nonce}, "scope": self.get_scope()}
        answer: HttpResponse = super().redirect(request, process, next_url=next_url, data=data, nonce=nonce, **kwargs)
        return answer

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Keep nothing of what the issuer says."""
        return {}


def bears_the_number(login: Any) -> bool:
    """Say whether a sign-in answers the very request that was made of the issuer."""
    nonce = login.state.get("nonce")
    return bool(nonce) and secrets.compare_digest(str(login.claims.get("nonce", "")), nonce)
