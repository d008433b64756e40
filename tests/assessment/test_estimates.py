"""The association's estimates: against the same figures computed directly, and nothing from too few people."""

import datetime as dt
import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from tests.assessment.crowd import closed_360, give_all, half_steps, people
from trellis.assessment.actions import instrument_for
from trellis.assessment.answer_tables import answers_of_others, self_answers
from trellis.assessment.estimates import (
    COMPONENTS,
    EVERY_PART,
    LEAST_PEOPLE,
    TRIAL,
    domains_of,
    rating_model,
    refresh_due,
    refresh_estimates,
)
from trellis.assessment.instruments import READINESS
from trellis.assessment.models import Estimate, Relation
from trellis.core import clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.queries import main_attributes
from trellis.framework.tree import EditionTree
from trellis.measure.blup import blup
from trellis.measure.precision import PROVISIONAL
from trellis.measure.provisional import SHARED, provisional_model
from trellis.measure.sources import noise_within, true_covariance

RELATIONS = [Relation.PEER] * 5 + [Relation.FOLLOWER] * 5


@pytest.fixture
def forty(framework: Edition) -> np.ndarray:
    """Half-steps of forty people (x themes), stored."""
    answers = half_steps(40, missing=0.05)
    give_all(people(40), framework, answers)
    return answers


def test_before_a_run_everything_is_provisional(tree: EditionTree) -> None:
    found = rating_model(tree)
    assert found.is_provisional
    assert found.provisional == EVERY_PART
    assert (found.people, found.made_on) == (0, None)
    assert found.theme_ids == tuple(theme.id for theme in tree.themes)
    expected = provisional_model(domains_of(tree), list(Relation))
    assert found.model.person == pytest.approx(expected.person)


def test_of_fewer_than_thirty_people_nothing_is_computed_or_stored(framework: Edition, tree: EditionTree) -> None:
    give_all(people(LEAST_PEOPLE - 1), framework, half_steps(LEAST_PEOPLE - 1))
    refresh_estimates(framework, by=None)
    content = Estimate.objects.get(kind=COMPONENTS).content
    assert content == {"themes": [theme.code for theme in tree.themes], "provisional": sorted(EVERY_PART)}
    found = rating_model(tree)
    assert found.provisional == EVERY_PART
    assert found.model.error == PROVISIONAL.error
    assert found.made_on == clock.today()


def test_a_theme_that_few_could_answer_keeps_the_model_provisional(framework: Edition, tree: EditionTree) -> None:
    answers = half_steps(40)
    answers[LEAST_PEOPLE - 1 :, 4] = np.nan
    give_all(people(40), framework, answers)
    refresh_estimates(framework, by=None)
    assert rating_model(tree).provisional == EVERY_PART


def test_levels_come_from_each_persons_newest_answers(framework: Edition, tree: EditionTree, forty: np.ndarray) -> None:
    refresh_estimates(framework, by=None)
    found, levels = rating_model(tree), forty / 2
    assert found.provisional == {"error", "raters"}
    assert found.people == 40
    assert found.model.mean == pytest.approx(np.nanmean(levels, axis=0))
    error = min(PROVISIONAL.error, (1 - PROVISIONAL.reliability) * float(np.nanvar(levels, axis=0, ddof=1).mean()))
    assert found.model.error == pytest.approx(error)
    assert found.model.person == pytest.approx(true_covariance(levels, domains_of(tree), error=error))
    assert found.model.severity + found.model.halo == pytest.approx(SHARED)


def test_two_waves_within_two_months_say_how_much_an_answer_errs(framework: Edition, tree: EditionTree) -> None:
    crowd = people(LEAST_PEOPLE)
    first, second = half_steps(LEAST_PEOPLE, seed=1), half_steps(LEAST_PEOPLE, seed=2)
    give_all(crowd, framework, first, on=dt.date(2026, 8, 1))
    give_all(crowd, framework, second, on=dt.date(2026, 9, 15), wave=2)
    refresh_estimates(framework, by=None)
    found, moved = rating_model(tree), (second - first).mean(axis=0)
    direct = noise_within([np.vstack(pair) / 2 for pair in zip(first, second - moved, strict=True)])
    assert direct is not None
    assert found.provisional == {"raters"}
    assert found.model.error == pytest.approx(direct.shared + direct.error)
    assert found.model.mean == pytest.approx(second.mean(axis=0) / 2)


def test_waves_a_year_apart_say_nothing_about_error(framework: Edition, tree: EditionTree) -> None:
    crowd = people(LEAST_PEOPLE)
    give_all(crowd, framework, half_steps(LEAST_PEOPLE), on=dt.date(2025, 9, 15))
    give_all(crowd, framework, half_steps(LEAST_PEOPLE, seed=2), on=dt.date(2026, 9, 15), wave=2)
    refresh_estimates(framework, by=None)
    assert "error" in rating_model(tree).provisional


