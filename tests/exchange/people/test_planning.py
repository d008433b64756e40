"""What a list of members does: who is new, changed, moved or gone, who is known already, what is left out and why."""

import datetime as dt
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, BEN, CLEO, planned, reasons, staged, stored, with_, written
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.exchange.models import ImportState, PeopleImport, UnitSpelling
from trellis.exchange.people.actions import PlanChangedError, run_import
from trellis.exchange.people.plan import plan_of
from trellis.people.models import Membership, Person, Unit

pytestmark = pytest.mark.django_db


def units_of(number: str) -> set[str]:
    today = clock.today()
    found = Membership.objects.active(today).filter(person__member_number=number)
    return set(found.values_list("unit__name", flat=True))


def test_a_list_makes_persons_with_their_place_and_the_same_list_again_changes_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, [ANA, BEN, CLEO])
    assert planned(cast, path) == {"new": 3}
    assert not Person.objects.filter(member_number__isnull=False).exists()
    assert stored(cast, path) == {"new": 3}
    ana = Person.objects.get(member_number="101")
    assert (ana.given_name, ana.family_name, ana.email, ana.occupation) == (
        "Ana",
        "Rivera",
        "ana@example.net",
        "Teacher",
    )
    assert not ana.has_usable_password()
    assert ana.uid.version == 4
    assert list(ana.memberships.values_list("unit__name", "since", "until")) == [("Lincoln", dt.date(2019, 9, 1), None)]
    assert Membership.objects.get(person__member_number="103").since == clock.today()
    before = list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    assert stored(cast, path) == {"same": 3}
    assert (list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())) == before
    assert len(set(Person.objects.values_list("uid", flat=True))) == Person.objects.count()


def test_what_changes_is_changed_and_who_moves_keeps_the_old_place_as_history(cast: Cast, tmp_path: Path) -> None:
    stored(cast, written(tmp_path, [ANA, BEN]))
    Membership.objects.filter(person__member_number="102").update(since=dt.date(2020, 1, 15))
    path = written(
        tmp_path, [with_(ANA, last_name="Rivera Soto", job=""), with_(BEN, worksite="Orchard", local="Millbrook")]
    )
    assert stored(cast, path) == {"changed": 1, "moved": 1}
    ana = Person.objects.get(member_number="101")
    assert (ana.family_name, ana.occupation) == ("Rivera Soto", "Teacher")
    assert units_of("102") == {"Orchard"}
    old = Membership.objects.get(person__member_number="102", unit=cast.unit("Harbor"))
    assert old.until == clock.today() - dt.timedelta(days=1)


def test_naming_only_the_local_takes_nobody_out_of_their_worksite_or_committee(cast: Cast, tmp_path: Path) -> None:
    stored(cast, written(tmp_path, [ANA]))
    ana = Person.objects.get(member_number="101")
    Membership.objects.create(person=ana, unit=cast.unit("Riverside board"), since=clock.today())
    assert stored(cast, written(tmp_path, [with_(ANA, worksite="")])) == {"same": 1}
    assert stored(cast, written(tmp_path, [with_(ANA, worksite="Harbor")])) == {"moved": 1}
    assert {"Harbor", "Riverside board"} <= units_of("101")


def test_who_has_left_by_their_status_or_is_missing_in_a_whole_list_loses_place_and_office(
    cast: Cast, tmp_path: Path
) -> None:
    stored(cast, written(tmp_path, [ANA, BEN, CLEO]))
    Membership.objects.filter(person__member_number__isnull=False).update(since=dt.date(2020, 1, 15))
    Person.objects.filter(pk=cast.president.pk).update(member_number="104")
    path = written(tmp_path, [with_(ANA, status="Inactive"), BEN])
    assert planned(cast, path) == {"left": 1, "same": 1}
    assert stored(cast, path, is_whole=True) == {"left": 1, "same": 1, "missing": 2}
    assert (units_of("101"), units_of("102"), units_of("103")) == (set(), {"Harbor"}, set())
    assert Person.objects.filter(member_number="101").exists()
    assert cast.president.current_terms == ()
    assert stored(cast, path, is_whole=True) == {"same": 2}
    assert stored(cast, written(tmp_path, [ANA, BEN])) == {"back": 1, "same": 1}
    assert units_of("101") == {"Lincoln"}


def test_a_member_id_that_stands_twice_is_told_with_both_rows_and_the_same_row_again_counts_once(
    cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, [ANA, with_(BEN, member_id="101"), CLEO, CLEO])
    found = staged(cast, path)
    assert {code: n for code, n in plan_of(found).codes.items() if n} == {"new": 1, "repeated": 1, "refused": 2}
    assert reasons(found, path) == [
        "list.csv, row 2, column A (Member ID): the member ID stands in row 3 too, with something else beside it.",
        "list.csv, row 3, column A (Member ID): the member ID stands in row 2 too, with something else beside it.",
    ]


