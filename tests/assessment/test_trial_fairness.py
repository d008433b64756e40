"""Fairness: a planted difference is flagged, small groups are neither checked nor told, and a panel decides."""

import numpy as np
import pytest

from tests.assessment.answers import instrument_of
from tests.assessment.crowd import a_unit, give_all, half_steps, people
from trellis.assessment.trial_fairness import fairness
from trellis.assessment.trial_table import trial_table
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.measure.fairness import FairnessReport, check_fairness
from trellis.people.models import Person


def _stored(framework: Edition, spanish: int, english: int, *, harder: int | None = None) -> np.ndarray:
    """Store answers of two groups by language, the Spanish ones lower by a level on one theme."""
    answers = half_steps(spanish + english, seed=6)
    if harder is not None:
        answers[:spanish, harder] = (answers[:spanish, harder] - 2).clip(0)
    give_all([*people(spanish, language="es"), *people(english)], framework, answers)
    return answers


def _of(framework: Edition, name: str) -> dict:
    found = fairness(trial_table(instrument_of(framework)))
    return next(each for each in found if each["attribute"] == name)


def test_a_theme_that_is_harder_for_a_group_is_flagged(framework: Edition, tree: EditionTree) -> None:
    answers = _stored(framework, 220, 240, harder=1)
    found = _of(framework, "language")
    assert found["groups"] == [{"group": "en", "people": 240}, {"group": "es", "people": 220}]
    (comparison,) = found["comparisons"]
    assert (comparison["group"], comparison["checked"]) == ("en", 33)
    (flag,) = comparison["flagged"]
    assert (flag["code"], flag["size"], flag["higher"]) == (tree.themes[1].code, "large", True)
    assert flag["confirmed"]
    in_domain = len(tree.domains[0].themes)
    direct = check_fairness(answers[:, :in_domain], np.repeat([0, 1], [220, 240]))
    assert isinstance(direct, FairnessReport)
    assert flag["difference"] == pytest.approx(abs(direct.items[1].difference), abs=0.005)
    assert flag["chi2"] == pytest.approx(direct.items[1].mantel_chi2, abs=0.05)


def test_in_a_domain_of_two_themes_the_one_that_differs_is_flagged(framework: Edition, tree: EditionTree) -> None:
    place, domain = next(
        (tree.themes.index(domain.themes[0]), domain) for domain in tree.domains if len(domain.themes) == 2
    )
    _stored(framework, 220, 240, harder=place)
    (comparison,) = _of(framework, "language")["comparisons"]
    assert [flag["code"] for flag in comparison["flagged"]] == [domain.themes[0].code]


def test_the_same_answers_in_both_groups_flag_nothing(framework: Edition) -> None:
    _stored(framework, 220, 240)
    (comparison,) = _of(framework, "language")["comparisons"]
    assert comparison["flagged"] == []


def test_with_199_people_in_a_group_nothing_is_checked(framework: Edition) -> None:
    _stored(framework, 199, 240, harder=7)
    assert _of(framework, "language")["comparisons"] == []


def test_complete_answers_count_and_not_people(framework: Edition) -> None:
    answers = half_steps(400, seed=6)
    answers[:2] = np.nan
    give_all([*people(200, language="es"), *people(200)], framework, answers)
    assert _of(framework, "language")["comparisons"] == []


def test_a_small_group_is_hidden_and_the_next_larger_one_with_it(framework: Edition) -> None:
    give_all([*people(4, language="es"), *people(12, language="fr"), *people(40)], framework, half_steps(56))
    found = {each["group"]: each["people"] for each in _of(framework, "language")["groups"]}
    assert found == {"en": 40, "fr": None, "es": None}


def test_two_groups_of_which_one_is_small_are_both_hidden(framework: Edition) -> None:
    give_all([*people(4, language="es"), *people(40)], framework, half_steps(44))
    assert {each["people"] for each in _of(framework, "language")["groups"]} == {None}


def test_a_few_who_are_in_no_group_cannot_be_worked_out(framework: Edition) -> None:
    """All people answered from the top of the association, so that no state has them: nothing is said of states."""
    give_all(people(40, unit=a_unit()), framework, half_steps(40))
    assert _of(framework, "state")["groups"] == []
    assert _of(framework, "state")["comparisons"] == []


def test_without_answers_nobody_is_asked_for(framework: Edition) -> None:
    assert fairness(trial_table(instrument_of(framework))) == []
    assert Person.objects.count() == 0
