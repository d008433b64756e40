import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.framework.importing.documents import GARDEN, cells, grid
from tests.seeds import SEEDS
from trellis.framework.diff import Change, Comparison, NotComparableError, Result, compare, longest_rising
from trellis.framework.edition_outline import edition_outline
from trellis.framework.models import Edition
from trellis.framework.outline import Item, Kind, Outline, document_outline
from trellis.framework.reader import read_document, read_text
from trellis.framework.report import marked_words


def _outline(domains: dict) -> Outline:
    return document_outline(read_text(grid(domains).encode()), "garden.md")


def _results(comparison: Comparison, kind: Kind) -> dict[str, str]:
    return {change.item.name: change.result for change in comparison.walk() if change.item.kind is kind}


def _counts(comparison: Comparison, kind: Kind) -> dict[Result, int]:
    return {result: count for result, count in comparison.counts()[kind].items() if count}


def _touched(comparison: Comparison) -> list[Change]:
    return [change for change in comparison.walk() if change.result is not Result.UNCHANGED]


@pytest.fixture
def professions() -> Comparison:
    """The earlier text of Leading Our Professions, and the same domain of the 2020 framework."""
    earlier = document_outline(read_document(SEEDS / "leading-our-professions-earlier.txt"), "earlier")
    whole = document_outline(read_document(SEEDS / "framework-2020.md"), "2020")
    (domain,) = [top for top in whole.tops if top.name == "Leading Our Professions"]
    return compare(earlier, Outline("2020", whole.shape, (domain,), whole.levels, whole.definitions))


@pytest.mark.seeds
def test_leading_our_professions_was_reworded_in_exactly_these_texts(professions: Comparison) -> None:
    found = [
        (theme_number, cell.item.place, text.field)
        for theme_number, theme in enumerate(professions.changes[len(professions.after.levels)].parts, 1)
        for cell in theme.parts
        for text in cell.texts
    ]
    assert found == [
        (1, 2, "behaviour"),
        (1, 3, "behaviour"),
        (2, 1, "behaviour"),
        (2, 1, "considerations"),
        (2, 2, "behaviour"),
        (2, 2, "considerations"),
        (3, 1, "considerations"),
        (3, 2, "considerations"),
    ]
    assert _counts(professions, Kind.CELL) == {Result.UNCHANGED: 6, Result.REWORDED: 6}
    for kind, count in ((Kind.DOMAIN, 1), (Kind.THEME, 4), (Kind.LEVEL, 3), (Kind.DEFINITION, 3)):
        assert _counts(professions, kind) == {Result.UNCHANGED: count}


@pytest.mark.seeds
def test_the_rewordings_of_leading_our_professions_are_marked_word_by_word(professions: Comparison) -> None:
    texts = [marked_words(text) for change in professions.walk() for text in change.texts]
    assert texts[:6] == [
        "Engages with others in meaningful development and models [-for-] continuous improvement and learning for all"
        " educators across their career continuum",
        "Builds and sustains an organizational culture of professionalism and reflective practice that illustrates the"
        " professions' commitment to continuous improvement and learning for all educators across their"
        " [-professional-] {+career+} continuums",
        "Understands the current and evolving role the Association plays in the success of all students, educators,"
        " schools{+,+} and campuses",
        "Individuals develop an awareness and understanding of how the Association leverages its strengths by"
        " identifying student needs [-in their-] {+at educators'+} worksites and implementing member-led solutions to"
        " meet those needs",
        "Engages [-all-] leaders and members and motivates members from diverse backgrounds to advocate for a"
        " meaningful Association role [-in-] {+at+} ensuring the success of all students, educators, schools, and"
        " campuses",
        "Understands how to help and support others identify student needs [-in-] {+at+} their worksites and"
        " collectively implement member- and Association-led solutions to meet those needs",
    ]
    assert (
        "decision makers, [-gathering-] {+organizing+} allies, [-create narrative-] {+creating narratives+}" in texts[6]
    )
    assert texts[7].endswith("build stronger schools, colleges, and universities+}")