def test_an_e_mail_is_never_taken_from_another_account_nor_given_to_two(cast: Cast, tmp_path: Path) -> None:
    Person.objects.create_user("ben@example.net", given_name="Somebody", family_name="Else")
    path = written(tmp_path, [ANA, with_(CLEO, email="ana@example.net"), BEN])
    found = staged(cast, path)
    assert {code: n for code, n in plan_of(found).codes.items() if n} == {"new": 3, "without_email": 3}
    assert (
        "column D (E-mail): brought in without the e-mail, because more than one row has it." in reasons(found, path)[0]
    )
    run_import(found, by=cast.state_staff)
    assert set(Person.objects.filter(member_number__isnull=False).values_list("email", flat=True)) == {None}
    assert stored(cast, path)["same"] == 3


def test_who_has_proved_an_e_mail_is_known_by_it_and_keeps_it_whatever_the_list_says(
    cast: Cast, tmp_path: Path
) -> None:
    ana = Person.objects.create_user("ana@example.net", given_name="Ana", family_name="Rivera")
    EmailAddress.objects.create(user=ana, email="ana@example.net", verified=True, primary=True)
    assert stored(cast, written(tmp_path, [ANA])) == {"back": 1}
    ana.refresh_from_db()
    assert ana.member_number == "101"
    assert units_of("101") == {"Lincoln"}
    assert stored(cast, written(tmp_path, [with_(ANA, email="new@example.net")])) == {"same": 1}
    assert Person.objects.get(member_number="101").email == "ana@example.net"


def test_another_name_beside_a_proved_e_mail_asks_a_person(cast: Cast, tmp_path: Path) -> None:
    owner = Person.objects.create_user("ana@example.net", given_name="Tom", family_name="Baker")
    EmailAddress.objects.create(user=owner, email="ana@example.net", verified=True, primary=True)
    path = written(tmp_path, [ANA])
    assert planned(cast, path) == {"asked": 1}
    assert planned(cast, path, persons={"2": str(owner.pk)}) == {"back": 1}
    assert planned(cast, path, persons={"2": "new"}) == {"new": 1, "without_email": 1}
    assert planned(cast, path, persons={"2": str(cast.own.pk)}) == {"asked": 1}


def test_one_who_has_proved_an_e_mail_and_one_whom_a_list_gave_it_ask_a_person(cast: Cast, tmp_path: Path) -> None:
    proved = Person.objects.create_user("ana@example.org", given_name="Ana", family_name="Rivera")
    EmailAddress.objects.create(user=proved, email="ana@example.net", verified=True)
    given = Person.objects.create_user("ana@example.net", given_name="Ana", family_name="Rivera")
    Membership.objects.create(person=given, unit=cast.unit("Lincoln"), since=clock.today())
    path = written(tmp_path, [ANA])
    assert planned(cast, path) == {"asked": 1}
    assert planned(cast, path, persons={"2": str(proved.pk)}) == {"back": 1, "without_email": 1}
    assert planned(cast, path, persons={"2": str(given.pk)})["changed"] == 1


def test_the_same_name_in_the_same_place_is_the_same_person_and_nearly_the_same_is_asked(
    cast: Cast, tmp_path: Path
) -> None:
    own = cast.own
    Person.objects.filter(pk=own.pk).update(given_name="Jon", family_name="Smith")
    same = with_(ANA, first_name="JON", last_name="Smith", email="")
    assert stored(cast, written(tmp_path, [same])) == {"changed": 1, "by_name": 1}
    assert Person.objects.get(member_number="101").pk == own.pk
    Person.objects.filter(pk=cast.colleague.pk).update(given_name="Maria", family_name="Garcia")
    near = with_(BEN, first_name="Maria", last_name="Garcai", worksite="Lincoln")
    assert planned(cast, written(tmp_path, [with_(near, worksite="Harbor")])) == {"new": 1}
    path = written(tmp_path, [near])
    assert planned(cast, path) == {"asked": 1}
    assert planned(cast, path, persons={"2": str(cast.colleague.pk)}) == {"changed": 1}
    assert reasons(staged(cast, path), path) == [
        "list.csv, row 2, column C (Last name): this may be somebody who is here already."
        " Say whether they are the same."
    ]


def test_a_list_without_member_ids_knows_people_by_name_and_place(cast: Cast, tmp_path: Path) -> None:
    header = ("Name", "School", "Local")
    rows = [("Rivera, Ana", "Lincoln", "Riverside"), ("Ben Okafor", "Harbor", "Riverside")]
    assert stored(cast, written(tmp_path, rows, header)) == {"new": 2}
    assert Person.objects.filter(given_name="Ana", family_name="Rivera", member_number=None).count() == 1
    assert stored(cast, written(tmp_path, rows, header)) == {"same": 2, "by_name": 2}
    assert planned(cast, written(tmp_path, [*rows, rows[0]], header)) == {"same": 2, "by_name": 2, "repeated": 1}


