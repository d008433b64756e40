"""Begin, answer, finish: nothing is stored twice, nothing is lost, and each leaves one row of codes in the trail."""

import contextlib
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.assessment.answers import instrument_of, next_edition
from tests.cast import Cast
from trellis.assessment import instruments
from trellis.assessment.actions import Saved, answer, begin, finish, instrument_for, set_up_instruments
from trellis.assessment.form import Point
from trellis.assessment.models import Instrument, Rating, Response, Round
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.people.models import Person

EARLY = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
LATE = EARLY + dt.timedelta(hours=1)
Deed = Callable[[], Any]


def left_by(deed: Deed) -> list[AuditEntry]:
    """Return the audit rows that a deed leaves, refused or not."""
    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with contextlib.suppress(ValidationError):
        deed()
    return list(AuditEntry.objects.filter(pk__gt=last).order_by("pk"))


@pytest.fixture
def person(cast: Cast) -> Person:
    """A member."""
    return cast.own


@pytest.fixture
def instrument(framework: Edition) -> Instrument:
    """The short self-assessment."""
    return instrument_of(framework)


@pytest.fixture
def response(instrument: Instrument, person: Person) -> Response:
    """What the member has begun."""
    return begin(instrument, by=person)


def store(response: Response, theme: int, half: int | None, at: dt.datetime = EARLY, by: Person | None = None) -> Saved:
    return answer(response, Point("theme", theme), value=half, answered_at=at, by=by or response.rater)


def kept(response: Response, theme: int) -> tuple[int | None, bool]:
    rating = Rating.objects.get(response=response, theme_id=theme)
    return rating.value, rating.cannot_say


# begin


def test_beginning_again_finds_what_is_open(instrument: Instrument, person: Person, response: Response) -> None:
    assert left_by(lambda: begin(instrument, by=person)) == []
    assert begin(instrument, by=person) == response
    assert Response.objects.count() == 1


def test_beginning_after_a_new_edition_goes_on_with_the_old_one(person: Person, response: Response) -> None:
    assert begin(instrument_of(next_edition()), by=person) == response


def test_a_retake_is_a_new_wave_and_the_old_one_stays(
    instrument: Instrument, person: Person, response: Response, tree: EditionTree
) -> None:
    store(response, tree.themes[0].id, 3)
    finish(response, by=person)
    again = begin(instrument, by=person)
    assert (response.wave, again.wave) == (1, 2)
    assert not again.ratings.exists()
    assert kept(response, tree.themes[0].id) == (3, False)


def test_waves_are_counted_over_editions(person: Person, response: Response, tree: EditionTree) -> None:
    store(response, tree.themes[0].id, 3)
    finish(response, by=person)
    assert begin(instrument_of(next_edition()), by=person).wave == 2


def test_each_person_begins_their_own(instrument: Instrument, response: Response, cast: Cast) -> None:
    other = begin(instrument, by=cast.colleague)
    assert other != response
    assert (other.subject, other.rater, other.wave) == (cast.colleague, cast.colleague, 1)


def test_the_domains_are_asked_in_an_order_of_ones_own_that_is_kept(
    instrument: Instrument, cast: Cast, tree: EditionTree
) -> None:
    codes = [domain.code for domain in tree.domains]
    orders = {name: begin(instrument, by=cast.viewer(name)).domain_order for name in cast.persons if name != "gone"}
    assert all(sorted(order) == sorted(codes) for order in orders.values())
    # 15 persons and 5,040 orders: that all of them come out as the framework's own is out of the question.
    assert any(order != codes for order in orders.values())
    assert begin(instrument, by=cast.own).domain_order == orders["own"]


def test_an_instrument_that_is_not_shuffled_keeps_the_frameworks_order(
    instrument: Instrument, person: Person, tree: EditionTree
) -> None:
    instrument.definition = instrument.definition | {"domains_shuffled": False}
    assert begin(instrument, by=person).domain_order == [domain.code for domain in tree.domains]


