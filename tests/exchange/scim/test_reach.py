"""A token reaches the people of its affiliate and of what is inside it, and nobody else."""

import datetime as dt

import pytest

from tests.cast import Cast
from tests.exchange.scim.caller import USER, Caller, directory_of
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.exchange.directory.actions import remove_token, renew_token
from trellis.exchange.models import DirectoryEntry, DirectoryToken
from trellis.people.models import Membership, Person


def test_who_shows_no_good_token_is_told_what_there_is_and_no_more(db: None) -> None:
    for caller in (Caller(), Caller("trellis_dir_wrong")):
        assert caller.refused("get", "/Users") == (401, "")
        assert caller.ask("get", "/Users").headers["WWW-Authenticate"] == 'Bearer realm="SCIM"'
        offered = caller.done("get", "/ServiceProviderConfig")
        assert (offered["bulk"]["supported"], offered["patch"]["supported"]) == (False, True)


def test_the_schema_promises_only_what_is_kept_and_there_are_no_groups(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    assert [each["name"] for each in alder.done("get", "/ResourceTypes")["Resources"]] == ["User"]
    [schema] = alder.done("get", "/Schemas")["Resources"]
    assert {each["name"] for each in schema["attributes"]} == {
        "userName", "name", "displayName", "title", "active", "emails",
    }  # fmt: skip
    assert alder.refused("get", "/Groups")[0] == 404


@pytest.mark.parametrize(("name", "reached"), [("own", True), ("neighbour", False), ("other_state_president", False)])
def test_of_others_there_is_nothing_by_any_way(cast: Cast, name: str, reached: bool) -> None:
    riverside, person = directory_of(cast, "Riverside"), cast.persons[name]
    path = f"/Users/{person.uid}"
    content = {"schemas": [USER], "userName": "new", "active": False}
    statuses = [riverside.ask(method, path, body).status_code for method, body in
                (("get", None), ("put", content), ("delete", None))]  # fmt: skip
    assert statuses == ([200, 200, 204] if reached else [404, 404, 404])
    assert (Person.objects.get(pk=person.pk).is_active) is not reached
    assert riverside.found(f'emails.value eq "{person.email}"') == []


def test_the_list_holds_whoever_belongs_today_and_nobody_who_has_left(cast: Cast) -> None:
    listed = directory_of(cast, "Millbrook").found("active eq true")
    assert listed == ["neighbour@example.org", "sibling_president@example.org"]
    assert "gone@example.org" not in directory_of(cast, "Alder").found("active eq true")
    assert "suspended@example.org" in directory_of(cast, "Alder").found("active eq false")


def test_a_member_of_another_affiliate_is_not_taken_over_by_their_address(cast: Cast) -> None:
    riverside = directory_of(cast, "Riverside")
    wanted = {"schemas": [USER], "userName": "x", "emails": [{"value": "Neighbour@example.org"}]}
    assert riverside.refused("post", "/Users", wanted) == (409, "uniqueness")
    assert not DirectoryEntry.objects.exists()
    assert not Membership.objects.filter(person=cast.neighbour, unit=cast.unit("Riverside")).exists()


def test_who_has_moved_to_another_state_is_out_of_reach(cast: Cast) -> None:
    riverside = directory_of(cast, "Riverside")
    uid = riverside.add("own@example.org")["id"]
    yesterday = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(person=cast.own).update(until=yesterday)
    Membership.objects.create(person=cast.own, unit=cast.unit("Driftwood"), since=clock.today())
    assert riverside.refused("get", f"/Users/{uid}") == (404, "")
    content = {"schemas": [USER], "userName": "own2", "emails": [{"value": "own@example.org"}]}
    assert riverside.refused("post", "/Users", content) == (409, "uniqueness")


def test_a_token_is_over_after_its_last_day_and_once_it_is_removed(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    token = DirectoryToken.objects.get()
    assert alder.ask("get", "/Users").status_code == 200
    assert DirectoryToken.objects.get().used_on == clock.today()
    DirectoryToken.objects.update(expires_on=clock.today() - dt.timedelta(days=1))
    assert alder.refused("get", "/Users")[0] == 401
    DirectoryToken.objects.update(expires_on=clock.today())
    assert alder.ask("get", "/Users").status_code == 200
    remove_token(token, by=cast.steward)
    assert alder.refused("get", "/Users")[0] == 401


def test_after_a_new_secret_the_old_one_holds_for_a_day(cast: Cast) -> None:
    old = directory_of(cast, "Alder")
    new = Caller(renew_token(DirectoryToken.objects.get(), by=cast.steward).secret)
    assert [each.ask("get", "/Users").status_code for each in (old, new)] == [200, 200]
    DirectoryToken.objects.update(changed_at=clock.now() - dt.timedelta(days=1, seconds=1))
    assert [each.ask("get", "/Users").status_code for each in (old, new)] == [401, 200]
    assert old.secret not in str(DirectoryToken.objects.values())


def test_too_much_and_too_often_are_refused_as_scim_has_it(cast: Cast, settings: object) -> None:
    alder = directory_of(cast, "Alder")
    assert alder.refused("post", "/Users", {"userName": "x" * 300_000})[0] == 413
    settings.TRELLIS_API_A_MINUTE = 1  # type: ignore[attr-defined]
    alder.ask("get", "/Users")
    answer = alder.ask("get", "/Users")
    assert (answer.status_code, int(answer.headers["Retry-After"]) <= 60) == (429, True)


def test_each_change_leaves_its_row_in_the_trail_by_the_token_and_without_a_name(cast: Cast) -> None:
    alder = directory_of(cast, "Alder")
    before = AuditEntry.objects.count()
    user = alder.add("kim@alder.example", name={"givenName": "Kim", "familyName": "Ito"}, externalId="e-1")
    alder.switch(user["id"], active=False)
    alder.switch(user["id"], active=True)
    alder.ask("delete", f"/Users/{user['id']}")
    rows = AuditEntry.objects.order_by("pk")[before:]
    assert [row.action.removeprefix("exchange.directory.") for row in rows] == [
        "add", "change", "end", "change", "back", "end", "remove",
    ]  # fmt: skip
    assert {row.actor for row in rows} == {str(DirectoryToken.objects.get().uid)}
    told = str([(row.target, row.detail) for row in rows])
    assert not any(word in told for word in ("kim", "Kim", "Ito", "e-1"))
