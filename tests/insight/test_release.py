"""A wave is released once, after its close; readers get what was released, and the reason why the rest is not."""

import datetime as dt
import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from tests.insight.association import SPANS, Association, wave
from trellis.core.models import AuditEntry
from trellis.insight import queries
from trellis.insight.actions import close_wave
from trellis.insight.facts.refresh import refresh
from trellis.insight.gate import protecting
from trellis.insight.models import Release, ReleasedTable, Wave
from trellis.insight.queries import (
    broken_down,
    fairness,
    latest_release,
    need,
    release_of,
    released_table,
    released_tables,
    seats,
)
from trellis.insight.release_actions import release_wave
from trellis.people.models import Person, Unit, UnitKind

DAYS = (dt.date(2024, 10, 20), dt.date(2025, 10, 20))
SIZES = {"Riverside": 30, "Millbrook": 24, "Harrow": 40, "Linden": 12}


@pytest.fixture
def released(nation: Association) -> Association:
    """An association that has answered in two waves, both released."""
    nation.crowd(SIZES, DAYS)
    for code in SPANS:
        wave(code)
    refresh()
    for found in Wave.objects.all():
        release_wave(found, by=None)
    return nation


def test_a_reader_finds_everybody_by_unit_with_n_and_values(released: Association) -> None:
    release = latest_release()
    assert release is not None
    assert (release.wave.code, release.threshold, release.content["then"]) == ("fall-2025", 10, "fall-2024")
    column = release.content["themes"][0]["column"]
    table = released_table(release, "standing", released.units["Riverside"])
    assert table.cell(column).n == 30
    assert set(table.cell(column).values) == {"level1", "level2", "level3", "mean"}
    assert released_table(release, "standing", released.units["Nation"]).cell(column).n == 106
    assert str(released_table(release, "participation", released.units["Harrow"]).rate()) == "≥95"
    assert table.cell(release.content["themes"][5]["column"]).hidden == "few", "nobody answered this one"


def test_many_units_are_one_query(released: Association, django_assert_num_queries: Any) -> None:
    release = latest_release()
    assert release is not None
    units = list(Unit.objects.filter(kind=UnitKind.LOCAL).order_by("name"))
    with django_assert_num_queries(1):
        tables = released_tables(release, "participation", units)
    assert [tables[unit.pk].cell("members").n for unit in units] == [40, 12, 24, 30]


def test_a_unit_without_figures_is_hidden_with_the_one_reason(released: Association) -> None:
    release = latest_release()
    assert release is not None
    table = released_table(release, "standing", released.units["Driftwood"])
    assert table.is_hidden
    assert {cell.hidden for cell in table.cells} == {"few"}
    identity = released_table(release, "standing", released.units["Riverside"], "identity")
    assert {cell.hidden for cell in identity.cells} == {"not-here"}
    assert sorted(broken_down(release, released.units["Riverside"])) == ["language", "office"]
    assert broken_down(release, released.units["Driftwood"]) == ()


def test_the_first_release_has_no_growth_and_says_why(released: Association) -> None:
    first, second = release_of("fall-2024"), release_of("fall-2025")
    assert first is not None
    assert second is not None
    nation, column = released.units["Nation"], second.content["themes"][0]["column"]
    assert {cell.hidden for cell in released_table(first, "growth", nation).cells} <= {"not-asked"}
    grown = released_table(second, "growth", nation).cell(column)
    assert grown.n == 106
    assert grown.give is not None, "so many that a mean has an interval"
    assert released_table(second, "growth", released.units["Riverside"]).cell(column).give is None


def test_need_is_what_the_released_shares_leave(released: Association) -> None:
    release = latest_release()
    assert release is not None
    column = release.content["themes"][0]["column"]
    table = released_table(release, "standing", released.units["Nation"])
    shares = [table.cell(column).values[f"level{level}"].value for level in (1, 2, 3)]
    assert [need(table, column, level) for level in (1, 2, 3)] == [
        100 - shares[0],
        shares[0] - shares[1],
        shares[1] - shares[2],
    ]
    assert need(table, release.content["themes"][5]["column"], 2) is None
    assert seats(release, released.units["Nation"]) == ()


def test_a_question_that_nobody_asks_is_refused(released: Association) -> None:
    release = latest_release()
    assert release is not None
    with pytest.raises(LookupError):
        released_table(release, "salary", released.units["Nation"])  # type: ignore[arg-type]
    with pytest.raises(LookupError):
        released_table(release, "standing", released.units["Nation"], "email")


def test_who_came_alone_is_not_told_by_two_waves(nation: Association) -> None:
    nation.crowd({"Riverside": 20, "Millbrook": 20, "Harrow": 20, "Linden": 20}, DAYS)
    spanish = list(Person.objects.filter(memberships__unit__name__in=["Riverside", "Harrow"]).order_by("pk"))[::2]
    Person.objects.filter(pk__in=[one.pk for one in spanish]).update(language="es")
    nation.join("Riverside", "Newcomer", language="es", since=dt.date(2025, 9, 1))
    nation.answer("Newcomer", [3, 3])
    for code in SPANS:
        wave(code)
    refresh()
    shown = []
    for found in Wave.objects.all():
        release = release_wave(found, by=None)
        table = released_table(release, "participation", nation.units["Alder"], "language")
        shown.append([table.cell("answered", group).n for group in ("english", "another")])
    assert shown[0] == [30, 10]
    assert shown[1] == [None, None], "31 less 30, or 11 less 10, would be what the newcomer speaks"


