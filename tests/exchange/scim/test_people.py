"""Whom a directory means, what it may say of them, and how it finds them again."""

from collections.abc import Callable
from itertools import chain

import pytest
from allauth.account.models import EmailAddress
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exchange.scim import caller as calls
from tests.exchange.scim.caller import USER, Caller, directory_of
from trellis.exchange.models import DirectoryEntry
from trellis.exchange.scim import search
from trellis.people.models import Membership, Person, UnitKind


def _sign_in_address(uid: str) -> str | None:
    return Person.objects.get(uid=uid).email


def test_somebody_new_becomes_a_member_of_the_affiliate(cast: Cast) -> None:
    user = directory_of(cast, "Alder").add(
        "kim", title="Organizer", name={"givenName": "Kim", "familyName": "Ito"},
        emails=[{"value": "home@kim.example"}, {"value": "Kim@Alder.example", "type": "work", "primary": True}],
    )  # fmt: skip
    person = Person.objects.get(uid=user["id"])
    assert (person.name, person.occupation, person.email) == ("Kim Ito", "Organizer", "kim@alder.example")
    assert not person.has_usable_password()
    assert Membership.objects.get(person=person).unit.kind == UnitKind.STATE
    assert user["emails"][1]["value"] == "Kim@alder.example"


@pytest.mark.parametrize(
    "wanted",
    [
        {"userName": "OWN@example.org"},
        {"userName": "o.cast", "emails": [{"value": "Own@Example.org"}]},
        {"userName": "o.cast", "externalId": "M-17", "name": {"familyName": "cast"}},
    ],
    ids=["user name", "address", "member number"],
)
def test_who_is_here_already_is_not_doubled(cast: Cast, wanted: dict[str, object]) -> None:
    Person.objects.filter(pk=cast.own.pk).update(member_number="M-17")
    people = Person.objects.count()
    user = directory_of(cast, "Riverside").done("post", "/Users", {"schemas": [USER]} | wanted, status=201)
    assert (user["id"], Person.objects.count()) == (str(cast.own.uid), people)
    assert Membership.objects.get(person=cast.own).unit.name == "Lincoln"
    assert cast.own.name == "Own cast" if "name" in wanted else "Own Cast"


def test_a_member_number_alone_means_nobody(cast: Cast) -> None:
    Person.objects.filter(pk=cast.own.pk).update(member_number="17")
    riverside = directory_of(cast, "Riverside")
    assert riverside.add("kim", externalId="17", name={"familyName": "Ito"})["id"] != str(cast.own.uid)


@pytest.mark.parametrize(
    "wanted",
    [{"userName": "KIM"}, {"userName": "k", "externalId": "e-1"}, {"userName": "k", "emails": [{"value": "K@a.org"}]}],
)
def test_two_people_cannot_have_the_same(cast: Cast, wanted: dict[str, object]) -> None:
    alder = directory_of(cast, "Alder")
    alder.add("kim", externalId="e-1", emails=[{"value": "k@a.org"}])
    assert alder.refused("post", "/Users", {"schemas": [USER]} | wanted) == (409, "uniqueness")
    other = alder.add("lee")["id"]
    assert alder.refused("put", f"/Users/{other}", {"schemas": [USER]} | wanted) == (409, "uniqueness")


def test_two_affiliates_may_call_different_people_the_same(cast: Cast) -> None:
    users = [directory_of(cast, unit).add("kim", externalId="1") for unit in ("Alder", "Tamarack")]
    assert len({user["id"] for user in users}) == 2


