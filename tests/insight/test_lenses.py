"""Equity, succession, supply and programmes: what is laid beside what, for whom, and that hidden cells tell nothing."""

import re
from collections.abc import Callable, Mapping
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import everything, give
from tests.cast import Cast
from tests.growth.learning.rooms import answered, crowd, held
from tests.growth.plan.sessions import DAY, offering
from tests.insight.made import Figures, a_release, everywhere, put
from trellis.core import clock
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.actions import load_profiles
from trellis.insight.effect_queries import asked_offerings, changes
from trellis.insight.equity_board import MEMBERS, TOOK_PART, furthest_apart, stages
from trellis.insight.models import Release, ReleasedTable
from trellis.insight.queries import released_table, seats
from trellis.insight.seat_queries import candidates, ending_terms, vacant_seats
from trellis.insight.succession_board import benches
from trellis.insight.supply_board import supply_board
from trellis.insight.themes import themes_of
from trellis.learning.models import Offering, Programme
from trellis.people.models import Look, Term

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
REP, PRESIDENT = "building-representative", "local-president"


@pytest.fixture
def browser(cast: Cast) -> Browser:
    """Return the browser of one of the cast."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(cast.persons[name])
        return client

    return of


def level(share: float, people: int = 120) -> Figures:
    return people, {"level1": share, "level2": share, "level3": share, "mean": 1.0}


def count(**columns: int) -> dict[str, Figures | None]:
    return {name: (n, {}) for name, n in columns.items()}


def holding(**roles: int) -> dict[str, Figures | None]:
    return {name.replace("_", "-"): (n, {"ending": 25}) for name, n in roles.items()}


def address(cast: Cast, name: str, unit: str = "Alder") -> str:
    return reverse(f"insight:{name}", kwargs={"uid": cast.unit(unit).uid})


def words(answer: object) -> str:
    """Return the text of a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))  # type: ignore[attr-defined]


def two_languages(tree: EditionTree, cast: Cast) -> Release:
    """Of 400 members 300 speak English, and 36 of 40 who hold a role."""
    release, unit = a_release(tree), cast.unit("Alder")
    put(release, "participation", unit, {"": count(members=400, answered=240)})
    put(
        release,
        "participation",
        unit,
        {"english": count(answered=200, silent=100), "another": count(answered=40, silent=60)},
        "language",
    )
    put(release, "pipeline", unit, {"": holding(building_representative=40)})
    put(
        release,
        "pipeline",
        unit,
        {"english": holding(building_representative=28), "another": holding(building_representative=12)},
        "language",
    )
    return release


# equity


def test_each_stage_says_which_share_a_group_has_and_how_far_that_is_from_its_share_of_the_members(
    tree: EditionTree, cast: Cast
) -> None:
    release, unit = two_languages(tree, cast), cast.unit("Alder")
    found = stages(
        *(released_table(release, "participation", unit, by) for by in ("", "language")),
        *(released_table(release, "pipeline", unit, by) for by in ("", "language")),
    )
    shown = [stage for stage in found if not stage.is_hidden]
    assert [stage.code for stage in shown] == [MEMBERS, TOOK_PART, REP]
    assert [[str(part.share) for part in stage.parts] for stage in shown] == [["75", "25"], ["83", "17"], ["70", "30"]]
    assert [[part.points for part in stage.parts] for stage in shown] == [[None, None], [8, -8], [-5, 5]]
    assert [str(part.rate) for part in shown[1].parts] == ["67", "40"]


def test_a_group_whose_number_is_hidden_has_no_share_and_lays_no_line_for_others(tree: EditionTree, cast: Cast) -> None:
    release, unit = a_release(tree), cast.unit("Alder")
    put(release, "participation", unit, {"": count(members=400, answered=240)})
    by_group = {"english": count(answered=200), "another": count(answered=40, silent=60)}
    put(release, "participation", unit, by_group, "language")
    everybody, by_language = (released_table(release, "participation", unit, by) for by in ("", "language"))
    pipeline = [released_table(release, "pipeline", unit, by) for by in ("", "language")]
    members, took_part, *_roles = stages(everybody, by_language, *pipeline)
    assert (members.parts[0].n, members.parts[0].share) == (None, None)
    assert took_part.parts[0].n == 200
    assert (took_part.parts[0].beside, took_part.parts[0].points, took_part.parts[0].rate) == (None, None, None)


def test_only_groups_of_a_hundred_people_are_said_to_stand_apart(tree: EditionTree, cast: Cast) -> None:
    release, unit = a_release(tree), cast.unit("Alder")
    themes = themes_of(release, tree)
    first, second, third = list(themes)[:3]
    put(
        release,
        "standing",
        unit,
        {
            "english": {
                first.column: level(60),
                second.column: level(70, 99),
                third.column: level(40),
            },
            "another": {
                first.column: level(30),
                second.column: level(10),
                third.column: level(31),
            },
        },
        "language",
    )
    found = furthest_apart(themes, released_table(release, "standing", unit, "language"), "level2")
    assert [(one.theme, one.low.group, one.high.group) for one in found] == [(first, "another", "english")]


