"""The first list of a site: its keys are made after its rows, and are the same as before, whatever happens."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast
from tests.exchange.people.rosters import ANA, BEN, staged, stored, written
from trellis.exchange.people import keys_after
from trellis.exchange.people.actions import run_import
from trellis.exchange.people.stage import Tables
from trellis.people.models import Membership, Person


def keys() -> list[dict[str, Any]]:
    """What the database knows of the keys of people and memberships."""
    with connection.cursor() as cursor:
        return [
            connection.introspection.get_constraints(cursor, model._meta.db_table) for model in (Person, Membership)
        ]


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Any list is large; how many keys are left while each is stored."""
    counts: list[int] = []
    run = Tables.run

    def counting(self: Tables, statement: str, *values: Any) -> int:
        if "INSERT INTO $membership" in statement:
            counts.append(sum(map(len, keys())))
        return run(self, statement, *values)

    monkeypatch.setattr(keys_after, "_MANY", 1)
    monkeypatch.setattr(keys_after, "_TIMES", 0)
    monkeypatch.setattr(Tables, "run", counting)
    return counts


def test_a_large_list_is_stored_without_keys_and_they_are_there_after_it(
    cast: Cast, tmp_path: Path, dropped: list[int]
) -> None:
    before = keys()
    assert stored(cast, written(tmp_path, [ANA, BEN])) == {"new": 2}
    assert keys() == before
    assert dropped[0] <= sum(map(len, before)) - 3
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(member_number="101")
    new = list(Person.objects.filter(member_number__in=("101", "102")))
    assert {person.uid.version for person in new} == {4}
    assert Person.objects.create().pk > max(person.pk for person in new)


def test_what_breaks_a_rule_is_found_at_the_end_and_the_keys_are_as_they_were(
    cast: Cast, tmp_path: Path, dropped: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, people = keys(), Person.objects.count()
    found = staged(cast, written(tmp_path, [ANA, BEN]))
    number = Tables.number_new

    def twice(self: Tables, *, alone: bool) -> None:
        self.run("UPDATE $rows SET number = '101'")
        number(self, alone=alone)

    monkeypatch.setattr(Tables, "number_new", twice)
    with pytest.raises(IntegrityError), transaction.atomic():
        run_import(found, by=cast.state_staff)
    assert (keys(), Person.objects.count()) == (before, people)


def test_a_small_list_and_one_for_a_site_of_many_keep_the_keys(cast: Cast, tmp_path: Path, dropped: list[int]) -> None:
    whole = sum(map(len, keys()))
    for many, times in ((3, 0), (1, 1000)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(keys_after, "_MANY", many)
            patch.setattr(keys_after, "_TIMES", times)
            stored(cast, written(tmp_path, [ANA, BEN]))
            Person.objects.filter(member_number__in=("101", "102")).delete()
    assert dropped == [whole, whole]
