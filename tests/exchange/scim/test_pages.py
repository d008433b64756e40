"""Whoever keeps the members of a unit sets its directory up, gives it a token, and takes it away."""

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.exchange.scim.caller import Caller
from trellis.core.models import AuditEntry
from trellis.exchange.models import Directory, DirectoryToken


def _in(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.steward)
    return browser


def test_a_directory_is_set_up_on_the_page_and_its_token_is_shown_once(cast: Cast) -> None:
    browser, alder = _in(cast), cast.unit("Alder")
    answer = browser.post(reverse("directories:add"), {"unit": str(alder.uid)}, follow=True)
    page = answer.redirect_chain[-1][0]
    assert "No token yet" in answer.content.decode()
    made = browser.post(f"{page}token/", {"label": "Entra", "days": "30"})
    secret = made.context["made"].secret
    assert secret in made.content.decode()
    assert "/scim/v2" in made.content.decode()
    assert secret not in browser.get(page).content.decode()
    assert Caller(secret).ask("get", "/Users").status_code == 200


def test_a_unit_has_one_directory(cast: Cast) -> None:
    browser, alder = _in(cast), cast.unit("Alder")
    assert browser.post(reverse("directories:add"), {"unit": str(alder.uid)}).status_code == 302
    assert browser.post(reverse("directories:add"), {"unit": str(alder.uid)}).status_code == 422
    assert Directory.objects.count() == 1


def test_a_token_without_a_name_or_days_is_refused_and_nothing_is_made(cast: Cast) -> None:
    browser = _in(cast)
    page = browser.post(reverse("directories:add"), {"unit": str(cast.unit("Alder").uid)}).headers["Location"]
    answer = browser.post(f"{page}token/", {"label": "", "days": "1000000"})
    assert answer.status_code == 422
    assert not DirectoryToken.objects.exists()


def test_a_directory_that_is_taken_away_is_turned_away_at_once(cast: Cast) -> None:
    browser = _in(cast)
    page = browser.post(reverse("directories:add"), {"unit": str(cast.unit("Alder").uid)}).headers["Location"]
    secret = browser.post(f"{page}token/", {"label": "Entra", "days": "30"}).context["made"].secret
    browser.post(f"{page}remove/")
    assert Caller(secret).ask("get", "/Users").status_code == 401
    assert AuditEntry.objects.filter(action__startswith="exchange.directory").count() >= 3