def test_the_page_shows_released_shares_and_the_same_mark_for_everything_hidden(
    browser: Browser, tree: EditionTree, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    two_languages(tree, cast)
    client = browser("state_staff")
    with django_assert_max_num_queries(15):
        answer = client.get(address(cast, "equity"))
    text = words(answer)
    assert "40% of them answered" in text
    assert "30% 12 +5" in text
    assert "Hidden for privacy: Local president," in text
    # Nobody's cells of standing are stored, so all of them look alike.
    assert set(re.findall(r'<td class="(?:tot )?(?:h\d|sup)">', answer.content.decode())) == {'<td class="sup">'}


def test_an_attribute_that_is_not_shown_of_such_a_unit_is_not_found(
    browser: Browser, tree: EditionTree, cast: Cast
) -> None:
    a_release(tree)
    client = browser("president")
    local = address(cast, "equity", "Riverside")
    assert client.get(local, {"by": "language"}).status_code == 200
    assert client.get(local, {"by": "years"}).status_code == 404
    assert client.get(local, {"by": "shoe-size"}).status_code == 404
    assert "not for a local: Years as a member" in words(client.get(local))


def test_too_few_to_check_is_not_called_fair(browser: Browser, tree: EditionTree, cast: Cast) -> None:
    release, unit = two_languages(tree, cast), cast.unit("Common Ground")
    client = browser("steward")
    page = address(cast, "equity", "Common Ground")
    assert "That is not the same as fair" in words(client.get(page, {"by": "language"}))
    column = release.content["themes"][0]["column"]
    checked = {"groups": {"english": [[column, "large", -0.4, True]]}}
    ReleasedTable.objects.create(release=release, question="fairness", unit=unit, attribute="language", content=checked)
    text = words(client.get(page, {"by": "language"}))
    assert "English: answered lower than by others who stand as high. A large difference." in text
    checked["groups"]["english"][0][3] = False
    ReleasedTable.objects.filter(question="fairness").delete()
    ReleasedTable.objects.create(release=release, question="fairness", unit=unit, attribute="language", content=checked)
    assert "no question is answered unlike" in words(client.get(page, {"by": "language"}))


# succession


def test_the_bench_is_as_deep_as_ready_people_stand_behind_each_seat(tree: EditionTree, cast: Cast) -> None:
    release, unit = a_release(tree), cast.unit("Alder")
    first, second = release.content["columns"]["coverage"]
    cover: Mapping[str, Figures | None] = {first: (200, {"ready": 25, "nearly": 10}), second: None}
    put(release, "coverage", unit, {"": cover})
    put(release, "pipeline", unit, {"": {first: (20, {"ending": 40})}})
    tables = [released_table(release, name, unit) for name in ("pipeline", "coverage")]
    by_code = {bench.code: bench for bench in benches(*tables)}
    deep = by_code[first]
    assert (str(deep.ready), str(deep.nearly), str(deep.depth), str(deep.ending)) == ("50", "20", "2", "40")
    assert by_code[second].is_hidden
    assert by_code[second].depth is None


def test_a_seat_is_vacant_where_nobody_holds_the_role_today(cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["sibling_president"]).delete()
    found = {one.role.code: one for one in vacant_seats(cast.unit("Alder"), most=1)}
    # Of Alder's two locals Millbrook has no president; Riverside's is neither the suspended nor the former one.
    assert (found[PRESIDENT].seats, found[PRESIDENT].units, found[PRESIDENT].more) == (2, (cast.unit("Millbrook"),), 0)
    # Of three worksites only Lincoln has a representative.
    assert (found[REP].seats, found[REP].count, len(found[REP].units)) == (3, 2, 1)
    assert "coach" not in found


def test_names_are_for_who_leads_the_unit_and_only_of_those_who_share(
    browser: Browser,
    cast: Cast,
    framework: Edition,
    tree: EditionTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    load_profiles(framework, by=None)
    for name in ("own", "private"):
        give(cast.persons[name], framework, everything(framework, 6))
    local = cast.unit("Riverside")
    assert candidates(cast.state_staff, local, tree) is None
    assert ending_terms(cast.state_staff, local) is None
    assert candidates(cast.coach, local, tree) is None
    found = candidates(cast.president, local, tree)
    assert found is not None
    assert all([one.person for one in role.ready] == [cast.persons["own"]] and not role.nearly for role in found)
    text = words(browser("president").get(address(cast, "succession", "Riverside")))
    assert "Own Cast" in text
    assert "Private Cast" not in text
    # Who was looked at sees it, once for each look.
    assert [(look.person, look.by) for look in Look.objects.all()] == [(cast.persons["own"], cast.persons["president"])]
    client = browser("state_staff")
    with django_assert_max_num_queries(15):
        other = words(client.get(address(cast, "succession", "Riverside")))
    assert "Own Cast" not in other
    assert "Here you see numbers only" in other
    assert Look.objects.count() == 1


def test_who_is_short_in_up_to_three_themes_is_nearly_ready(cast: Cast, framework: Edition, tree: EditionTree) -> None:
    load_profiles(framework, by=None)
    codes = [theme.code for theme in tree.themes]
    give(cast.persons["own"], framework, everything(framework, 6) | dict.fromkeys(codes, 0))
    assert all(
        not role.ready and not role.nearly for role in candidates(cast.president, cast.unit("Riverside"), tree) or ()
    )
    found = candidates(cast.president, cast.unit("Riverside"), tree)
    assert found is not None
    asked = {one.theme_code for one in found[0].profile.targets.all()}
    short = sorted(asked)[:3]
    give(cast.persons["own"], framework, everything(framework, 6) | dict.fromkeys(short, 0))
    again = candidates(cast.president, cast.unit("Riverside"), tree)
    assert again is not None
    assert [(one.person, one.short) for one in again[0].nearly] == [(cast.persons["own"], 3)]


def test_terms_that_end_within_a_year_come_with_their_day(browser: Browser, cast: Cast) -> None:
    today = clock.today()
    Term.objects.filter(person=cast.persons["treasurer"]).update(ends=today.replace(year=today.year + 1) - 30 * DAY)
    Term.objects.filter(person=cast.persons["coach"]).update(ends=today + 400 * DAY)
    found = ending_terms(cast.president, cast.unit("Riverside"))
    assert found is not None
    assert [term.person for term in found] == [cast.persons["treasurer"]]
    assert "Treasurer Cast, Riverside: until" in words(
        browser("president").get(address(cast, "succession", "Riverside"))
    )


# supply and need


def test_seats_stand_beside_the_released_need_and_what_is_missing_comes_first(
    browser: Browser, tree: EditionTree, cast: Cast
) -> None:
    release, unit = a_release(tree), cast.unit("Alder")
    themes = themes_of(release, tree)
    first, second, third = list(themes)[:3]
    put(
        release,
        "standing",
        unit,
        everywhere(release, (100, {"level1": 90, "level2": 40, "level3": 10, "mean": 1.4}), but=[third.column]),
    )
    taught = [[first.column, 2, 2, 30, 0], [second.column, 2, 1, 0, 1]]
    ReleasedTable.objects.create(release=release, question="supply", unit=unit, attribute="", content={"rows": taught})
    board = supply_board(themes, released_table(release, "standing", unit), seats(release, unit))
    cells = {(one.theme, one.level): one for one in board.cells}
    one, two, hidden = cells[first, 2], cells[second, 2], cells[third, 2]
    assert (one.need, one.seats, one.unmet, one.met, one.is_bare) == (50, 30, 20, 60, False)
    assert (two.need, two.unmet, two.met) == (50, 0, 100)
    assert (hidden.need, hidden.unmet, hidden.met) == (None, 0, None)
    assert board.bare == len(board.cells) - 2
    assert board.hidden == 3
    assert [each.unmet for each in board.most_unmet] == [50] * 5
    text = words(browser("state_staff").get(address(cast, "supply")))
    assert "50 need it · 30 seats" in text
    assert "50 need it · seats for all" in text
    assert text.count("need hidden · nothing teaches it") == 3


# programmes


def over(cast: Cast, tree: EditionTree, many: int, *, title: str, begin: int) -> Offering:
    """An offering of Riverside with one session that is over, in which so many have given all three answers."""
    theme = tree.themes[0]
    of = offering(cast, theme, theme.cells[0], title=title)
    people = crowd(cast.unit("Lincoln"), many, begin=begin)
    answered(
        held(of, starts=-20 * DAY),
        theme,
        [(person, 1 + number % 3, 2 + number % 3, 1) for number, person in enumerate(people)],
    )
    return of


def test_programmes_come_first_and_all_batches_are_added_up(
    browser: Browser, cast: Cast, tree: EditionTree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Nothing asked yet" in words(browser("president").get(address(cast, "effects", "Riverside")))
    over(cast, tree, 12, title="A first evening", begin=0)
    over(cast, tree, 9, title="Budget night", begin=100)
    ours = over(cast, tree, 14, title="What the year is of", begin=200)
    Programme.objects.create(unit=ours.unit, title="Emerging leaders", offering=ours)
    found = changes(asked_offerings(cast.unit("Alder")), tree)
    assert [(one.title, one.is_programme, one.people) for one in found.taught] == [
        ("Emerging leaders", True, 14), ("A first evening", False, 12), ("Budget night", False, 0),
    ]  # fmt: skip
    assert [one.shown.people for one in found.together] == [26]
    assert not asked_offerings(cast.unit("Tamarack")).exists()
    client = browser("state_staff")
    with django_assert_max_num_queries(12):
        text = words(client.get(address(cast, "effects")))
    assert "26 people" in text
    assert "Emerging leaders Program · Riverside · 14 people" in text
    assert "Budget night Riverside · hidden" in text


@pytest.mark.parametrize("name", ["equity", "succession", "supply", "effects"])
def test_before_a_release_each_page_says_what_it_waits_for(browser: Browser, cast: Cast, name: str) -> None:
    answer = browser("state_staff").get(address(cast, name))
    assert answer.status_code == 200
    waits = {"succession": "once the answers of a wave are released", "effects": "Nothing asked yet"}
    assert waits.get(name, "No wave has been held yet") in words(answer)