def test_nobody_is_taken_from_a_unit_that_is_not_the_list_s(cast: Cast, tmp_path: Path) -> None:
    stored(cast, written(tmp_path, [ANA]))
    path = written(tmp_path, [with_(ANA, worksite="Driftwood", local="Harrow")])
    found = staged(cast, path, "Tamarack")
    assert "column A (Member ID): the person belongs to a unit outside of yours" in reasons(found, path)[0]
    assert stored(cast, path, "Common Ground") == {"moved": 1}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_name": "", "last_name": ""}, "column C (Last name): there is no name."),
        ({"email": "ana at example"}, "column D (E-mail): this is not an e-mail address."),
        ({"last_name": "x" * 81}, "column C (Last name): this cell is longer than can be stored."),
        ({"worksite": "Nowhere"}, "column F (Worksite): no unit of yours is called that."),
        ({"member_since": "some day"}, "column H (Member since): this is not a date"),
        ({"status": "Blue"}, "column I (Status): nobody has said yet"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_with_its_reason_and_the_others_are_not(
    changes: dict[str, str], said: str, cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, [with_(ANA, **changes), BEN])
    found = staged(cast, path)
    assert reasons(found, path)[0].startswith(f"list.csv, row 2, {said}")
    run_import(found, by=cast.state_staff)
    assert list(Person.objects.filter(member_number__isnull=False).values_list("member_number", flat=True)) == ["102"]


def test_states_of_membership_are_said_once(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [with_(ANA, status="Blue"), with_(BEN, status="Grey")])
    assert plan_of(staged(cast, path)).open.states == ("Blue", "Grey")
    assert stored(cast, path, states={"blue": "here", "grey": "gone"}) == {"new": 1, "same": 1}
    assert planned(cast, path) == {"same": 2}, "the next list with these columns begins with what was said"


def test_new_units_are_made_where_a_person_says_so(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path, [with_(ANA, worksite="Harbour Bus Garage"), with_(BEN, worksite="Hall", local="Pine City")]
    )
    places = {"riverside|harbour bus garage": "new", "pine city|hall": "new"}
    assert planned(cast, path) == {"refused": 2}
    assert stored(cast, path, places=places) == {"new": 2}
    hall = Unit.objects.get(name="Hall")
    around_it = Unit.objects.filter(lft__lt=hall.lft, rgt__gt=hall.rgt, tree_id=hall.tree_id).order_by("-lft")
    assert [unit.name for unit in around_it] == ["Pine City", "Alder", "Common Ground"]
    assert Unit.objects.find_problems() == ([], [], [], [])
    assert stored(cast, path) == {"same": 2}


def test_what_was_said_of_a_place_is_remembered_for_the_next_list(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, [with_(ANA, worksite="Bldg 7")])
    assert stored(cast, path, places={"riverside|bldg 7": str(cast.unit("Lincoln").uid)}) == {"new": 1}
    assert UnitSpelling.objects.get().unit == cast.unit("Lincoln")
    assert stored(cast, path) == {"same": 1}
    assert planned(cast, path, places={"riverside|bldg 7": "out"}) == {"refused": 1}


def test_the_run_is_what_was_seen_or_nothing_and_happens_once(cast: Cast, tmp_path: Path) -> None:
    found = staged(cast, written(tmp_path, [ANA, BEN]))
    seen = plan_of(found).codes
    Person.objects.filter(pk=cast.own.pk).update(member_number="101")
    with pytest.raises(PlanChangedError):
        run_import(found, seen=seen, by=cast.state_staff)
    assert not Person.objects.filter(member_number="102").exists()
    run_import(found, by=cast.state_staff)
    assert PeopleImport.objects.get().state == ImportState.DONE
    entry = AuditEntry.objects.get(action="exchange.people.import")
    assert entry.detail["new"] == 1
    assert "Ana" not in str(entry.detail)
    assert audit.first_broken() is None


def test_an_import_that_is_killed_in_the_middle_leaves_nothing_and_can_be_run_again(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = staged(cast, written(tmp_path, [ANA, with_(BEN, worksite="New", local="Riverside")]),
                   places={"riverside|new": "new"})  # fmt: skip
    monkeypatch.setattr("trellis.exchange.people.actions._learn", _die)
    with pytest.raises(KeyboardInterrupt):
        run_import(found, by=cast.state_staff)
    assert not Person.objects.filter(member_number__isnull=False).exists()
    assert not Unit.objects.filter(name="New").exists()
    monkeypatch.undo()
    run_import(found, by=cast.state_staff)
    assert Person.objects.filter(member_number__isnull=False).count() == 2


def _die(found: PeopleImport) -> None:
    raise KeyboardInterrupt


def test_the_names_of_columns_are_found_in_spanish_too(cast: Cast, tmp_path: Path) -> None:
    header = (
        "Número de afiliado",
        "Nombre",
        "Apellidos",
        "Correo",
        "Puesto",
        "Escuela",
        "Sección",
        "Fecha de alta",
        "Estado",
    )
    assert stored(
        cast, written(tmp_path, [with_(ANA, status="Activa", member_since="1/9/2019")], header), order="dmy"
    ) == {"new": 1}
    assert Membership.objects.get(person__member_number="101").since == dt.date(2019, 9, 1)