def test_who_is_erased_after_a_release_is_not_told_by_the_next(nation: Association) -> None:
    nation.crowd({"Riverside": 20, "Millbrook": 20, "Harrow": 20, "Linden": 20}, DAYS)
    Person.objects.filter(pk__in=list(Person.objects.order_by("pk").values_list("pk", flat=True))[::2]).update(
        language="es"
    )
    for code in SPANS:
        wave(code)
    refresh()
    first, second = Wave.objects.all()
    release = release_wave(first, by=None)
    assert (
        released_table(release, "participation", nation.units["Riverside"], "language").cell("answered", "another").n
        == 10
    )
    Person.objects.filter(memberships__unit=nation.units["Riverside"], language="en").first().delete()  # type: ignore[union-attr]
    refresh()
    later = release_wave(second, by=None)
    found = released_table(later, "participation", nation.units["Riverside"], "language")
    assert found.is_hidden, "the nine who are left would be ten less the one who is gone"


def test_a_release_never_changes(released: Association) -> None:
    with pytest.raises(ValidationError, match="released already"):
        release_wave(Wave.objects.get(code="fall-2025"), by=None)


def test_an_open_wave_is_not_released(nation: Association) -> None:
    nation.crowd({"Riverside": 12})
    found = wave(closed=False)
    refresh()
    with pytest.raises(ValidationError, match="still open"):
        release_wave(found, by=None)
    close_wave(found, by=None)
    with pytest.raises(ValidationError, match="refresh_insight"):
        release_wave(Wave.objects.get(), by=None)


def test_the_threshold_is_raised_and_never_lowered(nation: Association) -> None:
    nation.crowd({"Riverside": 12, "Millbrook": 30, "Linden": 30})
    found = wave()
    refresh()
    with pytest.raises(ValidationError, match="10"):
        release_wave(found, by=None, threshold=9)
    release = release_wave(found, by=None, threshold=20)
    assert released_table(release, "participation", nation.units["Riverside"]).is_hidden


def test_a_failing_audit_stores_nothing(nation: Association, monkeypatch: pytest.MonkeyPatch) -> None:
    nation.crowd({"Riverside": 4, "Millbrook": 30, "Linden": 30})
    found = wave()
    refresh()

    def weaker(counts: Any, places: Any, *, forbidden: Any, threshold: int) -> Any:
        return forbidden.each(lambda flags, n, empty: (flags | (n < threshold)) & ~empty, counts, places.empty(counts))

    monkeypatch.setattr(protecting, "hide", weaker)
    with pytest.raises(CommandError, match=r"nothing was released: \d+ figures would tell about too few people"):
        call_command("release_insight", found.code)
    assert not Release.objects.exists()
    assert not ReleasedTable.objects.exists()


def test_a_release_is_recorded_in_numbers(nation: Association, capsys: pytest.CaptureFixture[str]) -> None:
    nation.crowd({"Riverside": 20, "Linden": 20})
    found = wave()
    call_command("refresh_insight")
    call_command("release_insight", found.code)
    assert "Fall 2025 is released" in capsys.readouterr().out
    entry = AuditEntry.objects.filter(action="wave.release").get()
    assert entry.target == f"wave:{found.uid}"
    assert set(entry.detail) == {"tables", "withheld", "threshold"}


def test_a_release_names_no_person(released: Association) -> None:
    names = {person.given_name for person in released.people.values()}
    keys = {str(person.pk) for person in released.people.values()}
    for content in ReleasedTable.objects.values_list("content", flat=True):
        assert not names & set(map(str, content.get("groups", [])))
    assert "person" not in str(Release.objects.values_list("content", flat=True)[0])
    assert keys


def test_the_module_that_pages_read_needs_no_engine() -> None:
    assert not {"pa", "pyarrow", "ibis", "duckdb"} & set(vars(queries))


def test_fairness_is_checked_for_groups_of_two_hundred_and_flags_what_works_unlike(nation: Association) -> None:
    names = [f"m{number}" for number in range(440)]
    nation.join("Riverside", *names[:220])
    nation.join("Linden", *names[220:], language="es")
    rng = random.Random(5)
    for number, name in enumerate(names):
        level = (number * 7) % 5
        answers = [min(6, max(0, level + rng.randint(-1, 1))) for _ in range(6)]
        if number >= 220:  # the third question is easier for who speaks another language
            answers[2] = min(6, answers[2] + 1)
        nation.answer(name, answers)
    found = wave()
    refresh()
    release = release_wave(found, by=None)
    (checked,) = fairness(release, nation.units["Nation"], "language").values()
    assert checked is not None
    flags = {one.theme: one.flag for one in checked}
    third = release.content["themes"][2]["column"]
    assert flags[third] == "large"
    assert next(one for one in checked if one.theme == third).confirmed
    assert fairness(release, nation.units["Nation"], "identity") == {}, "nobody has said, so nobody is compared"
    assert fairness(release, nation.units["Alder"], "language") == {}


def test_too_few_people_to_check_fairness_is_not_fair(released: Association) -> None:
    Person.objects.update(language="en")
    release = latest_release()
    assert release is not None
    assert set(fairness(release, released.units["Nation"], "years").values()) <= {None}
