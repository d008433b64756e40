"""`trellis import_people`: the plan in lines without names, what is left out as a file, nothing stored by --check."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, BEN, CLEO, with_, written
from trellis.exchange.models import ImportState, PeopleImport
from trellis.exchange.people.plan import stage_of
from trellis.people.models import Person, Unit

pytestmark = pytest.mark.django_db


def call(path: Path, cast: Cast, *more: str, unit: str = "Alder") -> list[str]:
    out = StringIO()
    call_command("import_people", str(path), "--unit", str(cast.unit(unit).uid), "--yes", *more, stdout=out)
    return out.getvalue().splitlines()


def members() -> int:
    return Person.objects.filter(member_number__isnull=False).count()


def test_a_check_shows_the_plan_and_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [ANA, with_(BEN, worksite="Harbour"), with_(CLEO, first_name="", last_name="")])
    said = call(path, cast, "--check")
    assert said == [
        "? Harbour, Riverside: 1 row; perhaps Harbor (92)",
        "3 rows: 1 new; as they are: 0; left out: 2",
        "! list.csv, row 3, column F (Worksite): no unit of yours is called that. Say which one is meant,"
        " or make it a new one.",
        "! list.csv, row 4, column C (Last name): there is no name.",
        "Checked only: nothing was stored.",
    ]
    assert members() == 0
    found = PeopleImport.objects.get()
    assert (found.state, stage_of(found).exists()) == (ImportState.CANCELLED, False)


def test_it_stores_what_it_says_and_the_second_time_nothing(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [ANA, with_(BEN, worksite="Harbour")])
    assert call(path, cast, "--likely")[-1] == "Stored: 2 new."
    assert call(path, cast)[-1] == "The list says nothing new; nothing was stored."
    assert call(written(tmp_path, [ANA]), cast, "--whole")[-1] == "Stored: 1 left."
    assert members() == 2


def test_places_become_units_where_that_is_said(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [with_(ANA, worksite="Depot"), with_(BEN, worksite="Hall", local="Pine")])
    assert call(path, cast, "--new-units")[-1] == "Stored: 2 new."
    assert set(Unit.objects.filter(name__in=("Depot", "Hall", "Pine")).values_list("kind", flat=True)) == {
        "worksite",
        "local",
    }


def test_rows_that_are_left_out_are_written_as_they_were_with_the_reason(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [ANA, with_(BEN, last_name="=HYPERLINK(1)", email="nowhere")])
    call(path, cast, "--refused", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as text:
        header, row = csv.reader(text)
    assert header[-2:] == ["What is wrong", "Where it stood"]
    assert row[1:4] == ["Ben", "'=HYPERLINK(1)", "nowhere"]
    assert row[-2:] == [
        "row 3, column D (E-mail): this is not an e-mail address.",
        "list.csv, row 3, column D (E-mail)",
    ]


def test_what_only_a_person_can_say_is_asked_for(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [with_(ANA, member_since="3/5/2019")])
    with pytest.raises(CommandError, match="“3/5/2019” can be two days; say --dates"):
        call(path, cast)
    assert members() == 0
    assert call(path, cast, "--dates", "dmy")[-1] == "Stored: 1 new."


def test_people_of_nearly_the_same_name_wait_for_a_word(cast: Cast, tmp_path: Path) -> None:
    Person.objects.filter(pk=cast.own.pk).update(given_name="Anna", family_name="Rivera")
    path = written(tmp_path, [ANA])
    assert call(path, cast)[-1] == "The list says nothing new; nothing was stored."
    assert call(path, cast, "--all-new")[-1] == "Stored: 1 new."


@pytest.mark.parametrize("uid", ["x", "8b1b4c0e-9c0a-4d2b-8f5e-0d6a3f0c1a11"])
def test_only_an_association_a_state_or_a_local_has_a_list(uid: str, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [ANA])
    with pytest.raises(CommandError, match="There is no association, state or local of this ID"):
        call_command("import_people", str(path), "--unit", uid)
    with pytest.raises(CommandError, match="There is no association"):
        call(path, cast, unit="Lincoln")
    with pytest.raises(CommandError, match="there is no such file"):
        call(tmp_path / "nowhere.csv", cast)
