"""Writes of people: each is complete, leaves one audit row of codes, and refuses what makes no sense."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from tests.cast import Cast
from trellis.core import audit, clock
from trellis.core.checked import DataFileError
from trellis.core.models import AuditEntry
from trellis.people.access import visible_files
from trellis.people.actions import change_language, change_sharing, end_term, grant_term, load_roles
from trellis.people.models import Person, Role, Sharing, Term, Unit
from trellis.people.roles import GRANTS, read_roles


def last() -> AuditEntry:
    entry = AuditEntry.objects.order_by("-pk").first()
    assert entry is not None
    return entry


def test_a_change_of_sharing_is_recorded_with_codes_only(cast: Cast) -> None:
    person = cast.own
    assert change_sharing(person, Sharing.COACH, by=person)
    assert cast.own.sharing == Sharing.COACH
    assert (last().action, last().target) == ("people.sharing", f"person:{person.uid}")
    assert last().detail == {"from": "leaders", "to": "coach"}
    assert last().actor == str(person.uid)
    assert audit.first_broken() is None


def test_choosing_the_same_again_changes_and_records_nothing(cast: Cast) -> None:
    before = AuditEntry.objects.count()
    assert not change_sharing(cast.own, Sharing.LEADERS, by=None)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("value", ["", "everyone", "LEADERS"])
def test_sharing_with_anyone_else_is_refused(cast: Cast, value: str) -> None:
    with pytest.raises(ValidationError):
        change_sharing(cast.own, value, by=None)
    assert cast.own.sharing == Sharing.LEADERS


def test_a_language_that_the_site_does_not_speak_is_refused(cast: Cast) -> None:
    change_language(cast.own, "es", by=cast.own)
    assert cast.own.language == "es"
    with pytest.raises(ValidationError):
        change_language(cast.own, "tlh", by=cast.own)


def test_a_granted_term_opens_files_and_an_ended_one_closes_them_the_day_after(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    president = Role.objects.get(code="local-president")
    term = grant_term(
        person=cast.treasurer, role=president, unit=cast.unit("Riverside"), starts=clock.today(), by=cast.steward
    )
    assert last().detail == {
        "role": "local-president", "unit": str(cast.unit("Riverside").uid), "starts": clock.today().isoformat(),
    }  # fmt: skip
    assert cast.own in visible_files(cast.treasurer)
    end_term(term, by=cast.steward)
    assert last().action == "people.term_end"
    assert cast.own in visible_files(cast.treasurer)
    tomorrow = clock.now() + dt.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert cast.own not in visible_files(cast.treasurer)


def test_the_same_term_twice_or_one_that_ends_first_is_refused(cast: Cast) -> None:
    held = Term.objects.get(person=cast.persons["president"])
    facts = {"person": held.person, "role": held.role, "unit": held.unit, "starts": held.starts}
    with pytest.raises(ValidationError):
        grant_term(**facts, by=None)
    with pytest.raises(ValidationError):
        grant_term(**facts | {"starts": clock.today()}, ends=clock.today() - dt.timedelta(days=1), by=None)


def test_a_term_cannot_end_before_it_starts_nor_again_later(cast: Cast) -> None:
    held = Term.objects.get(person=cast.persons["president"])
    with pytest.raises(ValidationError):
        end_term(held, last_day=held.starts - dt.timedelta(days=1), by=None)
    ended = Term.objects.get(person=cast.persons["former_president"])
    with pytest.raises(ValidationError):
        end_term(ended, by=None)


def test_loading_the_roles_again_changes_nothing_and_mends_what_was_changed(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_roles(by=None) == 0
    Role.objects.filter(code="coach").update(leads=True)
    own = Role.objects.create(code="historian", name="Historian", description="Keeps the local's story.")
    call_command("load_roles")
    assert "1 new or changed" in capsys.readouterr().out
    assert last().detail == {"changed": ["coach"]}
    assert not Role.objects.get(code="coach").leads
    assert Role.objects.filter(pk=own.pk).exists()


def test_the_shipped_roles_grant_what_their_words_say(db: None) -> None:
    held = {role.code: {name for name in GRANTS if getattr(role, name)} for role in Role.objects.all()}
    assert held == {
        "building-representative": set(),
        "local-president": {"leads", "arranges", "endorses"},
        "local-treasurer": set(),
        "bargaining-team-member": set(),
        "state-leadership-staff": {"arranges", "runs_programmes", "keeps_members"},
        "coach": {"coaches"},
        "trainer": {"arranges"},
        "data-steward": {"keeps_framework", "keeps_members"},
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- {code: a-role, name: A role, order: 1}", "description"),
        ("- {code: A Role, name: A role, order: 1, description: Does a lot of good work.}", "0/code"),
        ("- &r {code: a-role, name: A role, order: 1, description: Does a lot of good work.}\n- *r", "stands twice"),
        ("[]", "the top"),
    ],
)
def test_a_wrong_role_file_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(text)
    with pytest.raises(DataFileError, match=complaint):
        read_roles(path)


# the first unit and steward


def test_a_new_site_gets_its_association_and_steward_at_once(db: None) -> None:
    person = Person.objects.create(email="steward@example.net", given_name="Ada", family_name="Keeper")
    out = io.StringIO()
    call_command("found_association", "  Our association ", "--steward", "Steward@example.net", stdout=out)
    unit = Unit.objects.get()
    assert (unit.name, unit.kind, unit.is_top) == ("Our association", "national", True)
    assert Person.objects.get(pk=person.pk).keeps_framework
    assert out.getvalue() == "Our association is there, and Ada Keeper is its data steward from today.\n"
    assert {"people.found", "people.term_grant"} <= set(AuditEntry.objects.values_list("action", flat=True))


@pytest.mark.parametrize(
    ("name", "steward", "complaint"),
    [
        ("Ours", "nobody@example.net", "nobody with the address nobody@example.net"),
        (" ", "steward@example.net", "cannot be blank"),
        ("x" * 121, "steward@example.net", "at most 120"),
    ],
)
def test_what_cannot_be_made_changes_nothing(db: None, name: str, steward: str, complaint: str) -> None:
    Person.objects.create(email="steward@example.net")
    before = AuditEntry.objects.count()
    with pytest.raises(CommandError, match=complaint):
        call_command("found_association", name, "--steward", steward)
    assert not Unit.objects.exists()
    assert AuditEntry.objects.count() == before


def test_a_second_association_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("found_association", "Another", "--steward", cast.own.email)