@pytest.mark.seeds
def test_against_the_whole_framework_the_other_domains_are_new() -> None:
    earlier = document_outline(read_document(SEEDS / "leading-our-professions-earlier.txt"), "earlier")
    whole = document_outline(read_document(SEEDS / "framework-2020.md"), "2020")
    assert _counts(compare(earlier, whole), Kind.DOMAIN) == {Result.UNCHANGED: 1, Result.NEW: 6}
    assert _counts(compare(whole, earlier), Kind.THEME) == {Result.UNCHANGED: 4, Result.GONE: 29}


@pytest.mark.seeds
def test_a_document_is_compared_with_an_edition_only_in_what_both_have(framework: Edition) -> None:
    whole = document_outline(read_document(SEEDS / "framework-2020.md"), "2020")
    for comparison in (compare(edition_outline(framework), whole), compare(whole, edition_outline(framework))):
        assert _touched(comparison) == []
        assert Kind.STATEMENT not in comparison.counts()


def test_an_edition_does_not_differ_from_itself(framework: Edition) -> None:
    comparison = compare(edition_outline(framework), edition_outline(framework))
    assert _touched(comparison) == []
    assert _counts(comparison, Kind.CELL) == {Result.UNCHANGED: 99}


def test_quotes_dashes_and_capitals_of_names_are_no_rewording() -> None:
    other = {f"## {name.title()}": content for name, content in GARDEN.items()}
    text = grid(other).replace("whole street", "whole  street").replace("at stage", "at\u00a0stage")
    after = document_outline(read_text(text.encode()), "garden.md")
    assert _touched(compare(_outline(GARDEN), after)) == []


def test_a_theme_in_another_domain_has_moved_and_is_not_gone_from_the_first() -> None:
    after = {
        "GROWING FOOD": ("Grows food for the whole street.", {"Sows and plants in season": cells("sowing")}),
        "SHARING TOOLS": GARDEN["SHARING TOOLS"],
        "MEETING": ("Brings people to one table.", {**GARDEN["MEETING"][1], "Prepares the soil": cells("soil")}),
    }
    touched = _touched(compare(_outline(GARDEN), _outline(after)))
    assert [(change.item.name, change.result, change.moved_from) for change in touched] == [
        ("Prepares the soil", Result.MOVED, "Growing Food")
    ]


def test_a_moved_theme_may_be_reworded_too() -> None:
    soil = cells("soil")
    soil[0] = ("Practises soil and compost at stage 1 with others", soil[0][1])
    after = {
        "GROWING FOOD": ("Grows food for the whole street.", {"Sows and plants in season": cells("sowing")}),
        "SHARING TOOLS": GARDEN["SHARING TOOLS"],
        "MEETING": ("Brings people to one table.", {**GARDEN["MEETING"][1], "Prepares the soil": soil}),
    }
    touched = _touched(compare(_outline(GARDEN), _outline(after)))
    assert [change.result for change in touched] == [Result.MOVED, Result.REWORDED]


def test_only_the_one_that_changed_its_place_has_moved() -> None:
    names = list(GARDEN)
    after = {name: GARDEN[name] for name in (names[2], names[0], names[1])}
    assert _results(compare(_outline(GARDEN), _outline(after)), Kind.DOMAIN) == {
        "Meeting": Result.MOVED, "Growing Food": Result.UNCHANGED, "Sharing Tools": Result.UNCHANGED,
    }  # fmt: skip


def test_new_and_gone_stand_in_their_places() -> None:
    after = {
        "GROWING FOOD": GARDEN["GROWING FOOD"],
        "KEEPING BEES": ("Keeps bees.", {"Watches the hive": cells("bees")}),
        "MEETING": GARDEN["MEETING"],
    }
    comparison = compare(_outline(GARDEN), _outline(after))
    tops = [(change.item.name, change.result) for change in comparison.changes if change.item.kind is Kind.DOMAIN]
    assert tops == [
        ("Growing Food", Result.UNCHANGED),
        ("Sharing Tools", Result.GONE),
        ("Keeping Bees", Result.NEW),
        ("Meeting", Result.UNCHANGED),
    ]
    assert _counts(comparison, Kind.CELL) == {Result.UNCHANGED: 9, Result.NEW: 3, Result.GONE: 3}


