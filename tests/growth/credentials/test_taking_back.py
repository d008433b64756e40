"""What ends a credential: its holder, its evidence, or the association; and what others may see of it until then."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.growth.credentials.awards import place_in_cohort
from tests.growth.evidence_pieces import attested, make_coach, verdict
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.growth.credential_access import (
    credentials_to_take_back,
    own_credentials,
    programmes_with_badges,
    visible_credentials,
)
from trellis.growth.credential_actions import (
    award_cell,
    award_programme,
    revoke_for_association,
    revoke_own,
    show_credential,
)
from trellis.growth.evidence_actions import withdraw_evidence
from trellis.growth.models import Credential
from trellis.growth.reading_actions import read_evidence_again, settle_evidence
from trellis.people.models import Person

pytestmark = pytest.mark.usefixtures("framework")


@pytest.fixture
def held(cast: Cast) -> Credential:
    """A credential of `own`."""
    return award_cell(attested(cast.own, cast.coach), by=cast.own)


def _now(held: Credential) -> Credential:
    return Credential.objects.get(pk=held.pk)


def test_its_holder_takes_it_back_once(cast: Cast, held: Credential) -> None:
    revoke_own(held, by=cast.own)
    first = _now(held)
    assert (first.revoked_why, first.holds) == ("holder", False)
    revoke_own(held, by=cast.own)
    assert _now(held).revoked_at == first.revoked_at
    assert AuditEntry.objects.filter(action="growth.credential.revoke").count() == 1


def test_nobody_else_takes_it_back_as_their_own(cast: Cast, held: Credential) -> None:
    revoke_own(held, by=cast.coach)
    assert _now(held).holds


def test_evidence_that_is_taken_back_takes_the_credential_with_it(cast: Cast, held: Credential) -> None:
    assert held.evidence is not None
    withdraw_evidence(held.evidence, by=cast.own)
    assert _now(held).revoked_why == "withdrawn"


@pytest.mark.parametrize("keep", [True, False])
def test_a_settled_dispute_ends_it_only_when_the_attestation_falls(cast: Cast, keep: bool) -> None:
    make_coach(cast, "colleague")
    piece = attested(cast.own, cast.coach, drawn=True)
    held = award_cell(piece, by=cast.own)
    piece = read_evidence_again(piece, verdict(piece, attest=False), by=cast.colleague)
    assert _now(held).holds, "while two readers differ, what was issued stays"
    settle_evidence(piece, keep=keep, comment="We looked at it again.", by=cast.coach)
    assert _now(held).revoked_why == ("" if keep else "settled")


def test_it_ends_with_the_day_on_which_its_evidence_does(held: Credential) -> None:
    held.valid_until = clock.today()
    assert held.holds
    held.valid_until = clock.today() - dt.timedelta(days=1)
    assert (held.is_expired, held.holds) == (True, False)


def test_a_steward_takes_it_back_for_the_association_with_a_reason(cast: Cast, held: Credential) -> None:
    assert credentials_to_take_back(cast.steward).get() == held
    for why in ("holder", "withdrawn", "settled", "", "nonsense"):
        with pytest.raises(ValidationError):
            revoke_for_association(held, why, by=cast.steward)
    revoke_for_association(held, "untrue", by=cast.steward)
    assert _now(held).revoked_why == "untrue"
    row = AuditEntry.objects.get(action="growth.credential.revoke")
    assert (row.actor, row.detail) == (str(cast.steward.uid), {"why": "untrue"})
    assert not credentials_to_take_back(cast.steward).exists()


def test_nobody_takes_ones_own_back_in_the_name_of_the_association(cast: Cast, held: Credential) -> None:
    Credential.objects.filter(pk=held.pk).update(person=cast.steward)
    assert not credentials_to_take_back(cast.steward).exists()
    revoke_for_association(held, "mistake", by=cast.steward)
    assert _now(held).holds


def test_only_who_keeps_the_framework_may(cast: Cast, held: Credential) -> None:
    for name in ("own", "coach", "president", "state_staff", "colleague"):
        assert not credentials_to_take_back(cast.persons[name]).exists()


def test_the_database_asks_for_the_reason(held: Credential) -> None:
    for change in ({"revoked_at": clock.now()}, {"revoked_why": "holder"}):
        with pytest.raises(IntegrityError, match="credential_revoked_says_why"), transaction.atomic():
            Credential.objects.filter(pk=held.pk).update(**change)


def test_it_is_its_holders_until_they_show_it(cast: Cast, held: Credential) -> None:
    everybody = [cast.viewer(name) for name in ("anonymous", "coach", "president", "steward", "colleague")]
    assert not any(visible_credentials(viewer).exists() for viewer in everybody)
    assert visible_credentials(cast.own).get() == held
    show_credential(held, public=True, name="initials", outcome=True, by=cast.own)
    assert all(visible_credentials(viewer).get() == held for viewer in everybody)
    show_credential(held, public=False, name="name", outcome=False, by=cast.own)
    assert not any(visible_credentials(viewer).exists() for viewer in everybody)
    assert not own_credentials(cast.coach).exists()


def test_what_a_suspended_person_showed_is_hidden(cast: Cast, held: Credential) -> None:
    show_credential(held, public=True, name="name", outcome=False, by=cast.own)
    Person.objects.filter(pk=cast.own.pk).update(is_active=False)
    assert not visible_credentials(cast.viewer("anonymous")).exists()
    assert not visible_credentials(cast.viewer("own")).exists()


def test_nobody_else_decides_what_is_shown(cast: Cast, held: Credential) -> None:
    with pytest.raises(Credential.DoesNotExist):
        show_credential(held, public=True, name="name", outcome=True, by=cast.coach)


def test_only_what_there_is_can_be_shown(cast: Cast, held: Credential) -> None:
    with pytest.raises(ValidationError):
        show_credential(held, public=True, name="everything", outcome=False, by=cast.own)
    programme = award_programme(place_in_cohort(cast, cast.own), by=cast.own)
    with pytest.raises(ValidationError):
        show_credential(programme, public=True, name="name", outcome=True, by=cast.own)


def test_a_programme_has_a_public_badge_once_somebody_has_completed_it(cast: Cast) -> None:
    place = place_in_cohort(cast, cast.own, completed_on=None)
    assert not programmes_with_badges().exists()
    place.completed_on = clock.today()
    place.save()
    assert programmes_with_badges().get() == place.cohort.programme


def test_a_person_who_is_erased_takes_credentials_and_evidence_along(cast: Cast, held: Credential) -> None:
    cast.persons["own"].delete()
    assert not Credential.objects.exists()