def test_who_begins_within_a_round_answers_to_it(instrument: Instrument, cast: Cast) -> None:
    held = Round.objects.create(instrument=instrument, unit=cast.unit("Riverside"), name="Fall", opens_on=clock.today())
    assert begin(instrument, by=cast.own).round == held
    assert begin(instrument, by=cast.neighbour).round is None


# answer


def test_an_answer_is_stored(response: Response, tree: EditionTree) -> None:
    theme = tree.themes[4].id
    assert store(response, theme, 5) is Saved.STORED
    assert kept(response, theme) == (5, False)
    assert Rating.objects.get().answered_at == EARLY


def test_no_chance_is_missing_and_never_zero(response: Response, tree: EditionTree) -> None:
    none, zero = tree.themes[0].id, tree.themes[1].id
    store(response, none, None)
    store(response, zero, 0)
    assert kept(response, none) == (None, True)
    assert kept(response, zero) == (0, False)


def test_an_answer_can_become_no_chance_and_back(response: Response, tree: EditionTree) -> None:
    theme = tree.themes[0].id
    store(response, theme, 0)
    assert store(response, theme, None, LATE) is Saved.STORED
    assert kept(response, theme) == (None, True)
    assert store(response, theme, 0, LATE + dt.timedelta(minutes=1)) is Saved.STORED
    assert kept(response, theme) == (0, False)


@pytest.mark.parametrize("half", [0, 4, None])
def test_an_answer_sent_twice_is_one_answer(response: Response, tree: EditionTree, half: int | None) -> None:
    theme = tree.themes[0].id
    store(response, theme, half)
    rows = left_by(lambda: store(response, theme, half))
    assert rows == []
    assert store(response, theme, half, LATE) is Saved.UNCHANGED
    assert Rating.objects.count() == 1


def test_of_two_devices_the_later_answer_stands_whichever_arrives_first(response: Response, tree: EditionTree) -> None:
    one, other = tree.themes[0].id, tree.themes[1].id
    assert (store(response, one, 2, EARLY), store(response, one, 4, LATE)) == (Saved.STORED, Saved.STORED)
    assert store(response, other, 4, LATE) is Saved.STORED
    assert left_by(lambda: store(response, other, 2, EARLY)) == []
    assert store(response, other, 2, EARLY) is Saved.OLDER
    assert kept(response, one) == kept(response, other) == (4, False)


def test_an_answer_kept_on_a_phone_gives_way_to_a_later_no_chance(response: Response, tree: EditionTree) -> None:
    theme = tree.themes[0].id
    store(response, theme, None, LATE)
    assert store(response, theme, 3, EARLY) is Saved.OLDER
    assert kept(response, theme) == (None, True)


def test_a_theme_of_another_edition_is_refused(response: Response) -> None:
    foreign = next_edition().themes.first()
    assert foreign is not None
    with pytest.raises(ValidationError, match="not part of this assessment"):
        store(response, foreign.pk, 2)
    with pytest.raises(ValidationError, match="not part of this assessment"):
        store(response, 0, 2)
    assert not Rating.objects.exists()


def test_somebody_elses_answers_cannot_be_given(response: Response, cast: Cast, tree: EditionTree) -> None:
    with pytest.raises(ValidationError):
        store(response, tree.themes[0].id, 2, by=cast.president)
    assert not Rating.objects.exists()


def test_a_finished_wave_takes_no_more_answers(response: Response, person: Person, tree: EditionTree) -> None:
    store(response, tree.themes[0].id, 2)
    finished = finish(response, by=person)
    for known in (finished, response):  # the second is as the other device has read it, before
        with pytest.raises(ValidationError, match="stay as they are"):
            store(known, tree.themes[0].id, 4, LATE)
        with pytest.raises(ValidationError, match="stay as they are"):
            store(known, tree.themes[1].id, 4, LATE)
    assert kept(response, tree.themes[0].id) == (2, False)
    assert Rating.objects.count() == 1


