"""The joined standing on its pages: others and evidence beside one's own answer, and through the crosswalk."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import everything, give, next_edition
from tests.assessment.three_sixty.circle import answered_circle, circle_about
from tests.cast import Cast
from tests.growth.evidence_pieces import attested
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree
from trellis.growth.joined import Proven
from trellis.growth.queries import joined_for


def seen_at(cast: Cast, half_steps: int, raters: int = 6) -> None:
    """Close a 360 about the own one of the cast in which all peers say the same of every theme."""
    circle = circle_about(cast.own)
    for _ in range(raters):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, half_steps))
    circle.close()


def test_others_and_evidence_stand_beside_ones_own_answer(
    cast: Cast, framework: Edition, tree: EditionTree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = cast.own
    give(person, framework, everything(framework, 1))
    seen_at(cast, 6)
    attested(person, cast.coach)
    with django_assert_num_queries(5):
        standing, beside = joined_for(tree, person)
    theme = tree.theme_by_code["ORG.5"]
    found = beside[theme.uid]
    assert {each.half_steps for each in standing.themes} == {1}
    assert found.others is not None
    assert (found.others.half_steps, found.others.raters, found.gap) == (6, 6, 1)
    assert found.proven == Proven((1,))


def test_they_are_found_through_the_crosswalk(cast: Cast, framework: Edition) -> None:
    seen_at(cast, 4)
    attested(cast.own, cast.coach)
    tree = edition_tree(next_edition(moved=["ORG.5", "ORG.6"], same=["ORG.5"]))
    _, beside = joined_for(tree, cast.own)
    kept, lost = (beside[tree.theme_by_code[code].uid] for code in ("ORG.5", "ORG.6"))
    assert (kept.others is not None, kept.proven) == (True, Proven((1,)))
    assert (lost.others, lost.proven) == (None, None)


def test_what_is_no_longer_open_to_count_does_not(cast: Cast, framework: Edition, tree: EditionTree) -> None:
    answered_circle(cast.own, [("peer", 4)]).close()
    _, beside = joined_for(tree, cast.own)
    assert all(theme.others is None for theme in beside.values())


@pytest.mark.parametrize(("own", "words"), [(0, "A hidden strength."), (5, "Nowhere by more than chance.")])
def test_the_page_says_what_is_seen_differently(
    browser: Callable[[str], Client], cast: Cast, framework: Edition, own: int, words: str
) -> None:
    give(cast.own, framework, everything(framework, own))
    seen_at(cast, 5, raters=8)
    page = browser("own").get("/standing/").content.decode()
    assert words in page
    assert "Middle answer of 8 others" in page
    assert page.count("l6 6-6 6-6-6z") == 33
    theme = browser("own").get("/standing/ORG.5/").content.decode()
    assert "middle of 8 answers, good strength" in theme
    assert ("by more than chance" in theme) == (own == 0)
