"""Pages of webhooks: a unit's staff add an address, see its secret once, and what became of messages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from trellis.core.models import AuditEntry
from trellis.exchange.models import Delivery, Event, Webhook
from trellis.exchange.webhooks.actions import add_webhook
from trellis.exchange.webhooks.signing import unseal
from trellis.people.models import Person

URL = "https://lms.example.org/hook"


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _asked(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"unit": str(cast.unit("Riverside").uid), "url": URL, "events": ["session.attended"]} | more


def test_the_secret_is_shown_once_and_is_what_messages_are_signed_with(cast: Cast) -> None:
    client = _client(cast.president)
    page = client.post(reverse("programs_access:webhook-add"), _asked(cast)).content.decode()
    found = re.search(r'value="(whsec_[^"]+)"', page)
    assert found is not None
    webhook = Webhook.objects.get()
    assert unseal(webhook.sealed) == found[1]
    address = reverse("programs_access:webhook", kwargs={"uid": webhook.uid})
    assert found[1] not in client.get(address).content.decode()
    again = client.post(reverse("programs_access:webhook-secret", kwargs={"uid": webhook.uid})).content.decode()
    assert "whsec_" in again
    assert found[1] not in again
    actions = AuditEntry.objects.filter(target=f"webhook:{webhook.uid}").values_list("action", flat=True)
    assert set(actions) == {"exchange.webhook.add", "exchange.webhook.secret"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://lms.example.org/hook"},
        {"url": "https://me:secret@lms.example.org/"},
        {"url": "nothing"},
        {"events": []},
        {"events": ["everything"]},
        {"unit": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(cast: Cast, wrong: dict[str, Any]) -> None:
    answer = _client(cast.president).post(reverse("programs_access:webhook-add"), _asked(cast, **wrong))
    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_nobody_adds_an_address_for_a_unit_that_is_not_theirs(cast: Cast) -> None:
    asked = _asked(cast, unit=str(cast.unit("Millbrook").uid))
    assert _client(cast.president).post(reverse("programs_access:webhook-add"), asked).status_code == 422
    assert not Webhook.objects.exists()


def test_the_same_address_twice_and_an_eleventh_are_refused(cast: Cast) -> None:
    client = _client(cast.president)
    for number in range(10):
        assert (
            client.post(reverse("programs_access:webhook-add"), _asked(cast, url=f"{URL}/{number}")).status_code == 200
        )
    for url in (f"{URL}/3", f"{URL}/more"):
        assert client.post(reverse("programs_access:webhook-add"), _asked(cast, url=url)).status_code == 422
    assert Webhook.objects.count() == 10


def test_staff_try_it_out_turn_it_off_and_on_and_remove_it(cast: Cast) -> None:
    webhook = add_webhook(
        unit=cast.unit("Riverside"), url=URL, events=[Event.SESSION_ATTENDED], by=cast.president
    ).webhook
    client, names = _client(cast.president), {"uid": webhook.uid}
    client.post(reverse("programs_access:webhook-test", kwargs=names))
    assert Delivery.objects.get().event == Event.TEST
    page = client.get(reverse("programs_access:webhook", kwargs=names)).content.decode()
    assert "waiting" in page
    client.post(reverse("programs_access:webhook-off", kwargs=names))
    assert "Turn on" in client.get(reverse("programs_access:webhook", kwargs=names)).content.decode()
    client.post(reverse("programs_access:webhook-on", kwargs=names))
    assert Webhook.objects.get().is_on
    client.post(reverse("programs_access:webhook-remove", kwargs=names))
    assert not Webhook.objects.exists()
