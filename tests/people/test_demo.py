"""The fictional association: complete, plausible, the same every time, and only in the demo."""

import datetime as dt
import hashlib
import io
import json
import random
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client
from pytest_django import Settings

from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.core.registry import demo_parts
from trellis.people.access import can_keep_framework, leads_someone, led_units, visible_files
from trellis.people.demo.cast import CAST, CastMember
from trellis.people.demo.load import load
from trellis.people.models import Membership, Person, Sharing, Term, Unit, UnitKind
from trellis.people.queries import demo_cast, people_of, place_of, team_of

LINKS = {
    Unit: ("uid", "name", "kind", "tree_id", "lft", "rgt", "depth"),
    Person: (
        "uid",
        "email",
        "given_name",
        "family_name",
        "occupation",
        "sharing",
        "is_active",
        "password",
        "created_at",
    ),
    Membership: ("person__uid", "unit__uid", "since", "until"),
    Term: ("person__uid", "unit__uid", "role__code", "starts", "ends"),
}


@pytest.fixture
def association(db: None) -> None:
    """The fictional association, loaded."""
    load(random.Random("people"))


def digest() -> str:
    whole = hashlib.sha256()
    for model, fields in LINKS.items():
        rows = model._default_manager.order_by(*fields).values_list(*fields)
        whole.update(json.dumps([list(map(str, row)) for row in rows]).encode())
    return whole.hexdigest()


def loaded_and_undone(seed: str) -> str:
    with transaction.atomic():
        load(random.Random(seed))
        found = digest()
        transaction.set_rollback(True)
    return found


def part(key: str) -> Person:
    return Person.objects.get(email=next(one.email for one in CAST if one.key == key))


def test_it_is_the_same_every_time(db: None) -> None:
    first = loaded_and_undone("people")
    random.seed(7)
    assert loaded_and_undone("people") == first
    assert loaded_and_undone("other") != first


def test_it_has_the_promised_size(association: None) -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert kinds == {UnitKind.NATIONAL: 1, UnitKind.STATE: 3, UnitKind.LOCAL: 12, UnitKind.WORKSITE: 60, "committee": 1}
    assert 560 <= Person.objects.count() <= 640
    assert not Unit.objects.values("name").annotate(n=models.Count("pk")).filter(n__gt=1)


def test_the_tree_is_sound(association: None) -> None:
    for unit in Unit.objects.all():
        inside = Unit.objects.filter(tree_id=unit.tree_id, lft__gt=unit.lft, rgt__lt=unit.rgt).count()
        assert unit.rgt - unit.lft == 2 * inside + 1


def test_every_office_but_one_is_filled_by_one_of_the_unit(association: None) -> None:
    today, seeking = clock.today(), ("Stonebridge Teachers Association", "local-treasurer")
    held = list(Term.objects.active(today).select_related("role", "unit", "person"))
    by_unit = Counter((term.unit_id, term.role.code) for term in held)
    for local in Unit.objects.filter(kind=UnitKind.LOCAL):
        for role in ("local-president", "local-treasurer", "coach"):
            assert by_unit[local.pk, role] == ((local.name, role) != seeking)
        assert by_unit[local.pk, "bargaining-team-member"] in (3, 4)
    for worksite in Unit.objects.filter(kind=UnitKind.WORKSITE):
        assert by_unit[worksite.pk, "building-representative"] == 1
    for state in Unit.objects.filter(kind=UnitKind.STATE):
        assert by_unit[state.pk, "state-leadership-staff"] == 2
    for term in held:
        assert people_of(term.unit).filter(pk=term.person_id).exists()
    assert Term.objects.filter(ends__lt=today).count() >= 12
    assert Term.objects.filter(ends__gt=today, ends__lt=today + dt.timedelta(days=365)).count() == 12
    for term in Term.objects.select_related("person"):
        assert term.person.created_at.date() <= term.starts


def test_people_share_as_people_do_and_some_have_moved_or_left(association: None) -> None:
    shares = Counter(Person.objects.values_list("sharing", flat=True))
    assert 0.4 < shares[Sharing.LEADERS] / Person.objects.count() < 0.6
    assert min(shares.values()) > 50
    assert Membership.objects.exclude(until=None).count() > 10
    current = Membership.objects.active(clock.today()).exclude(unit__kind=UnitKind.COMMITTEE)
    assert sum(count > 1 for count in Counter(current.values_list("person_id", flat=True)).values()) > 10
    assert Person.objects.filter(is_active=False).exists()


