"""The status list: places drawn by chance, a signed list that is never behind what was revoked, and no way back."""

import base64
import datetime as dt
import gzip
import json
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from tests.cast import Cast
from tests.exchange.badges.badges import document, issued
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.exchange.badges import status
from trellis.exchange.badges.keys import public_pem, rotate_key, signer
from trellis.exchange.badges.status import draw_place, signed_list
from trellis.exchange.models import StatusList, StatusPlace
from trellis.exchange.models.status_list import PLACES
from trellis.growth.credential_actions import revoke_own
from trellis.growth.evidence_actions import withdraw_evidence
from trellis.growth.models import Credential

pytestmark = pytest.mark.usefixtures("framework")


def _list() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(signed_list(StatusList.objects.get()))
    return found


def _revoked() -> list[int]:
    """Read the places by the standard alone: base64url, gzip, the first bit of the first byte is place 0."""
    encoded = _list()["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(bits) * 8 == 131_072
    return [place for place in range(len(bits) * 8) if bits[place // 8] >> (7 - place % 8) & 1]


def _place(credential: Credential) -> int:
    return int(document(credential)["credentialStatus"]["statusListIndex"])


def test_a_badge_says_where_its_status_is(cast: Cast) -> None:
    badge = issued(cast)
    entry = document(badge)["credentialStatus"]
    assert entry["statusListCredential"] == _list()["id"] == "http://127.0.0.1:8000/badges/status/1"
    assert _place(badge) == badge.status_place.place
    assert _revoked() == []


@pytest.mark.parametrize("way", ["holder", "evidence"])
def test_what_is_taken_back_is_in_the_list_at_once(cast: Cast, way: str) -> None:
    badge, other = issued(cast), issued(cast, cell="COM.1.L1")
    _list()
    if way == "holder":
        revoke_own(badge, by=cast.own)
    else:
        assert badge.evidence is not None
        withdraw_evidence(badge.evidence, by=cast.own)
    assert _revoked() == [_place(badge)]
    assert _place(other) not in _revoked()


def test_the_badge_of_somebody_who_was_erased_is_vouched_for_no_more(cast: Cast) -> None:
    badge = issued(cast)
    place = _place(badge)
    assert _revoked() == []
    cast.persons["own"].delete()
    assert _revoked() == [place]


def test_the_list_is_signed_with_the_key_in_use_and_lasts_a_week(cast: Cast) -> None:
    issued(cast)
    found = _list()
    verify_data_integrity_proof(found, public_pem(signer().key))
    lasts = dt.datetime.fromisoformat(found["validUntil"]) - dt.datetime.fromisoformat(found["validFrom"])
    assert lasts == dt.timedelta(days=7)
    assert found["credentialSubject"]["statusPurpose"] == "revocation"


def test_it_is_signed_anew_only_when_it_says_something_else_or_is_a_day_old(cast: Cast) -> None:
    badge = issued(cast)
    first = signed_list(StatusList.objects.get())
    assert signed_list(StatusList.objects.get()) == first
    revoke_own(badge, by=cast.own)
    second = signed_list(StatusList.objects.get())
    assert second != first
    rotate_key()
    third = signed_list(StatusList.objects.get())
    assert third != second
    later = clock.now() + dt.timedelta(hours=25)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert signed_list(StatusList.objects.get()) != third
    assert AuditEntry.objects.filter(action="exchange.status_list.sign").count() == 4


def test_a_clock_that_was_set_back_does_not_keep_an_old_list_alive(cast: Cast) -> None:
    issued(cast)
    ahead = clock.now() + dt.timedelta(days=400)
    with mock.patch("django.utils.timezone.now", return_value=ahead):
        first = signed_list(StatusList.objects.get())
    assert signed_list(StatusList.objects.get()) != first


def test_places_are_drawn_by_chance_and_never_twice(cast: Cast) -> None:
    places = [issued(cast, cell=cell).status_place.place for cell in ("ORG.5.L1", "COM.1.L1", "GOV.1.L1", "ADV.1.L1")]
    assert max(places) - min(places) > 50, "four places next to each other would be a wonder"
    taken = StatusPlace.objects.all()[0]
    with pytest.raises(IntegrityError, match="place"), transaction.atomic():
        StatusPlace.objects.create(status_list=taken.status_list, place=taken.place)
    with pytest.raises(IntegrityError, match="status_place_in_range"), transaction.atomic():
        StatusPlace.objects.create(status_list=taken.status_list, place=PLACES)


def test_a_taken_place_is_passed_over_and_a_full_list_begins_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issued(cast)
    taken = first.status_place.place
    drawn = iter([taken] * 7 + [5] + [taken] * 8)
    monkeypatch.setattr(status.secrets, "randbelow", lambda most: next(drawn))
    assert (issued(cast, cell="COM.1.L1").status_place.place, StatusList.objects.count()) == (5, 1)
    third = issued(cast, cell="GOV.1.L1").status_place
    assert (third.status_list.number, third.place) == (2, taken)


def test_a_stranger_gets_the_list_with_what_a_cache_and_a_script_need(cast: Cast) -> None:
    issued(cast)
    answer = Client().get("/badges/status/1")
    assert answer.headers["Content-Type"] == "application/vc+ld+json"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = Client().get("/badges/status/1", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_place_belongs_to_one_credential(cast: Cast) -> None:
    badge = issued(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        draw_place(badge)
