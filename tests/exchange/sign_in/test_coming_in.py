"""Whom an affiliate's directory may sign in: its own people, recognized by what is safe, and nobody else."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast
from tests.exchange.scim.caller import directory_of
from tests.exchange.sign_in.issuer import Issuer, opened, who
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.exchange.sign_in.adapter import SocialAdapter
from trellis.people.models import Membership, Person

UNKNOWN, FAILED, TAKEN = (f"/account/organization/{why}/" for why in ("unknown", "failed", "taken"))


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Issuer:
    """An issuer that answers from memory."""
    found = Issuer()
    monkeypatch.setattr(SocialAdapter, "get_requests_session", lambda self: found)
    return found


def _verified(name: str, **more: Any) -> dict[str, Any]:
    return {"sub": name, "email": f"{name}@example.org", "email_verified": True} | more


def test_a_member_comes_in_by_a_verified_address_and_it_is_noted(cast: Cast, issuer: Issuer) -> None:
    browser, directory = Client(), opened(cast, "Riverside")
    assert issuer.sign_in(browser, directory, _verified("own")).headers["Location"] == "/"
    assert who(browser) == cast.own
    actions = AuditEntry.objects.order_by("-pk").values_list("action", flat=True)[:2]
    assert list(actions) == ["people.sign_in", "exchange.sign-in.link"]
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email": "neighbour@example.org"},
        {"email": "steward@example.org"},
        {"email": "nobody@example.org"},
        {"email": "gone@example.org"},
    ],
    ids=["not verified", "of another local", "of the whole", "of nobody", "who has left"],
)
def test_nobody_else_does(cast: Cast, issuer: Issuer, claims: dict[str, Any]) -> None:
    browser, directory = Client(), opened(cast, "Riverside")
    assert issuer.sign_in(browser, directory, _verified("own") | claims).headers["Location"] == UNKNOWN
    assert (who(browser), SocialAccount.objects.count()) == (None, 0)


def test_entra_says_it_in_its_own_way(cast: Cast, issuer: Issuer) -> None:
    browser, directory = Client(), opened(cast, "Riverside")
    issuer.sign_in(browser, directory, {"sub": "x", "email": "own@example.org", "xms_edov": "1"})
    assert who(browser) == cast.own


@pytest.mark.parametrize("claim", ["sub", "oid"])
def test_the_number_under_which_the_directory_added_somebody_is_enough(cast: Cast, issuer: Issuer, claim: str) -> None:
    uid = directory_of(cast, "Riverside").add("kim", externalId="e-17")["id"]
    browser, directory = Client(), opened(cast, "Riverside")
    issuer.sign_in(browser, directory, {"sub": "pairwise", claim: "e-17"})
    assert str(getattr(who(browser), "uid", "")) == uid


def test_who_is_switched_off_does_not_come_in_and_who_is_taken_out_is_forgotten(cast: Cast, issuer: Issuer) -> None:
    riverside, directory = directory_of(cast, "Riverside"), opened(cast, "Riverside")
    issuer.sign_in(Client(), directory, _verified("own"))
    riverside.switch(cast.own.uid, active=False)
    assert issuer.sign_in(Client(), directory, _verified("own")).headers["Location"] == UNKNOWN
    riverside.switch(cast.own.uid, active=True)
    assert issuer.sign_in(Client(), directory, _verified("own")).headers["Location"] == "/"
    riverside.ask("delete", f"/Users/{cast.own.uid}")
    assert not SocialAccount.objects.exists()


def test_who_has_moved_away_is_not_signed_in_any_more(cast: Cast, issuer: Issuer) -> None:
    directory = opened(cast, "Riverside")
    issuer.sign_in(Client(), directory, _verified("own"))
    Membership.objects.filter(person=cast.own).update(until=clock.today() - dt.timedelta(days=1))
    assert issuer.sign_in(Client(), directory, _verified("own")).headers["Location"] == UNKNOWN


def test_an_address_that_a_successor_got_does_not_open_the_account_of_who_had_it(cast: Cast, issuer: Issuer) -> None:
    directory = opened(cast, "Riverside")
    issuer.sign_in(Client(), directory, _verified("own"))
    answer = issuer.sign_in(Client(), directory, _verified("own", sub="successor"))
    assert answer.headers["Location"] == UNKNOWN


@pytest.mark.parametrize("unit", ["Riverside", "Alder"])
def test_a_locals_directory_does_not_open_what_is_a_states(cast: Cast, issuer: Issuer, unit: str) -> None:
    Membership.objects.create(person=cast.state_staff, unit=cast.unit("Lincoln"), since=clock.today())
    browser, directory = Client(), opened(cast, unit)
    issuer.sign_in(browser, directory, _verified("state_staff"))
    assert who(browser) == (cast.state_staff if unit == "Alder" else None)


def test_strangers_are_let_in_only_where_the_affiliate_says_so(cast: Cast, issuer: Issuer) -> None:
    browser, directory = Client(), opened(cast, "Riverside", lets_in=True)
    issuer.sign_in(browser, directory, _verified("new", given_name="Lee", family_name="New"))
    person = Person.objects.get(email="new@example.org")
    assert (who(browser), person.name, person.has_usable_password()) == (person, "Lee New", False)
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(person=person).unit == directory.unit
    riverside = directory_of(cast, "Riverside")
    riverside.ask("delete", "/Users/" + riverside.add("kim", externalId="e-17")["id"])
    riverside.add("lee", externalId="e-18", active=False)
    for taken in (_verified("neighbour"), {"sub": "z", "email": "own@example.org"}, {"sub": "e-17"}, {"sub": "e-18"}):
        assert issuer.sign_in(Client(), directory, taken).headers["Location"] == UNKNOWN


def test_the_second_step_is_asked_for_here_too(cast: Cast, issuer: Issuer, settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    browser, directory = Client(), opened(cast, "Riverside")
    issuer.sign_in(browser, directory, _verified("president"))
    assert browser.get("/webhooks/").headers["Location"] == reverse("mfa_index")
    TOTP.activate(cast.president, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    fresh = Client()
    assert issuer.sign_in(fresh, directory, _verified("president")).headers["Location"] == reverse("mfa_authenticate")
    assert who(fresh) is None


def _of_another(issuer: Issuer) -> None:
    issuer.config["issuer"] = "https://other.example"


def _of_two(issuer: Issuer) -> None:
    issuer.more = {"sub": "somebody else", "email": "president@example.org", "email_verified": True}


def _of_another_question(issuer: Issuer) -> None:
    issuer.nonce = "another"


def _with_nothing(issuer: Issuer) -> None:
    issuer.config = {}


@pytest.mark.parametrize("spoil", [_of_another, _of_two, _of_another_question, _with_nothing])
def test_what_does_not_fit_together_is_not_believed(cast: Cast, issuer: Issuer, spoil: Any) -> None:
    browser, directory = Client(), opened(cast, "Riverside")
    spoil(issuer)
    assert issuer.sign_in(browser, directory, _verified("own")).headers["Location"] == FAILED
    assert who(browser) is None


@pytest.mark.parametrize("claims", [{"aud": "another"}, {"iss": "https://other.example"}, {"exp": 1}, {"sub": ""}])
def test_a_token_for_others_is_not_believed(cast: Cast, issuer: Issuer, claims: dict[str, Any]) -> None:
    browser, directory = Client(), opened(cast, "Riverside")
    assert issuer.sign_in(browser, directory, _verified("own") | claims).headers["Location"] == FAILED
    assert who(browser) is None


def test_a_directory_that_is_off_leads_nowhere(cast: Cast) -> None:
    directory = opened(cast, "Riverside")
    type(directory).objects.update(is_on=False)
    for name in ("directory_login", "directory_callback"):
        assert Client().get(reverse(name, kwargs={"provider_id": str(directory.uid)})).status_code == 404


def test_who_holds_an_office_beyond_links_the_two_themselves(cast: Cast, issuer: Issuer) -> None:
    Membership.objects.create(person=cast.state_staff, unit=cast.unit("Lincoln"), since=clock.today())
    browser, directory = Client(), opened(cast, "Riverside")
    browser.force_login(cast.state_staff)
    way = reverse("directory_login", kwargs={"provider_id": str(directory.uid)}) + "?process=connect"
    assert browser.get(way).status_code == 404
    asked = browser.post(reverse("sign_in:link", kwargs={"uid": directory.uid}))
    assert way in asked.content.decode()
    answer = issuer.sign_in(browser, directory, {"sub": "staff-1"}, "?process=connect")
    assert answer.headers["Location"] == reverse("people:settings")
    assert "You can sign in through Riverside" in browser.get(reverse("people:settings")).content.decode()
    fresh = Client()
    issuer.sign_in(fresh, directory, {"sub": "staff-1"})
    assert who(fresh) == cast.state_staff
    link = SocialAccount.objects.get()
    browser.post(reverse("sign_in:unlink", kwargs={"pk": link.pk}))
    assert issuer.sign_in(Client(), directory, {"sub": "staff-1"}).headers["Location"] == UNKNOWN


def test_an_account_there_belongs_to_one_person_here(cast: Cast, issuer: Issuer) -> None:
    directory, browser = opened(cast, "Riverside"), Client()
    issuer.sign_in(Client(), directory, _verified("own"))
    browser.force_login(cast.colleague)
    browser.post(reverse("sign_in:link", kwargs={"uid": directory.uid}))
    answer = issuer.sign_in(browser, directory, _verified("own"), "?process=connect")
    assert answer.headers["Location"] == TAKEN
    assert SocialAccount.objects.get().user == cast.own
