"""Endorsing: who may speak for a member, until when, and what the member hears."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import Cast
from tests.learning.programmes import stages
from trellis.learning.endorsing import affiliate_for, endorse
from trellis.learning.models import CallStatus
from trellis.learning.programme_access import applications_to_endorse
from trellis.learning.programme_queries import endorsers_of
from trellis.people.actions import grant_term
from trellis.people.models import Role

pytestmark = pytest.mark.usefixtures("framework")


def president_of(cast: Cast, name: str, unit: str) -> None:
    role = Role.objects.get(code="local-president")
    grant_term(person=cast.viewer(name), role=role, unit=cast.unit(unit), starts=stages.day(-3), by=None)


def test_only_who_endorses_for_the_applicant_today_sees_it(cast: Cast) -> None:
    application = stages.sent(cast)
    assert list(applications_to_endorse(cast.president)) == [application]
    for name in ("former_president", "suspended", "sibling_president", "other_state_president", "treasurer",
                 "coach", "state_staff", "colleague", "own"):  # fmt: skip
        assert not applications_to_endorse(cast.viewer(name)).exists(), name


def test_a_draft_is_its_owners_alone(cast: Cast) -> None:
    stages.begun(cast)
    assert not applications_to_endorse(cast.president).exists()


def test_where_a_call_asks_for_no_endorsement_nobody_sees_it_for_that(cast: Cast) -> None:
    stages.sent(cast, call=stages.opened(cast, needs_endorsement=False))
    assert not applications_to_endorse(cast.president).exists()


def test_nobody_endorses_themselves(cast: Cast) -> None:
    application = stages.sent(cast, "president")
    assert not applications_to_endorse(cast.president).exists()
    with pytest.raises(ValidationError, match="gone on"):
        endorse(application, endorses=True, words="Me.", by=cast.president)


def test_the_nearest_unit_speaks_and_the_state_may_speak_beside_it(cast: Cast) -> None:
    president_of(cast, "steward", "Alder")
    application = stages.sent(cast)
    assert [(person.pk, unit.name) for person, unit in endorsers_of(cast.own)] == [
        (cast.president.pk, "Riverside"), (cast.steward.pk, "Alder"),
    ]  # fmt: skip
    for name, unit in (("president", "Riverside"), ("steward", "Alder")):
        found = affiliate_for(application, by=cast.viewer(name))
        assert found is not None
        assert found.name == unit
        endorse(application, endorses=name == "steward", words="So we say.", by=cast.viewer(name))
    assert [(one.unit.name, one.endorses) for one in application.endorsements.all()] == [
        ("Riverside", False), ("Alder", True),
    ]  # fmt: skip


def test_it_needs_a_sentence_and_may_be_changed_until_the_decision(cast: Cast) -> None:
    application = stages.sent(cast)
    with pytest.raises(ValidationError, match="sentence"):
        endorse(application, endorses=True, words="  ", by=cast.president)
    endorse(application, endorses=False, words="Not yet.", by=cast.president)
    found = endorse(application, endorses=True, words="We  changed our\nmind.", by=cast.president)
    assert (found.endorses, found.words, application.endorsements.count()) == (True, "We changed our mind.", 1)


def test_after_the_decision_the_application_is_closed_to_who_endorsed_it(cast: Cast) -> None:
    call = stages.told(cast)
    assert call.status == CallStatus.DECIDED
    assert not applications_to_endorse(cast.president).exists()
    with pytest.raises(ValidationError, match="gone on"):
        endorse(call.applications.get(), endorses=False, words="Late.", by=cast.president)


def test_a_term_that_ends_ends_the_look(cast: Cast) -> None:
    stages.sent(cast)
    cast.president.terms.update(ends=stages.day(-1))
    assert not applications_to_endorse(cast.president).exists()


def test_the_member_gets_a_mail_without_what_was_said(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    application = stages.sent(cast)
    with django_capture_on_commit_callbacks(execute=True):
        endorse(application, endorses=False, words="Come and talk with us.", by=cast.president)
    [letter] = mail.outbox
    assert letter.to == ["own@example.org"]
    assert f"/programs/application/{application.uid}/" in letter.body
    assert "Come and talk" not in letter.body
