"""Effects on pages: figures for who arranges once ten have answered, a claim for all others, words for who runs it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.growth.learning.rooms import a_session, answered, crowd, held, move, say, seat
from tests.growth.plan.sessions import DAY, offering
from trellis.assessment.models import Moment
from trellis.core import clock
from trellis.framework.tree import EditionTree
from trellis.growth.evaluation_actions import close_evaluations, evaluation_of
from trellis.growth.evaluation_queries import effects_of, effects_of_session
from trellis.growth.models import Effect
from trellis.learning.models import Offering, Session
from trellis.people.models import Person

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
ADDRESS = "/learn/effects/"
HIDDEN = "so that nobody can be picked out"
OVER = -20 * DAY


def told(people: list[Person], *, gain: int = 1) -> list[tuple[Person, int, int, int]]:
    """Everybody says that they have gained so many half-steps, whichever way one asks."""
    return [(person, number % 3 + 1, number % 3 + 1 + gain, number % 3 + 1) for number, person in enumerate(people)]


def one_over(cast: Cast, tree: EditionTree, many: int, *, begin: int = 0, of: Offering | None = None) -> Session:
    """A session that is over and closed, in which so many have given all three answers."""
    session = held(of, starts=OVER) if of else a_session(cast, tree, starts=OVER)
    answered(session, tree.themes[0], told(crowd(cast.unit("Lincoln"), many, begin=begin)))
    return session


def read(browser: Browser, name: str, address: str) -> str:
    answer = browser(name).get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def at_offering(session: Session) -> str:
    return reverse("learning:offering", kwargs={"uid": session.offering.uid})


def at_session(session: Session) -> str:
    return reverse("learning:session", kwargs={"uid": session.uid})


def test_the_page_names_what_asked_and_hides_what_fewer_than_ten_said(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    assert "Nothing asked yet" in read(browser, "president", ADDRESS)
    one_over(cast, tree, 9)
    page = read(browser, "president", ADDRESS)
    assert "Listening first" in page
    assert HIDDEN in page
    assert "of a level" not in page
    assert "9 people" not in page


def test_from_ten_on_there_is_a_figure_which_is_a_hint(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    one_over(cast, tree, 12)
    page = read(browser, "president", ADDRESS)
    assert "12 people" in page
    assert re.search(r"Now, beside what they said before \+0\.\d of a level \([+-]0\.\d to \+0\.\d\)", page)
    assert "A hint, not proof" in page
    assert HIDDEN not in page


def test_two_small_sessions_make_one_figure_and_none_of_their_own(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    first = one_over(cast, tree, 6)
    assert HIDDEN in read(browser, "president", ADDRESS)
    second = one_over(cast, tree, 6, begin=50, of=first.offering)
    assert "12 people" in read(browser, "president", ADDRESS)
    for session in (first, second):
        assert [one.shown.is_hidden for one in effects_of_session(session, tree)] == [True]
        page = read(browser, "president", at_session(session))
        assert "What it changed" in page
        assert HIDDEN in page


def test_a_session_of_ten_shows_its_own_figure_to_who_runs_it(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    session = one_over(cast, tree, 12)
    assert "12 people" in read(browser, "president", at_session(session))
    for name in ("own", "treasurer"):
        assert "What it changed" not in read(browser, name, at_session(session))


def test_the_same_words_are_said_once_for_all_themes(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    session = a_session(cast, tree, starts=OVER)
    for theme in tree.themes[1:3]:
        cell = theme.cells[0]
        session.offering.cells.create(
            theme_uid=theme.uid, theme_code=theme.code, cell_uid=cell.uid, cell_code=cell.code, level=1
        )
    answered(session, tree.themes[0], told(crowd(cast.unit("Lincoln"), 12)))
    page = read(browser, "president", ADDRESS)
    assert page.count("A hint, not proof") == 1
    assert page.count(HIDDEN) == 1
    assert f"{tree.themes[1].short} , {tree.themes[2].short} . Hidden" in page


def test_only_who_arranges_sees_figures_of_an_offering(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    session = one_over(cast, tree, 12)
    for name in ("president", "state_staff"):
        page = read(browser, name, at_offering(session))
        assert "What it changed" in page
        assert "12 people" in page
    for name in ("own", "coach", "sibling_president", "other_state_president"):
        page = read(browser, name, at_offering(session))
        assert "What it changed" not in page
        assert "What people said afterwards" not in page
        assert "12 people" not in page


def test_growth_that_may_be_claimed_is_told_to_everybody_without_figures(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    session = a_session(cast, tree, starts=OVER)
    Effect.objects.create(
        offering=session.offering, edition_id=tree.id, theme_uid=tree.themes[0].uid, theme_code=tree.themes[0].code,
        sessions=[str(session.uid)], people=120, before_mean=0.6, before_spread=0.6, then_mean=0.7, then_spread=0.6,
    )  # fmt: skip
    evaluation_of(session, by=None)
    page = read(browser, "own", at_offering(session))
    assert f"120 people who came say that they stand higher in {tree.themes[0].short} than before." in page
    assert "of a level" not in page
    assert "This may be said." in read(browser, "president", ADDRESS)


def test_until_it_is_closed_who_runs_it_reads_when_that_will_be(
    cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    session = a_session(cast, tree, starts=-DAY)
    people = crowd(cast.unit("Lincoln"), 12)
    seat(session, *people)
    for number, person in enumerate(people):
        say(session, Moment.AFTER, person, 3, 2, remark=f"Remark {number}")
    page = read(browser, "president", at_session(session))
    assert "People are asked until" in page
    assert "Remark" not in page
    move(session, starts=OVER)
    evaluation_of(session, by=None)
    close_evaluations(clock.today())
    page = read(browser, "president", at_session(session))
    assert all(f"Remark {number}" in page for number in range(12))
    assert "Remark" not in read(browser, "own", at_session(session))


def test_a_session_asks_who_has_a_seat_on_its_page_and_at_home(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    session = a_session(cast, tree)
    seat(session, cast.own)
    assert "Before “Listening first”: where are you today?" in read(browser, "own", "/")
    assert "One minute: where are you today?" in read(browser, "own", at_session(session))
    assert "where are you today?" not in read(browser, "colleague", at_session(session))
    say(session, Moment.BEFORE, cast.own, 2)
    assert "Listening first”: where" not in read(browser, "own", "/")
    assert "You have answered. Thank you!" in read(browser, "own", at_session(session))
    move(session, starts=-DAY)
    assert "After “Listening first”: what did it change?" in read(browser, "own", "/")
    assert "Two minutes: where you are now" in read(browser, "own", at_session(session))


def test_an_effect_of_another_unit_is_not_on_the_page(cast: Cast, tree: EditionTree, browser: Browser) -> None:
    one_over(cast, tree, 12)
    assert "Listening first" not in read(browser, "sibling_president", ADDRESS)
    assert "Listening first" in read(browser, "state_staff", ADDRESS)


def test_nothing_is_shown_of_what_another_edition_asked(cast: Cast, tree: EditionTree) -> None:
    session = one_over(cast, tree, 12)
    assert not effects_of([session.offering], tree)[session.offering_id][0].shown.is_hidden
    other = EditionTree(**{name: getattr(tree, name) for name in tree.__dataclass_fields__} | {"id": tree.id + 1})
    assert effects_of([session.offering], other)[session.offering_id][0].shown.is_hidden


@pytest.mark.parametrize("many", [1, 6])
def test_effects_ask_fifteen_times_at_most_and_panels_no_more_however_much_there_is(
    cast: Cast, tree: EditionTree, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for number in range(many):
        of = offering(cast, tree.themes[0], tree.themes[0].cells[0], title=f"Listening {number}")
        session = one_over(cast, tree, 12, begin=20 * number, of=of)
    client = browser("president")
    client.get(ADDRESS)
    with django_assert_max_num_queries(15):
        client.get(ADDRESS)
    # What learning itself asks is in these too: its page and its panels.
    for name, address, most in (
        ("president", at_offering(session), 26),
        ("president", at_session(session), 19),
        ("own", at_offering(session), 24),
        ("own", at_session(session), 12),
    ):
        client = browser(name)
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
