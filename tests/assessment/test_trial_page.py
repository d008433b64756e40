"""The pages where stewards see instruments on trial: what they say, choose, work out anew, and never show."""

import uuid
from typing import Any

import numpy as np
import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import instrument_of, next_edition
from tests.assessment.crowd import a_unit, closed_360, give_all, half_steps, people
from tests.cast import Cast
from trellis.assessment.actions import instrument_for
from trellis.assessment.estimates import refresh_estimates
from trellis.assessment.instruments import THREE_SIXTY
from trellis.assessment.models import Estimate, Instrument, Relation, Response, Round
from trellis.assessment.trial import reviewed, trial_of_instrument
from trellis.assessment.trial_chart import PLOT_HEIGHT, PLOT_WIDTH, WIDTH, curve, interval
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.core.registry import Panel, instrument_panels
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree


@pytest.fixture
def steward(cast: Cast, client: Client) -> Client:
    """The browser of the data steward."""
    client.force_login(cast.persons["steward"])
    return client


def _page(client: Client, instrument: Instrument, **query: Any) -> str:
    response = client.get(reverse("assessment:instrument", args=[instrument.code]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_names_every_instrument_once_with_how_many_answered(steward: Client, framework: Edition) -> None:
    give_all(people(40), framework, half_steps(40))
    refresh_estimates(framework, by=None)
    instrument_of(next_edition())
    text = steward.get(reverse("assessment:instruments")).content.decode()
    assert text.count("Short self-assessment</a>") == 1
    assert "Not worked out yet" in text


def test_the_list_says_so_when_there_is_nothing_yet(steward: Client) -> None:
    assert "No instrument is set up yet" in steward.get(reverse("assessment:instruments")).content.decode()


def test_before_the_first_run_the_page_offers_one(steward: Client, framework: Edition) -> None:
    assert "Nothing has been worked out yet" in _page(steward, instrument_of(framework))


def test_working_it_out_stores_a_run_and_comes_back(steward: Client, framework: Edition, cast: Cast) -> None:
    give_all(people(40), framework, half_steps(40))
    instrument = instrument_of(framework)
    answer = steward.post(reverse("assessment:instrument-refresh", args=[instrument.uid]), follow=True)
    assert answer.redirect_chain == [(f"/instruments/short-self/?of={instrument.uid}", 302)]
    assert "Worked out from the answers of today." in answer.content.decode()
    row = AuditEntry.objects.get(action="assessment.estimate")
    assert row.actor == str(cast.steward.uid)
    assert Estimate.objects.filter(kind="trial").count() == 1


def test_when_few_answers_have_changed_the_page_says_why_the_figures_stay(steward: Client, framework: Edition) -> None:
    crowd, instrument = people(45), instrument_of(framework)
    give_all(crowd[:40], framework, half_steps(40))
    refresh_estimates(framework, by=None)
    before = trial_of_instrument(instrument)
    new = give_all(crowd[40:], framework, half_steps(5))
    Response.objects.filter(pk__in=[one.pk for one in new]).update(finished_at=clock.now())
    text = steward.post(reverse("assessment:instrument-refresh", args=[instrument.uid]), follow=True).content.decode()
    assert "Fewer than 10 answers have changed since, so the figures stay" in text
    assert "n = 40 finished responses" in text
    after = trial_of_instrument(instrument)
    assert before is not None
    assert after is not None
    assert (after.as_of, after.figures) == (before.as_of, before.figures)


def test_every_figure_stands_with_its_number_of_people(steward: Client, framework: Edition, tree: EditionTree) -> None:
    held = Round.objects.create(instrument=instrument_of(framework), unit=a_unit(), name="Fall", opens_on=clock.today())
    answers = half_steps(50)
    answers[:15, 2] = np.nan
    give_all(people(50), framework, answers, held=held)
    give_all(people(12), framework, np.full((12, 33), -1.0), held=held, minutes=None)
    refresh_estimates(framework, by=None)
    text = _page(steward, instrument_of(framework))
    assert "n = 35" in text  # complete in the domain of the theme that 15 passed over
    assert "11 minutes" in text
    assert "Of 62 who began, 81 % reached the end; 12 stopped on the way" in text
    assert "30 %" in text
    assert tree.themes[2].short in text
    assert "often passed over" in text
    assert "Too few people to check fairness" in text
    assert "A panel decides; this only flags." in text
    assert "provisional" in text


def test_of_nine_people_the_page_shows_no_figure(steward: Client, framework: Edition) -> None:
    give_all(people(9), framework, half_steps(9))
    refresh_estimates(framework, by=None)
    text = _page(steward, instrument_of(framework))
    main = text[text.index("<main") : text.index("</main>")]
    assert "n = " not in main
    assert "Needs 30 complete answers, has &lt;10." in main
    assert "Needs 10 finished responses, has &lt;10." in main
    assert '<svg class="line"' not in main


def test_one_round_can_be_looked_at_alone(steward: Client, framework: Edition) -> None:
    crowd = people(70)
    rounds = [
        Round.objects.create(instrument=instrument_of(framework), unit=a_unit(), name=name, opens_on=clock.today())
        for name in ("First fall", "Second fall")
    ]
    give_all(crowd[:40], framework, half_steps(40), held=rounds[0])
    give_all(crowd, framework, half_steps(70), held=rounds[1], wave=2)
    refresh_estimates(framework, by=None)
    instrument = instrument_of(framework)
    alone = _page(steward, instrument, round=rounds[0].uid)
    assert "n = 40 finished responses, First fall" in alone
    assert "Fairness is checked over all answers, not within one round." in alone
    for nonsense in ("", "x", uuid.uuid4()):
        assert "n = 110 finished responses" in _page(steward, instrument, round=nonsense)


def test_another_version_can_be_chosen_and_one_that_is_not_there_is_not_found(
    steward: Client, framework: Edition
) -> None:
    give_all(people(40), framework, half_steps(40))
    refresh_estimates(framework, by=None)
    old, new = instrument_of(framework), instrument_of(next_edition())
    assert "Nothing has been worked out yet" in _page(steward, new)
    assert "n = 40 finished responses" in _page(steward, new, of=old.uid)
    for query in ({"of": uuid.uuid4()}, {"of": "x"}):
        assert steward.get(reverse("assessment:instrument", args=["short-self"]), query).status_code == 404
    assert steward.get(reverse("assessment:instrument", args=["no-such"])).status_code == 404


def test_a_360_shows_agreement_and_what_each_kind_is_worth(steward: Client, framework: Edition) -> None:
    crowd, own, rng = people(32), half_steps(32), np.random.default_rng(4)
    give_all(crowd, framework, own)
    for person, row in zip(crowd, own, strict=True):
        theirs = np.round(row + rng.normal(0, 0.7, (6, 33))).clip(0, 6)
        closed_360(person, framework, [Relation.PEER] * 6, theirs)
    refresh_estimates(framework, by=None)
    text = _page(steward, instrument_for(framework, THREE_SIXTY, by=None))
    assert "Do raters agree?" in text
    assert "n = 32" in text
    assert "our own 360s" in text
    assert "Conway and Huffcutt" in text
    assert "Is it fair?" not in text


def test_the_wording_to_look_at_leads_to_its_cells_with_versions(framework: Edition, tree: EditionTree) -> None:
    theme = tree.themes[0]
    figures = {
        "fairness": [{"comparisons": [{"flagged": [{"code": theme.code, "name": theme.short}]}]}],
        "drop_off": {"at": [{"code": tree.themes[1].code, "name": "Second"}]},
        "passed": [
            {"code": theme.code, "name": theme.short, "often": True},
            {"code": tree.themes[2].code, "name": "Third", "often": False},
        ],
    }
    found = reviewed(instrument_of(framework), figures)
    assert [(one.code, len(one.reasons)) for one in found] == [(theme.code, 2), (tree.themes[1].code, 1)]
    assert found[0].cells == theme.cells
    statement = reviewed(
        instrument_of(framework), {"passed": [{"code": f"{theme.cells[1].code}.1", "name": "I ...", "often": True}]}
    )
    assert statement[0].cells == (theme.cells[1],)


def test_other_apps_may_add_a_block(steward: Client, framework: Edition) -> None:
    asked: list[uuid.UUID] = []

    def context(request: HttpRequest, uid: uuid.UUID) -> dict[str, Any] | None:
        asked.append(uid)
        return None

    instrument = instrument_of(framework)
    refresh_estimates(framework, by=None)
    instrument_panels.register(Panel("test", "core/ui/notice.html", context))
    try:
        _page(steward, instrument)
    finally:
        instrument_panels.unregister("test")
    assert asked == [instrument.uid]


def test_the_page_asks_little_of_the_database(
    steward: Client, framework: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    give_all(people(40), framework, half_steps(40))
    refresh_estimates(framework, by=None)
    instrument = instrument_of(framework)
    _page(steward, instrument)
    with django_assert_max_num_queries(15):
        _page(steward, instrument)
    with django_assert_max_num_queries(15):
        steward.get(reverse("assessment:instruments"))


def test_drawings_stay_on_their_paper() -> None:
    placed = interval(0.7, -0.2, 1.4)
    assert (placed.value, placed.low, placed.high) == (0.7 * WIDTH, 0, WIDTH)
    drawn = curve([{"place": 1, "value": 100, "text": "≥98"}, {"place": 2, "value": 25, "text": "25"}])
    assert [(bar.x, bar.y, bar.height) for bar in drawn.bars] == [
        (0, 0, PLOT_HEIGHT),
        (PLOT_WIDTH / 2, 0.75 * PLOT_HEIGHT, 0.25 * PLOT_HEIGHT),
    ]
    assert drawn.last == "25"