def test_everyone_is_invented_and_nobody_can_sign_in_with_a_password(association: None) -> None:
    for person in Person.objects.all():
        assert person.email is not None
        assert person.email.isascii()
        assert person.email.endswith("@example.org")
        assert " " not in person.email
        assert person.uid.version == 4
        assert not person.has_usable_password()
        assert not person.check_password("!")


def test_the_board_has_twelve_of_whom_nine_share(association: None) -> None:
    president = part("local-president")
    board = led_units(president).get(name="Riverside ESP board")
    team = team_of(president, board)
    assert (team.size, len(team.sharing)) == (12, 9)
    assert {president, part("building-representative")} <= set(team.sharing)


def test_the_six_stand_where_they_are_said_to_stand(association: None) -> None:
    assert [one.key for one in demo_cast()] == [one.key for one in CAST]
    assert len(demo_cast()) == 6
    for one in CAST:
        place = place_of(part(one.key))
        assert str(one.place) in (f"{place.worksite} · {place.local}", place.local)
        assert place.role == ("" if one.key == "new-member" else str(one.role))
    rosa = part("building-representative")
    words = "Building representative and paraeducator · Lincoln Elementary · Riverside ESP Association"
    assert str(place_of(rosa)) == words


def test_the_six_see_what_they_are_said_to_see(association: None) -> None:
    sees = {one.key: visible_files(part(one.key)).count() for one in CAST}
    assert {key for key, count in sees.items() if count > 1} == {"local-president", "coach"}
    assert {key for key in sees if leads_someone(part(key))} == {"local-president"}
    assert {key for key in sees if can_keep_framework(part(key))} == {"data-steward"}


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.key)
def test_one_click_takes_the_part(client: Client, association: None, one: CastMember) -> None:
    client.get("/account/login/")
    for _ in range(2):
        before = client.session.session_key
        answer = client.post(f"/demo/enter/{one.key}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(part(one.key).pk)
    assert len(client.session["queue_key"]) == 24


def test_another_part_leaves_nothing_of_the_first(client: Client, association: None) -> None:
    client.post("/demo/enter/coach/")
    session = client.session
    session["left"] = "behind"
    session.save()
    client.post("/demo/enter/new-member/")
    assert "left" not in client.session
    assert client.session["_auth_user_id"] == str(part("new-member").pk)


def test_a_part_is_taken_by_post_only_and_there_is_no_seventh(client: Client, association: None) -> None:
    assert client.get("/demo/enter/coach/").status_code == 405
    assert client.post("/demo/enter/nobody/").status_code == 404
    assert Client(enforce_csrf_checks=True).post("/demo/enter/coach/").status_code == 403
    assert "_auth_user_id" not in client.session


def test_outside_of_the_demo_there_is_no_such_page(client: Client, association: None, settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    assert client.post("/demo/enter/coach/").status_code == 404
    assert client.get("/demo/enter/coach/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_before_it_is_loaded_nobody_can_be_entered(client: Client, db: None) -> None:
    assert client.post("/demo/enter/coach/").status_code == 404


@pytest.fixture
def people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the other apps' parts out: each is tested in its own app."""
    monkeypatch.setattr(demo_parts, "_entries", {"people": demo_parts.get("people")})


def test_the_command_says_what_it_loaded_and_loads_it_once(db: None, people_only: None) -> None:
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert f"people: {Person.objects.count()} people, 77 units" in out.getvalue()
    before = (digest(), AuditEntry.objects.count())
    call_command("load_demo", stdout=out)
    assert out.getvalue().endswith("The fictional association is there already.\n")
    assert (digest(), AuditEntry.objects.count()) == before
    assert audit.first_broken() is None


def test_all_parts_stand_or_fall_together(db: None, people_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(rng: random.Random) -> None:
        load(rng)
        raise RuntimeError("half way")

    registered = demo_parts.get("people")
    assert registered is not None
    monkeypatch.setattr(demo_parts, "_entries", {"people": type(registered)(key="people", load=broken, order=10)})
    with pytest.raises(RuntimeError, match="half way"):
        call_command("load_demo")
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.filter(action__in=["demo.load", "people.demo"]).exists()


def test_production_refuses_it(db: None, settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")
    assert not Person.objects.exists()
