"""An affiliate's staff set how its people sign in; the sign-in page offers it; issuers are asked with care."""

import datetime as dt
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast
from tests.exchange.sign_in.issuer import ADDRESS, opened
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.exchange.directory.actions import set_up, take_away
from trellis.exchange.models import Directory
from trellis.exchange.sign_in import transport
from trellis.exchange.sign_in.actions import link, secret_of
from trellis.exchange.sign_in.transport import IssuerSession, may_be_asked

DAY = dt.timedelta(days=1)
FILLED = {
    "issuer": f"{ADDRESS}/.well-known/openid-configuration",
    "client": "trellis",
    "secret": "s3cret",
    "is_on": "on",
}


@pytest.fixture
def staff(cast: Cast) -> Client:
    """The browser of Alder's staff."""
    browser = Client()
    browser.force_login(cast.state_staff)
    return browser


def test_the_secret_is_kept_sealed_and_stays_when_left_empty(cast: Cast, staff: Client) -> None:
    page = reverse("directories:sign-in", kwargs={"uid": set_up(cast.unit("Alder"), by=cast.state_staff).uid})
    assert staff.post(page, FILLED | {"secret": ""}).status_code == 422
    assert staff.post(page, FILLED).status_code == 302
    directory = Directory.objects.get()
    assert (directory.issuer, directory.is_on, directory.lets_in) == (ADDRESS, True, False)
    assert b"s3cret" not in bytes(directory.sealed)
    assert "s3cret" not in staff.get(page).content.decode()
    assert "s3cret" not in str(AuditEntry.objects.values_list("detail", flat=True))
    staff.post(page, FILLED | {"secret": "", "client": "other"})
    directory.refresh_from_db()
    assert (directory.client, secret_of(directory)) == ("other", "s3cret")


def test_another_issuer_knows_people_by_other_numbers_so_links_end(cast: Cast, staff: Client) -> None:
    directory = opened(cast, "Alder")
    link(directory, cast.own, number="7", by=None)
    page = reverse("directories:sign-in", kwargs={"uid": directory.uid})
    staff.post(page, FILLED)
    assert SocialAccount.objects.exists()
    staff.post(page, FILLED | {"issuer": "https://other.example"})
    assert not SocialAccount.objects.exists()


def test_links_go_with_the_directory(cast: Cast) -> None:
    directory = opened(cast, "Alder")
    link(directory, cast.own, number="7", by=None)
    take_away(directory, by=cast.steward)
    assert not SocialAccount.objects.exists()


def test_the_sign_in_page_offers_it_once_there_is_one(cast: Cast) -> None:
    way = reverse("sign_in:choose")
    assert way not in Client().get(reverse("account_login")).content.decode()
    opened(cast, "Alder")
    assert way in Client().get(reverse("account_login")).content.decode()


def test_an_affiliate_is_found_by_a_part_of_its_name(cast: Cast) -> None:
    for unit in ("Alder", "Riverside", "Tamarack"):
        opened(cast, unit)
    found = Client().get(reverse("sign_in:choose"), {"q": "river"}).content.decode()
    assert "Sign in with Riverside" in found
    assert "Alder" not in found
    assert "None of that name" in Client().get(reverse("sign_in:choose"), {"q": "nowhere"}).content.decode()


@pytest.mark.parametrize(
    ("address", "in_the_demo", "in_production"),
    [
        ("https://sso.example.org/tenant/v2.0", True, True),
        ("http://127.0.0.1:4000", True, False),
        ("http://sso.example.org", False, False),
        ("https://user:secret@sso.example.org", False, False),
        ("https://sso.example.org/?tenant=1", False, False),
    ],
)
def test_only_https_addresses_are_issuers(
    settings: Settings, address: str, in_the_demo: bool, in_production: bool
) -> None:
    assert may_be_asked(address) is in_the_demo
    settings.TRELLIS_DEMO = False
    assert may_be_asked(address) is in_production


@pytest.mark.parametrize("address", ["https://127.0.0.1:1/", "https://localhost:1/", "https://[::1]:1/"])
def test_no_address_in_a_private_network_is_asked(settings: Settings, address: str) -> None:
    settings.TRELLIS_DEMO = False
    with IssuerSession() as session, pytest.raises(requests.ConnectionError, match="private network"):
        session.get(address)


@pytest.fixture
def issuer_by_https(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """A server on this machine with a certificate for `sso.example.org`: its port, and the certificate's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sso.example.org")])
    now = clock.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - DAY, now + DAY).add_extension(
        x509.SubjectAlternativeName([x509.DNSName("sso.example.org")]), critical=False
    )
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "both.pem").write_bytes(pem + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    with HTTPServer(("127.0.0.1", 0), _Long) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, str(tmp_path / "both.pem")
        server.shutdown()
        thread.join()


class _Long(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "https://elsewhere.example.org/")
        self.end_headers()
        self.wfile.write(b"x" * (600_000 if self.path == "/long" else 6))

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


def test_the_address_that_was_looked_at_is_asked_with_the_certificate_of_the_name(
    monkeypatch: pytest.MonkeyPatch, issuer_by_https: tuple[int, str]
) -> None:
    monkeypatch.setattr(transport, "public_address", lambda host, port: "127.0.0.1")
    port, certificate = issuer_by_https
    with IssuerSession() as session:
        session.verify = certificate
        assert session.get(f"https://sso.example.org:{port}/").text == "xxxxxx"
        assert session.get(f"https://sso.example.org:{port}/elsewhere").status_code == 302
        with pytest.raises(requests.RequestException, match="too long"):
            session.get(f"https://sso.example.org:{port}/long")
        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"https://other.example.org:{port}/")


def test_in_production_nothing_is_asked_without_https(settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    with IssuerSession() as session, pytest.raises(requests.exceptions.InvalidSchema):
        session.get("http://127.0.0.1:1/")
