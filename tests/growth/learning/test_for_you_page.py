"""The page "for you": reasons in words, what is left out, what is not for me, and how much it asks of the database."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.growth.learning.rooms import held, seat, stand
from tests.growth.plan.sessions import DAY, offering
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import EditionTree
from trellis.growth.catalogue_index import catalogue_index
from trellis.growth.for_you_queries import fit_of, for_you
from trellis.growth.models import PassedOver
from trellis.growth.plan_actions import add_to_plan
from trellis.learning.models import Offering, OfferingStatus, SignUp
from trellis.learning.when import there

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
ADDRESS = "/learn/for-you/"


@pytest.fixture
def planned(cast: Cast, tree: EditionTree) -> Offering:
    """An offering that teaches what `own` has planned."""
    add_to_plan(tree.themes[0], tree, target=1, reason="", by=cast.own)
    return offering(cast, tree.themes[0], tree.themes[0].cells[0], title="Listening first")


def titles(cast: Cast, tree: EditionTree) -> list[str]:
    return [pick.entry.title for pick in for_you(cast.own, tree, most=9).picks]


def test_reasons_stand_in_words(cast: Cast, tree: EditionTree, planned: Offering, browser: Browser) -> None:
    held(planned, starts=20 * DAY)
    page = browser("own").get(ADDRESS).content.decode()
    assert "Listening first" in page
    assert f"You planned it: level 1 in {tree.themes[0].short}." in page
    assert "In Riverside." in page
    assert "with seats free." in page


def test_the_day_is_the_one_at_the_place(cast: Cast, tree: EditionTree, planned: Offering, browser: Browser) -> None:
    evening = (clock.now() + 20 * DAY).replace(hour=1, minute=30)
    session = held(planned, starts=evening - clock.now())
    day = date_format(there(session.starts_at, session.zone), "MONTH_DAY_FORMAT")
    assert day != date_format(session.starts_at, "MONTH_DAY_FORMAT"), "it is tomorrow by other clocks"
    assert f"On {day}, with seats free." in browser("own").get(ADDRESS).content.decode()


def test_who_has_said_nothing_is_led_to_the_assessment(cast: Cast, browser: Browser) -> None:
    page = browser("own").get(ADDRESS).content.decode()
    assert "First say where you stand" in page


def test_what_is_taken_signed_up_for_or_a_draft_is_left_out(cast: Cast, tree: EditionTree, planned: Offering) -> None:
    assert titles(cast, tree) == ["Listening first"]
    session = held(planned, starts=5 * DAY)
    seat(session, cast.own)
    assert titles(cast, tree) == []
    SignUp.objects.update(status="left")
    assert titles(cast, tree) == ["Listening first"]
    SignUp.objects.update(status="seat", came=True, came_at=clock.now(), marked_by="list")
    assert titles(cast, tree) == []
    SignUp.objects.all().delete()
    Offering.objects.update(status=OfferingStatus.DRAFT, changed_at=clock.now())
    assert titles(cast, tree) == []


def test_a_full_session_goes_down_and_says_so(cast: Cast, tree: EditionTree, planned: Offering) -> None:
    session = held(planned, starts=5 * DAY)
    session.seats = 1
    session.save()
    seat(session, cast.colleague)
    (pick,) = for_you(cast.own, tree, most=9).picks
    assert pick.is_full
    other = offering(cast, tree.themes[0], tree.themes[0].cells[0], title="Zebra")
    held(other, starts=5 * DAY)
    assert titles(cast, tree) == ["Zebra", "Listening first"]


def test_not_for_me_hides_it_and_can_be_taken_back(
    cast: Cast, tree: EditionTree, planned: Offering, browser: Browser
) -> None:
    client, address = browser("own"), reverse("growth:not-for-me", kwargs={"uid": planned.uid})
    page = client.post(address, follow=True).content.decode()
    assert titles(cast, tree) == []
    assert "Bring it back" in page
    client.post(address)
    assert PassedOver.objects.count() == 1
    client.post(address, {"back": "1"})
    assert titles(cast, tree) == ["Listening first"]
    assert AuditEntry.objects.filter(action__startswith="growth.for_you").count() == 2


def test_nobody_hides_it_for_another(cast: Cast, tree: EditionTree, planned: Offering, browser: Browser) -> None:
    browser("colleague").post(reverse("growth:not-for-me", kwargs={"uid": planned.uid}))
    assert titles(cast, tree) == ["Listening first"]


def test_a_change_of_the_catalogue_is_seen_at_once(cast: Cast, tree: EditionTree, planned: Offering) -> None:
    first = catalogue_index()
    assert catalogue_index() is first
    Offering.objects.update(title="Hearing first", changed_at=clock.now() + DAY)
    assert titles(cast, tree) == ["Hearing first"]
    held(planned, starts=5 * DAY)
    assert len(catalogue_index().entries[planned.uid].dates) == 1


def test_one_offering_says_why_it_fits_or_what_comes_first(cast: Cast, framework: Edition, planned: Offering) -> None:
    tree = edition_tree(framework)
    assert fit_of(cast.own, tree, planned.uid) is None  # nobody knows where they stand
    stand(tree, [cast.own], {tree.themes[0].code: 0, tree.themes[1].code: 0})
    found = fit_of(cast.own, tree, planned.uid)
    assert found is not None
    assert found["reasons"][0].startswith("You planned it")
    high = offering(cast, tree.themes[1], tree.themes[1].cells[2], title="Far up")
    later = fit_of(cast.own, tree, high.uid)
    assert later == {
        "not_yet": [f"It teaches level 3 in {tree.themes[1].short}. Your next step there is level 1."],
    }


def test_the_page_asks_fifteen_times_at_most_however_much_there_is(
    cast: Cast, tree: EditionTree, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stand(tree, [cast.own], {theme.code: 0 for theme in tree.themes})
    for theme in tree.themes[:12]:
        held(offering(cast, theme, theme.cells[0], title=theme.code), starts=9 * DAY)
    client = browser("own")
    client.get(ADDRESS)
    with django_assert_max_num_queries(15):
        client.get(ADDRESS)
