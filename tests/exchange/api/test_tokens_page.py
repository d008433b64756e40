"""The page of programs that read for somebody: a token is shown once, and removed at will."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast
from tests.exchange.api.callers import Caller
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.sealing import digest
from trellis.exchange.api.token_actions import forget_old_tokens, make_token
from trellis.exchange.models import ApiToken
from trellis.people.models import Person

ASKED = {"label": "Our site", "scopes": ["plan", "catalog"], "days": "30"}


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_token_is_shown_once_and_works(cast: Cast) -> None:
    client = _client(cast.own)
    page = client.post(reverse("programs_access:make"), ASKED).content.decode()
    found = re.search(r'value="(trellis_[\w-]{43})"', page)
    assert found is not None
    token = ApiToken.objects.get()
    assert token.digest == digest(found[1])
    assert (token.scopes, token.expires_on) == (["catalog", "plan"], clock.today() + dt.timedelta(days=30))
    assert Caller(found[1]).read("/me/plan") == {"goals": []}
    again = client.get(reverse("programs_access:tokens")).content.decode()
    assert found[1] not in again
    assert f"{token.begins}…" in again
    assert "Last used on" in again
    row = AuditEntry.objects.filter(action="exchange.token.make").get()
    assert row.detail == {"days": 30, "scopes": ["catalog", "plan"]}


def test_removed_it_is_turned_away(cast: Cast) -> None:
    made = make_token(label="Our site", scopes=["plan"], days=30, by=cast.own)
    assert Caller(made.secret).ask("/me/plan").status_code == 200
    _client(cast.own).post(reverse("programs_access:remove", kwargs={"uid": made.token.uid}))
    assert Caller(made.secret).ask("/me/plan").status_code == 401


@pytest.mark.parametrize(
    "wrong", [{"label": ""}, {"scopes": []}, {"scopes": ["everything"]}, {"days": "10000"}, {"label": "x" * 61}]
)
def test_what_is_wrong_is_said_and_nothing_is_made(cast: Cast, wrong: dict[str, object]) -> None:
    answer = _client(cast.own).post(reverse("programs_access:make"), ASKED | wrong)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_who_holds_an_office_needs_a_second_step_first(cast: Cast, settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    assert _client(cast.president).post(reverse("programs_access:make"), ASKED).status_code == 302
    assert not ApiToken.objects.exists()
    assert _client(cast.own).post(reverse("programs_access:make"), ASKED).status_code == 200


def test_old_tokens_are_forgotten(cast: Cast) -> None:
    make_token(label="Our site", scopes=["plan"], days=30, by=cast.own)
    assert forget_old_tokens(clock.today() + dt.timedelta(days=120)) == "0 forgotten"
    assert forget_old_tokens(clock.today() + dt.timedelta(days=121)) == "1 forgotten"