def _item(kind: Kind, name: str, uid: str = "", parts: tuple[Item, ...] = (), place: int = 0) -> Item:
    return Item(kind, name, (("name", name),), uid=uid, place=place, parts=parts)


def test_editions_are_matched_by_uid_whatever_the_names_are() -> None:
    def edition(*names: str) -> Outline:
        themes = tuple(_item(Kind.THEME, name, uid=str(number)) for number, name in enumerate(names))
        return Outline("", "framework", (_item(Kind.DOMAIN, "Domain", uid="d", parts=themes),))

    comparison = compare(edition("Alpha", "Beta"), edition("Beta", "Alpha"))
    assert _results(comparison, Kind.THEME) == {"Beta": Result.REWORDED, "Alpha": Result.REWORDED}


def test_a_statement_that_went_to_another_cell_has_moved() -> None:
    def edition(first: str, second: str) -> Outline:
        cells_ = tuple(
            _item(Kind.CELL, "", uid=str(place), place=place, parts=(_item(Kind.STATEMENT, words, uid=words),))
            for place, words in ((1, first), (2, second))
        )
        theme = _item(Kind.THEME, "Theme", uid="t", parts=cells_)
        return Outline("", "framework", (_item(Kind.DOMAIN, "Domain", uid="d", parts=(theme,)),))

    comparison = compare(edition("I listen", "I speak"), edition("I speak", "I write"))
    assert _results(comparison, Kind.STATEMENT) == {
        "I speak": Result.MOVED, "I listen": Result.GONE, "I write": Result.NEW,
    }  # fmt: skip


def test_a_grid_and_a_list_cannot_be_compared() -> None:
    with pytest.raises(NotComparableError):
        compare(_outline(GARDEN), Outline("", "attributes", ()))


NAMES = st.lists(st.sampled_from(["Soil", "Seeds", "Tools", "Tables", "Bees", "Water"]), unique=True, max_size=6)
FRAMEWORKS = st.lists(
    st.tuples(st.sampled_from(["Growing", "Sharing", "Meeting"]), NAMES), unique_by=lambda pair: pair[0], max_size=3
)


def _made(framework: list[tuple[str, list[str]]]) -> Outline:
    tops = tuple(
        _item(Kind.DOMAIN, name, parts=tuple(_item(Kind.THEME, t) for t in themes)) for name, themes in framework
    )
    return Outline("", "framework", tops)


@given(FRAMEWORKS, FRAMEWORKS)
def test_every_item_of_both_sides_is_told_exactly_once(before: list, after: list) -> None:
    old, new = _made(before), _made(after)
    changes = list(compare(old, new).walk())
    olds = [change.before for change in changes if change.before]
    news = [change.after for change in changes if change.after]
    assert len(olds) == len(set(olds))
    assert set(olds) == set(old.walk())
    assert len(news) == len(set(news))
    assert set(news) == set(new.walk())


@given(FRAMEWORKS, FRAMEWORKS)
def test_the_other_direction_turns_new_into_gone(before: list, after: list) -> None:
    there, back = compare(_made(before), _made(after)), compare(_made(after), _made(before))
    for kind, row in there.counts().items():
        other = back.counts()[kind]
        assert (row[Result.NEW], row[Result.GONE]) == (other[Result.GONE], other[Result.NEW])


@given(st.lists(st.integers(), unique=True, max_size=9))
def test_the_longest_rising_run_rises_and_none_is_longer(numbers: list[int]) -> None:
    run = [numbers[place] for place in longest_rising(numbers)]
    assert run == sorted(run)
    best = [1] * len(numbers)
    for place, number in enumerate(numbers):
        best[place] = 1 + max((best[i] for i in range(place) if numbers[i] < number), default=0)
    assert len(run) == max(best, default=0)
