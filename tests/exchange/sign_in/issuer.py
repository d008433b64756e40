"""An issuer that answers from memory: what it says of people, and of itself, is changed at will."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from trellis.core import clock
from trellis.exchange.directory.actions import set_up
from trellis.exchange.models import Directory
from trellis.exchange.sign_in.actions import set_sign_in
from trellis.people.models import Person

ADDRESS = "https://sso.example.org"


class Answer(requests.Response):
    """An answer with this content."""

    def __init__(self, content: Any) -> None:
        super().__init__()
        self.status_code = 200
        self._said = content
        self.headers["content-type"] = "application/json"

    def json(self, **kwargs: Any) -> Any:
        return self._said


class Issuer:
    """Stands in for the session with which an issuer is asked."""

    def __init__(self) -> None:
        self.config: dict[str, Any] = {
            "issuer": ADDRESS, "authorization_endpoint": f"{ADDRESS}/auth", "token_endpoint": f"{ADDRESS}/token",
            "jwks_uri": f"{ADDRESS}/keys", "userinfo_endpoint": f"{ADDRESS}/me",
        }  # fmt: skip
        self.claims: dict[str, Any] = {}
        self.more: dict[str, Any] | None = None
        self.nonce = ""

    def __call__(self) -> "Issuer":
        return self

    def __enter__(self) -> "Issuer":
        return self

    def __exit__(self, *args: object) -> None:
        return None

    def get(self, url: str, **kwargs: Any) -> Answer:
        if url.endswith("/me"):
            return Answer(self.claims if self.more is None else self.more)
        return Answer(self.config)

    def request(self, method: str, url: str, **kwargs: Any) -> Answer:
        assert kwargs["data"]["code_verifier"]
        now = int(clock.now().timestamp())
        told = {"iss": ADDRESS, "aud": "trellis", "iat": now, "exp": now + 60, "nonce": self.nonce} | self.claims
        return Answer({"access_token": "a", "id_token": jwt.encode(told, "k" * 32, "HS256")})

    def sign_in(self, browser: Client, directory: Directory, claims: dict[str, Any], query: str = "") -> HttpResponse:
        """Go there and come back as somebody of whom it says this; returns the answer."""
        self.claims = claims
        address = reverse("directory_login", kwargs={"provider_id": str(directory.uid)})
        there = browser.get(f"{address}{query}")
        assert there.status_code == 302, there.content
        if not there.headers["Location"].startswith(ADDRESS):
            return there
        asked = {key: values[0] for key, values in parse_qs(urlsplit(there.headers["Location"]).query).items()}
        self.nonce = self.nonce or asked["nonce"]
        back = reverse("directory_callback", kwargs={"provider_id": str(directory.uid)})
        found: HttpResponse = browser.get(back, {"code": "c", "state": asked["state"]})
        self.nonce = ""
        return found


def opened(cast: Cast, unit: str, *, lets_in: bool = False) -> Directory:
    """A unit's directory, through which its people can sign in."""
    directory = set_up(cast.unit(unit), by=cast.steward)
    set_sign_in(
        directory, issuer=ADDRESS, client="trellis", secret="a secret", is_on=True, lets_in=lets_in, by=cast.steward
    )
    directory.refresh_from_db()
    return directory


def who(browser: Client) -> Person | None:
    """Who is signed in."""
    key = browser.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None
