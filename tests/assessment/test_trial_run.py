"""One run of the trial: nothing of few people in what is stored, rounds that may stand alone, changes in batches."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.assessment.answers import instrument_of
from tests.assessment.crowd import a_unit, closed_360, give_all, half_steps, people
from tests.cast import Cast
from trellis.assessment.actions import instrument_for
from trellis.assessment.estimates import refresh_estimates
from trellis.assessment.instruments import READINESS, THREE_SIXTY
from trellis.assessment.models import (
    Estimate,
    Instrument,
    Rating,
    ReadinessMeeting,
    Relation,
    Response,
    Round,
)
from trellis.assessment.trial_run import trial_of
from trellis.assessment.trial_table import layout_of, trial_table
from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.framework.queries import main_attributes
from trellis.people.models import Person

FIGURES = {"alpha", "omega", "icc", "again", "median", "curve", "share", "flagged", "value"}


def _run(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = refresh_estimates(edition, by=None)[-1].content["instruments"]
    return found


def _of(instrument: Instrument) -> dict[str, Any]:
    found: dict[str, Any] = _run(instrument.edition)[str(instrument.uid)]
    return found


def _a_round(framework: Edition, opens: dt.date) -> Round:
    return Round.objects.create(
        instrument=instrument_of(framework), unit=a_unit(), name=f"{opens.year}", opens_on=opens
    )


def _leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, path)
    else:
        yield path, node


def test_of_nine_people_nothing_is_stored_but_that_they_are_few(framework: Edition) -> None:
    held = _a_round(framework, dt.date(2026, 1, 1))
    give_all(people(9), framework, half_steps(9, missing=0.3), held=held)
    found = _of(instrument_of(framework))
    stand = found.pop("stand")
    assert set(stand) == {"as_of", "counted", "timeless", "one_in"}  # for the next run alone; no page reads these
    assert found["cuts"] == {}
    assert found["whole"]["retest"] is None
    assert all(not attribute["comparisons"] for attribute in found["whole"]["fairness"])
    numbers = [(path, leaf) for path, leaf in _leaves(found) if isinstance(leaf, int | float)]
    assert {path.rsplit("/", 1)[-1] for path, _ in numbers} <= {"needed"}
    assert {leaf for path, leaf in _leaves(found["whole"]) if path.endswith(("people", "responses"))} <= {"<10", None}


def test_of_fewer_than_thirty_people_there_is_no_reliability(framework: Edition) -> None:
    give_all(people(29), framework, half_steps(29))
    found = _of(instrument_of(framework))
    assert not any("alpha" in path for path, _ in _leaves(found))


def test_every_instrument_is_on_trial_without_an_answer(framework: Edition) -> None:
    instrument_for(framework, THREE_SIXTY, by=None)
    found = _run(framework)
    assert set(found) == {str(one.uid) for one in Instrument.objects.filter(edition=framework)}
    assert len(found) == 4
    assert not {path.rsplit("/", 1)[-1] for path, _ in _leaves(found)} & (FIGURES - {"value"})


def test_a_round_may_be_looked_at_alone_when_it_and_the_rest_are_large_enough(framework: Edition) -> None:
    crowd = people(60)
    first, second = (_a_round(framework, dt.date(year, 9, 1)) for year in (2025, 2026))
    give_all(crowd[:40], framework, half_steps(40), held=first)
    give_all(crowd, framework, half_steps(60), held=second, wave=2)
    found = _of(instrument_of(framework))
    assert set(found["cuts"]) == {str(first.uid), str(second.uid)}
    assert found["cuts"][str(first.uid)]["people"] == "40"
    assert found["whole"]["people"] == "60"
    assert found["cuts"][str(first.uid)]["reliability"][0]["alpha"]


@pytest.mark.parametrize("small", [1, 9])
def test_a_round_may_not_be_looked_at_alone_when_the_rest_are_a_few(framework: Edition, small: int) -> None:
    crowd = people(60)
    first, second = (_a_round(framework, dt.date(year, 9, 1)) for year in (2025, 2026))
    give_all(crowd[:small], framework, half_steps(small), held=first)
    give_all(crowd, framework, half_steps(60), held=second, wave=2)
    assert _of(instrument_of(framework))["cuts"] == {}


def test_response_rates_count_members_of_the_rounds_unit(framework: Edition, cast: Cast) -> None:
    everybody = people(40, unit=cast.unit("Lincoln"))
    held = Round.objects.create(
        instrument=instrument_of(framework), unit=cast.unit("Riverside"), name="Spring", opens_on=clock.today()
    )
    give_all(everybody[:25], framework, half_steps(25), held=held)
    (row,) = _of(instrument_of(framework))["rounds"]
    # Forty, and the eight of the cast who are active members of Riverside today and the coach.
    assert (row["asked"], row["answered"]) == ("49", "25")
    assert row["share"]["text"] == "51"


def test_the_few_who_did_not_answer_cannot_be_worked_out(framework: Edition) -> None:
    everybody = people(40)
    held = _a_round(framework, clock.today())
    give_all(everybody[:38], framework, half_steps(38), held=held)
    (row,) = _of(instrument_of(framework))["rounds"]
    assert (row["asked"], row["answered"], row["share"]["text"]) == ("40", "≥31", "≥77")


def test_figures_stay_until_ten_answers_have_changed(framework: Edition) -> None:
    instrument, crowd = instrument_of(framework), people(60)
    give_all(crowd[:40], framework, half_steps(40))
    before = _of(instrument)
    today = clock.today()
    give_all(crowd[40:49], framework, half_steps(9), on=today + dt.timedelta(days=1))
    later = clock.now() + dt.timedelta(days=2)
    contents = trial_of(framework, {"instruments": {str(instrument.uid): before}}, later)
    assert contents["instruments"][str(instrument.uid)] == before
    give_all(crowd[49:50], framework, half_steps(1), on=today + dt.timedelta(days=1))
    contents = trial_of(framework, {"instruments": {str(instrument.uid): before}}, later)
    assert contents["instruments"][str(instrument.uid)]["whole"]["people"] == "50"


def test_who_leaves_cannot_be_worked_out_from_the_next_run(framework: Edition) -> None:
    instrument, crowd = instrument_of(framework), people(50)
    give_all(crowd, framework, half_steps(50))
    before = _of(instrument)
    Person.objects.get(pk=crowd[0].pk).responses_about.all().delete()
    assert _of(instrument) == before
    Response.objects.filter(subject__in=crowd[1:10]).delete()
    assert _of(instrument)["whole"]["people"] == "40"


def test_an_open_meetings_answers_are_not_there_yet(cast: Cast) -> None:
    attributes = main_attributes()
    assert attributes is not None
    instrument = instrument_for(Edition.objects.get(pk=attributes.id), READINESS, by=None)
    held = Round.objects.create(
        instrument=instrument, unit=cast.unit("Riverside"), name="Tonight", opens_on=clock.today()
    )
    meeting = ReadinessMeeting.objects.create(round=held, code="ABC123")
    responses = Response.objects.bulk_create(
        Response(instrument=instrument, round=held, started_at=None) for _ in range(35)
    )
    rng = np.random.default_rng(2)
    Rating.objects.bulk_create(
        Rating(response=response, attribute_id=attribute.id, value=int(rng.integers(0, 3)))
        for response in responses
        for attribute in attributes.attributes
    )
    assert _of(instrument)["whole"]["people"] == "<10"
    assert trial_table(instrument).given == ()
    meeting.closed_at = clock.now()
    meeting.save()
    found = _of(instrument)
    assert found["whole"]["people"] == "35"
    assert all("alpha" in scale for scale in found["whole"]["reliability"])
    assert found["whole"]["fairness"] == []  # nobody knows who they were


def test_360s_are_counted_over_all_people_together(framework: Edition) -> None:
    crowd, rng = people(12), np.random.default_rng(1)
    give_all(crowd, framework, half_steps(12))
    kinds = [Relation.PEER] * 6
    for person in crowd:
        three_sixty = closed_360(person, framework, kinds, rng.integers(0, 7, (6, 33)).astype(float))
        audit.record(by=None, action="three_sixty.open", target=f"three-sixty:{three_sixty.uid}", detail={"raters": 8})
    found = _of(instrument_for(framework, THREE_SIXTY, by=None))
    assert found["closed"] == {
        "people": "12",
        "asked": "96",
        "answered": "72",
        "share": {"text": "75", "value": 75},
    }
    assert found["rounds"] == []
    assert all("icc" not in scale for scale in found["whole"]["agreement"])


def test_360s_of_fewer_than_ten_people_are_not_counted(framework: Edition) -> None:
    person = people(1)[0]
    closed_360(person, framework, [Relation.PEER] * 5, np.full((5, 33), 3.0))
    found = _of(instrument_for(framework, THREE_SIXTY, by=None))
    assert found["closed"] == {"people": "<10"}
    assert found["whole"]["passed"] == []


def test_the_deep_form_has_a_scale_for_each_theme(framework: Edition) -> None:
    instrument = instrument_for(framework, "deep-self", by=None)
    table = trial_table(instrument)
    assert [scale.code for scale in table.scales] == [page.code for page in layout_of(instrument).pages]
    first = layout_of(instrument).pages[0]
    assert len(table.scales[0].columns) == len(first.blocks)  # each statement once, by how often


def test_of_a_large_association_an_even_share_of_people_is_read(framework: Edition) -> None:
    crowd = people(30)
    give_all(crowd, framework, half_steps(30))
    give_all(crowd, framework, half_steps(30, seed=2), wave=2)
    table = trial_table(instrument_of(framework), most=10)
    assert table.one_in == 3
    assert len({one.person for one in table.given}) == 10
    assert len(table.given) == 20
    assert trial_table(instrument_of(framework)).one_in == 1


def test_a_run_of_before_is_kept(framework: Edition) -> None:
    _run(framework)
    _run(framework)
    assert Estimate.objects.filter(kind="trial").count() == 2