def test_the_address_by_which_somebody_signs_in_follows_until_they_have_confirmed_it(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    uid = alder.add("kim", emails=[{"value": "kim@a.org"}])["id"]
    alder.change(uid, {"op": "replace", "path": "emails", "value": [{"value": "ito@a.org"}]})
    assert _sign_in_address(uid) == "ito@a.org"
    EmailAddress.objects.create(user=Person.objects.get(uid=uid), email="ito@a.org", verified=True)
    told = alder.change(uid, {"op": "replace", "path": "emails", "value": [{"value": "else@a.org"}]})
    assert (told["emails"][0]["value"], _sign_in_address(uid)) == ("else@a.org", "ito@a.org")


def test_the_address_of_who_has_signed_in_before_stays_theirs(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.own, email="own@example.org", verified=True)
    riverside = directory_of(cast, "Riverside")
    riverside.change(cast.own.uid, {"op": "replace", "path": "emails", "value": [{"value": "thief@a.org"}]})
    assert _sign_in_address(str(cast.own.uid)) == "own@example.org"


def test_entra_may_bend_the_rules_of_patch(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    uid = alder.add("kim")["id"]
    told = alder.change(
        uid,
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "kim@a.org"},
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "Add", "path": "phoneNumbers[type eq \"work\"].value", "value": "555"},
        {"op": "Replace", "path": "name.formatted", "value": "Kim Ito"},
    )  # fmt: skip
    assert (told["emails"], told["active"], "phoneNumbers" in told) == (
        [{"value": "kim@a.org", "type": "work"}], False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"title": "x" * 81}, "invalidValue"),
        ({"userName": "x\0y"}, "invalidValue"),
        ({"emails": [{"value": "nowhere"}]}, "invalidValue"),
        ({"emails": [{"value": f"a{n}@a.org"} for n in range(11)]}, "invalidValue"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(cast: Cast, change: dict[str, object], kind: str) -> None:
    people = Person.objects.count()
    content = {"schemas": [USER], "userName": "kim"} | change
    assert directory_of(cast, "Alder").refused("post", "/Users", content) == (400, kind)
    assert (Person.objects.count(), DirectoryEntry.objects.count()) == (people, 0)


FILTERS = {
    'userName eq "KIM"': ["kim"],
    'externalId eq "e-1"': ["kim"],
    'externalId eq "E-1"': [],
    'emails.value eq "Second@a.org"': ["kim"],
    'emails[type eq "work" and value eq "kim@a.org"]': ["kim"],
    'userName eq "coach@example.org" or userName eq "kim"': ["coach@example.org", "kim"],
    'name.familyName eq "ITO" and active eq true': ["kim"],
    'name.familyName sw "ít" or name.familyName sw "it"': ["kim"],
    "not (active eq true)": ["suspended@example.org"],
    'userName sw "co" and not (userName co "coached")': ["coach@example.org", "colleague@example.org"],
    'title eq "Organizer" and externalId pr': ["kim"],
    'id eq "nobody"': [],
}


@pytest.fixture
def riverside(cast: Cast) -> Caller:
    """Riverside's directory, with one person of its own."""
    found = directory_of(cast, "Riverside")
    found.add(
        "kim", externalId="e-1", title="Organizer", name={"givenName": "Kim", "familyName": "Ito"},
        emails=[{"value": "kim@a.org", "type": "work"}, {"value": "second@a.org"}],
    )  # fmt: skip
    return found


@pytest.mark.parametrize("filter", FILTERS)
def test_filters_find_whom_they_say(riverside: Caller, filter: str) -> None:
    assert sorted(riverside.found(filter)) == FILTERS[filter]


def test_pages_and_orders_hold_together(riverside: Caller) -> None:
    whole = riverside.found("active eq true", sortBy="userName", sortOrder="descending")
    assert whole == sorted(whole, reverse=True)
    pages = [
        riverside.found("active eq true", sortBy="userName", sortOrder="descending", startIndex=start, count=4)
        for start in (1, 5, 9)
    ]
    assert list(chain(*pages)) == whole[:12]
    assert riverside.found("active eq true", sortBy="displayName")
    assert riverside.found('title eq "Paraeducator"', sortBy="name.givenName", count=2) == [
        "coach@example.org", "coached@example.org",
    ]  # fmt: skip


def test_questions_that_the_database_answers_are_few_and_do_not_grow(
    riverside: Caller, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_LOOKED_AT", 5)
    for filter in ('userName eq "kim"', 'externalId eq "e-1"', 'emails.value eq "kim@a.org"', "active eq true"):
        with django_assert_max_num_queries(8):
            assert "kim" in riverside.found(filter)
    asked: Callable[..., tuple[int, str]] = riverside.refused
    assert asked("get", "/Users?filter=title%20ew%20%22r%22") == (400, "tooMany")


def test_a_request_that_fails_half_way_changes_nothing(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    uid = alder.add("kim")["id"]
    operations = [{"op": "replace", "path": "title", "value": "New"}, {"op": "remove", "path": "userName"}]
    answer = alder.ask("patch", f"/Users/{uid}", {"schemas": [calls.PATCH], "Operations": operations})
    assert answer.status_code == 400
    assert "title" not in alder.done("get", f"/Users/{uid}")


def test_who_has_an_older_version_does_not_overwrite(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    user = alder.add("kim")
    alder.change(user["id"], {"op": "replace", "path": "title", "value": "New"})
    content = {"schemas": [USER], "userName": "kim"}
    answer = alder.ask("put", f"/Users/{user['id']}", content, **{"If-Match": user["meta"]["version"]})
    assert answer.status_code == 412
