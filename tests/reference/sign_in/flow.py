"""The whole way through an issuer of others, npm's oidc-provider: run by `make test-reference`, with its folder named.

`OUTSIDE_ISSUER` names the folder that oidc-provider is installed in.
"""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.exchange.scim.caller import directory_of
from trellis.exchange.directory.actions import set_up
from trellis.exchange.models import Directory
from trellis.exchange.sign_in.actions import set_sign_in
from trellis.people.models import Person

PEOPLE = {
    "own": {"email": "own@example.org", "email_verified": True},
    "unverified": {"email": "coached@example.org", "email_verified": False},
    "president": {"email": "president@example.org", "email_verified": True},
    "e-17": {"given_name": "Kim"},
    "neighbour": {"email": "neighbour@example.org", "email_verified": True},
    "stranger": {"email": "new@example.org", "email_verified": True, "given_name": "Lee", "family_name": "New"},
}
REFUSED, FAILED = "/account/organization/unknown/", "/account/organization/failed/"


@pytest.fixture
def directory(cast: Cast) -> Directory:
    """Riverside's directory."""
    return set_up(cast.unit("Riverside"), by=cast.steward)


@pytest.fixture
def issuer(directory: Directory, cast: Cast) -> Iterator[str]:
    """Riverside's sign-in, running; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    back = f"http://testserver{reverse('directory_callback', kwargs={'provider_id': str(directory.uid)})}"
    folder = os.environ["OUTSIDE_ISSUER"]
    with subprocess.Popen(
        ["node", "issuer.mjs", str(port), back, json.dumps(PEOPLE)], cwd=folder, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        while "ready" not in running.stdout.readline():
            assert running.poll() is None
        address = f"http://127.0.0.1:{port}"
        _set(directory, cast, address)
        yield address
        running.terminate()


def _set(directory: Directory, cast: Cast, issuer: str, *, lets_in: bool = False) -> None:
    set_sign_in(
        directory, issuer=issuer, client="trellis", secret="a secret that both know", is_on=True, lets_in=lets_in,
        by=cast.steward,
    )  # fmt: skip


def _leave(browser: Client, directory: Directory) -> str:
    """The address to which the browser is sent."""
    answer = browser.get(reverse("directory_login", kwargs={"provider_id": str(directory.uid)}))
    assert answer.status_code == 302, answer.content
    return answer.headers["Location"]


def _at_the_issuer(address: str, issuer: str, name: str) -> str:
    """Sign in there, and return the address to which the browser is sent back."""
    with requests.Session() as there:
        there.get(f"{issuer}/as/{name}")
        while address.startswith(issuer):
            answer = there.get(address, allow_redirects=False)
            assert answer.status_code in (302, 303), answer.text
            address = urljoin(address, answer.headers["Location"])
    return address


def _back(browser: Client, address: str) -> HttpResponse:
    parts = urlsplit(address)
    found: HttpResponse = browser.get(f"{parts.path}?{parts.query}")
    return found


def _sign_in(browser: Client, directory: Directory, issuer: str, name: str, **changed: str) -> HttpResponse:
    """Go the whole way; `changed` are parameters that somebody changes on the way there."""
    parts = urlsplit(_leave(browser, directory))
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == "S256"
    address = f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(asked | changed)}"
    return _back(browser, _at_the_issuer(address, issuer, name))


def _is_in(browser: Client) -> str:
    """Who is signed in, by uid."""
    key = browser.session.get("_auth_user_id")
    return str(Person.objects.get(pk=key).uid) if key else ""


def test_a_known_person_comes_in_and_comes_in_again(cast: Cast, directory: Directory, issuer: str) -> None:
    for _ in range(2):
        browser = Client()
        assert _sign_in(browser, directory, issuer, "own").headers["Location"] == "/"
        assert _is_in(browser) == str(cast.own.uid)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data, account.user) == ("own", {}, cast.own)


def test_whom_the_directory_added_by_number_comes_in_by_number(cast: Cast, directory: Directory, issuer: str) -> None:
    uid = directory_of(cast, "Riverside").add("kim", externalId="e-17")["id"]
    browser = Client()
    _sign_in(browser, directory, issuer, "e-17")
    assert _is_in(browser) == uid


@pytest.mark.parametrize("name", ["stranger", "unverified", "neighbour"])
def test_whom_nobody_knows_here_is_refused(directory: Directory, issuer: str, name: str) -> None:
    browser, people = Client(), Person.objects.count()
    assert _sign_in(browser, directory, issuer, name).headers["Location"] == REFUSED
    assert (_is_in(browser), SocialAccount.objects.count(), Person.objects.count()) == ("", 0, people)


def test_a_stranger_is_let_in_where_the_affiliate_says_so(cast: Cast, directory: Directory, issuer: str) -> None:
    _set(directory, cast, issuer, lets_in=True)
    browser = Client()
    _sign_in(browser, directory, issuer, "stranger")
    person = Person.objects.get(email="new@example.org")
    assert (_is_in(browser), person.name) == (str(person.uid), "Lee New")
    assert [held.unit for held in person.memberships.all()] == [directory.unit]


@pytest.mark.parametrize(
    "changed", [{"nonce": "another"}, {"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, {"state": "x"}]
)
def test_an_answer_to_another_question_is_refused(directory: Directory, issuer: str, changed: dict[str, str]) -> None:
    browser = Client()
    assert _sign_in(browser, directory, issuer, "own", **changed).headers["Location"] == FAILED
    assert _is_in(browser) == ""


def test_the_answer_of_one_browser_is_of_no_use_in_another(directory: Directory, issuer: str) -> None:
    mine, theirs = Client(), Client()
    address = _at_the_issuer(_leave(mine, directory), issuer, "own")
    assert _back(theirs, address).headers["Location"] == FAILED
    assert _back(mine, address).headers["Location"] == "/"
    assert _back(mine, address).headers["Location"] == FAILED


def test_the_second_step_is_asked_for_here_too(cast: Cast, directory: Directory, issuer: str) -> None:
    TOTP.activate(cast.president, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = Client()
    assert _sign_in(browser, directory, issuer, "president").headers["Location"] == reverse("mfa_authenticate")
    assert _is_in(browser) == ""