# finish


def test_finishing_needs_an_answer(response: Response, person: Person) -> None:
    with pytest.raises(ValidationError, match="at least one question"):
        finish(response, by=person)
    assert Response.objects.get().finished_at is None


def test_finishing_twice_keeps_the_first_moment(
    response: Response, person: Person, tree: EditionTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(response, tree.themes[0].id, None)
    monkeypatch.setattr(clock, "now", lambda: LATE)
    assert finish(response, by=person).finished_at == LATE
    monkeypatch.setattr(clock, "now", lambda: LATE + dt.timedelta(days=1))
    assert left_by(lambda: finish(response, by=person)) == []
    assert finish(response, by=person).finished_at == LATE


def test_only_the_person_can_finish(response: Response, cast: Cast, tree: EditionTree) -> None:
    store(response, tree.themes[0].id, 1)
    with pytest.raises(Response.DoesNotExist):
        finish(response, by=cast.president)


# the trail


def test_each_deed_leaves_one_row_and_nothing_personal(
    instrument: Instrument, person: Person, tree: EditionTree, framework: Edition
) -> None:
    theme = tree.themes[2].id
    rows = left_by(lambda: begin(instrument, by=person))
    response = Response.objects.get()
    rows += left_by(lambda: store(response, theme, 5))
    rows += left_by(lambda: store(response, theme, None, LATE))
    rows += left_by(lambda: finish(response, by=person))
    target = f"response:{response.uid}"
    assert [(row.action, row.target, row.detail) for row in rows] == [
        ("assessment.begin", target, {"wave": 1}),
        ("assessment.answer", target, {"theme": str(theme)}),
        ("assessment.answer", target, {"theme": str(theme)}),
        ("assessment.finish", target, {"wave": 1}),
    ]
    assert {row.actor for row in rows} == {str(person.uid)}
    assert audit.first_broken() is None


def test_a_refused_deed_leaves_no_row(response: Response, cast: Cast, tree: EditionTree) -> None:
    assert left_by(lambda: finish(response, by=cast.own)) == []
    assert left_by(lambda: store(response, 0, 2)) == []
    assert left_by(lambda: store(response, tree.themes[0].id, 2, by=cast.coach)) == []


# instruments


def test_an_edition_gets_its_instrument_once(framework: Edition, person: Person) -> None:
    Instrument.objects.filter(edition=framework).delete()
    rows = left_by(lambda: instrument_for(framework, instruments.SHORT_SELF, by=person))
    made = Instrument.objects.filter(edition=framework)
    asked = {code for code, content in instruments.shipped().items() if content["asks"] != "attribute"}
    assert {one.code for one in made} == asked
    assert {(row.action, row.target) for row in rows} == {
        ("assessment.instrument", f"instrument:{one.uid}") for one in made
    }
    assert left_by(lambda: set_up_instruments(framework, by=person)) == []
    assert instrument_for(framework, instruments.SHORT_SELF, by=person) == made.get(code=instruments.SHORT_SELF)


def test_a_newer_version_that_comes_with_a_release_is_asked_from_then_on(
    instrument: Instrument, framework: Edition, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = instruments.shipped()[instruments.SHORT_SELF] | {"version": 2, "question": "Which step?"}
    monkeypatch.setattr("trellis.assessment.actions.shipped", lambda: {content["code"]: content})
    newer = instrument_for(framework, instruments.SHORT_SELF, by=person)
    assert (newer.version, newer.definition["question"]) == (2, "Which step?")
    assert instrument_for(framework, instruments.SHORT_SELF, by=person) == newer
    assert Instrument.objects.get(pk=instrument.pk).definition["question"] != "Which step?"


def test_an_instrument_that_nobody_has_is_not_found(framework: Edition) -> None:
    with pytest.raises(LookupError):
        instrument_for(framework, "horoscope", by=None)
