"""Sessions with people in them, moved through time, and what those people answer before and after."""

import datetime as dt
from collections.abc import Iterable, Mapping

from tests.cast import Cast
from tests.growth.plan.sessions import DAY, offering
from trellis.assessment.actions import instrument_for
from trellis.assessment.instruments import SHORT_SELF
from trellis.assessment.models import Moment, Rating, Response, Round
from trellis.core import clock
from trellis.framework.queries import main_edition
from trellis.framework.tree import EditionTree, ThemeNode
from trellis.growth.evaluation_actions import answer_evaluation, close_evaluations, evaluation_of
from trellis.growth.evaluation_queries import asked_of_person
from trellis.growth.models import SessionEvaluation
from trellis.learning.models import Offering, Session, SignUp
from trellis.people.models import Membership, Person, Unit

HOUR = dt.timedelta(hours=1)


def held(of: Offering, *, starts: dt.timedelta, hours: int = 2) -> Session:
    """A session of an offering that begins so long from now (or began, when it is negative)."""
    at = clock.now() + starts
    return Session.objects.create(
        offering=of,
        unit=of.unit,
        starts_at=at,
        ends_at=at + hours * HOUR,
        zone="America/Denver",
        place="Hall",
        seats=40,
    )


def a_session(cast: Cast, tree: EditionTree, *, starts: dt.timedelta = DAY) -> Session:
    """A session of Riverside that teaches the first step of the first theme."""
    theme = tree.themes[0]
    return held(offering(cast, theme, theme.cells[0]), starts=starts)


def seat(session: Session, *people: Person) -> None:
    """Give these people a seat."""
    SignUp.objects.bulk_create(SignUp(session=session, person=person) for person in people)


def crowd(unit: Unit, many: int, *, begin: int = 0) -> list[Person]:
    """So many members of a unit who are nobody of the cast."""
    people = Person.objects.bulk_create(
        Person(email=f"crowd{unit.pk}-{number}@example.org", given_name=f"P{number}", family_name="Crowd")
        for number in range(begin, begin + many)
    )
    since = clock.today() - 300 * DAY
    Membership.objects.bulk_create(Membership(person=person, unit=unit, since=since) for person in people)
    return people


def move(session: Session, *, starts: dt.timedelta) -> Session:
    """Let a session begin so long from now, as if time had passed."""
    length = session.ends_at - session.starts_at
    session.starts_at = clock.now() + starts
    session.ends_at = session.starts_at + length
    session.save()
    return session


def say(session: Session, moment: Moment, person: Person, *values: int, remark: str = "") -> None:
    """Let a person answer: one value for each question, in half-steps."""
    asked = asked_of_person(session, moment, person)
    assert asked is not None
    answers = {question.point: value for question, value in zip(asked.form.questions, values, strict=True)}
    answer_evaluation(session, moment, answers, {"use": remark} if remark else {}, by=person)


def answered(session: Session, theme: ThemeNode, told: Iterable[tuple[Person, int, int, int]]) -> SessionEvaluation:
    """Store what people said of a theme before, after and looking back, in few statements, and close it.

    The session must be over for longer than its people are asked.
    """
    evaluation = evaluation_of(session, by=None)
    assert evaluation is not None
    ratings = []
    for person, before, after, then in told:
        seat(session, person)
        for held_round, given in (
            (evaluation.before, {"before": before}),
            (evaluation.after, {"after": after, "then": then}),
        ):
            ratings += _response(held_round, person, evaluation.themes, theme, given)
    Rating.objects.bulk_create(ratings)
    close_evaluations(clock.today())
    return SessionEvaluation.objects.get(pk=evaluation.pk)


def _response(
    held_round: Round, person: Person, themes: list[str], theme: ThemeNode, given: dict[str, int]
) -> list[Rating]:
    wave = Response.objects.filter(rater=person, instrument=held_round.instrument).count() + 1
    response = Response.objects.create(
        instrument=held_round.instrument, round=held_round, moment=held_round.moment, subject=person, rater=person,
        wave=wave, themes=themes,
    )  # fmt: skip
    return [Rating(response=response, theme_id=theme.id, aspect=aspect, value=value) for aspect, value in given.items()]


def stand(
    tree: EditionTree, people: Iterable[Person], levels: Mapping[str, int], *, on: dt.datetime | None = None
) -> None:
    """Let people finish a short self-assessment that says the same of each: levels by theme code, no others."""
    edition = main_edition()
    assert edition is not None
    instrument, at = instrument_for(edition, SHORT_SELF, by=None), on or clock.now()
    responses = Response.objects.bulk_create(
        Response(
            instrument=instrument, subject=person, rater=person, started_at=at, finished_at=at,
            wave=Response.objects.filter(subject=person).count() + 1,
        )
        for person in people
    )  # fmt: skip
    Rating.objects.bulk_create(
        Rating(response=response, theme_id=tree.theme_by_code[code].id, value=2 * level)
        for response in responses
        for code, level in levels.items()
    )