def _with_360s(framework: Edition, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Forty people's own answers, and those of ten raters about each of the first `count`."""
    own, rng = half_steps(40), np.random.default_rng(3)
    crowd = people(40)
    give_all(crowd, framework, own)
    theirs = own[:count, None, :] + 1 + rng.normal(0, 1, (count, 10, 1)) + rng.normal(0, 1, (count, 10, 33))
    theirs = np.round(theirs).clip(0, 6)
    theirs[rng.random(theirs.shape) < 0.1] = np.nan
    for person, answers in zip(crowd, theirs, strict=False):
        closed_360(person, framework, RELATIONS, answers)
    return own, theirs


def test_closed_360s_say_what_a_rater_adds_and_how_each_kind_leans(framework: Edition, tree: EditionTree) -> None:
    own, theirs = _with_360s(framework, LEAST_PEOPLE)
    refresh_estimates(framework, by=None)
    found, gaps = rating_model(tree), (theirs - own[:LEAST_PEOPLE, None, :]) / 2
    peer = float(np.mean([np.nanmean(gap[:5]) for gap in gaps]))
    follower = float(np.mean([np.nanmean(gap[5:]) for gap in gaps]))
    assert not found.is_provisional
    assert found.model.bias["self"] == 0
    assert found.model.bias["peer"] == pytest.approx(peer)
    assert found.model.bias["follower"] == pytest.approx(follower)
    assert found.model.bias["coach"] == pytest.approx((peer + follower) / 2)
    bias = np.array([peer] * 5 + [follower] * 5)[:, None]
    direct = noise_within(table / 2 - bias for table in theirs)
    assert direct is not None
    assert found.model.halo == pytest.approx(direct.shared)
    assert found.model.error == pytest.approx(direct.error)
    assert found.model.severity == 0


def test_360s_of_fewer_than_thirty_people_change_nothing_but_how_kinds_lean(
    framework: Edition, tree: EditionTree
) -> None:
    _with_360s(framework, LEAST_PEOPLE - 1)
    refresh_estimates(framework, by=None)
    found = rating_model(tree)
    assert found.provisional == {"error", "raters"}
    assert found.model.halo == pytest.approx(SHARED)


def test_the_model_predicts_from_any_relation(framework: Edition, tree: EditionTree, forty: np.ndarray) -> None:
    refresh_estimates(framework, by=None)
    model = rating_model(tree).model
    for relation in Relation:
        level = blup([0, 1], ["a", "a"], [relation.value, relation.value], [3.0, 2.5], model=model).level
        assert level[0] > model.mean[0]


def test_the_newest_run_is_used_and_the_ones_before_stay(
    framework: Edition, tree: EditionTree, forty: np.ndarray
) -> None:
    refresh_estimates(framework, by=None)
    before = rating_model(tree)
    give_all(people(20), framework, half_steps(20, seed=9))
    assert rating_model(tree) is before
    refresh_estimates(framework, by=None)
    assert rating_model(tree).people == 60
    assert Estimate.objects.filter(kind=COMPONENTS).count() == 2


def test_reading_the_model_costs_one_query(
    framework: Edition, tree: EditionTree, forty: np.ndarray, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    refresh_estimates(framework, by=None)
    rating_model(tree)
    with django_assert_num_queries(1):
        rating_model(tree)


def test_a_run_leaves_an_audit_row_with_numbers_alone(framework: Edition, forty: np.ndarray) -> None:
    person = people(1)[0]
    refresh_estimates(framework, by=person)
    row = AuditEntry.objects.get(action="assessment.estimate")
    assert (row.actor, row.target) == (str(person.uid), f"edition:{framework.uid}")
    assert row.detail == {"people": 40, "ratings": int((~np.isnan(forty)).sum())}


def test_what_is_stored_is_plain_json(framework: Edition, forty: np.ndarray) -> None:
    for run in refresh_estimates(framework, by=None):
        assert json.loads(json.dumps(run.content, allow_nan=False)) == run.content


def test_of_a_large_association_an_even_share_is_read_all_waves_or_none(framework: Edition, tree: EditionTree) -> None:
    crowd = people(30)
    give_all(crowd, framework, half_steps(30), on=dt.date(2025, 9, 1))
    give_all(crowd, framework, half_steps(30, seed=2), on=dt.date(2026, 9, 1), wave=2)
    found = self_answers(tree, most=10)
    assert found.people == 10
    assert len(found.levels) == 20
    assert len(found.repeated()) == 10
    assert self_answers(tree).people == 30


def test_answers_of_others_hold_no_rater_and_no_self(framework: Edition, tree: EditionTree) -> None:
    _, theirs = _with_360s(framework, 2)
    found = answers_of_others(tree)
    assert [one.relations.count("peer") for one in found] == [5, 5]
    for one, answers in zip(found, theirs, strict=True):
        given = sorted(map(tuple, np.nan_to_num(one.levels, nan=-1)))
        assert given == sorted(map(tuple, np.nan_to_num(answers / 2, nan=-1)))


def test_a_list_of_attributes_has_a_trial_but_no_levels(framework: Edition) -> None:
    attributes = main_attributes()
    assert attributes is not None
    instrument = instrument_for(Edition.objects.get(pk=attributes.id), READINESS, by=None)
    assert [run.kind for run in refresh_estimates(instrument.edition, by=None)] == [TRIAL]


def test_the_command_works_out_every_edition_in_use_or_the_one_that_is_named(
    framework: Edition, forty: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("refresh_estimates")
    call_command("refresh_estimates", "nea-lcf/2020")
    assert capsys.readouterr().out == "nea-lcf/2020: worked out\n" * 2
    assert Estimate.objects.filter(kind=TRIAL).count() == 2
    with pytest.raises(CommandError):
        call_command("refresh_estimates", "nowhere")


def test_the_command_says_when_there_is_nothing_to_do(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("refresh_estimates")
    assert "nothing to work out" in capsys.readouterr().out


def test_once_a_week_is_due(framework: Edition, forty: np.ndarray) -> None:
    today = clock.today()
    assert refresh_due(today) == "1 editions worked out"
    assert refresh_due(today + dt.timedelta(days=6)) == "0 editions worked out"
    assert refresh_due(today + dt.timedelta(days=7)) == "1 editions worked out"
