"""Writes of evaluations: make the rounds of a session, store answers, close and release. Atomic, with an audit row."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from trellis.assessment.actions import answer_page, instrument_for
from trellis.assessment.form import Point
from trellis.assessment.instruments import PROGRAM_EVALUATION
from trellis.assessment.models import Moment, Response, Round
from trellis.assessment.moments import begin_at, close_moment, move_moment, open_moment
from trellis.core import audit, clock
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree, main_edition
from trellis.framework.tree import EditionTree
from trellis.growth.effect import Batch, next_batches
from trellis.growth.evaluation_queries import told_by_theme
from trellis.growth.evaluation_rules import BEFORE_DAYS, span_of, themes_asked
from trellis.growth.models import Effect, SessionEvaluation
from trellis.learning.models import Offering, OfferingCell, Place, Session, SessionStatus
from trellis.people.models import Person


@transaction.atomic
def evaluation_of(session: Session, *, by: audit.Actor | None) -> SessionEvaluation | None:
    """Return a session's evaluation, made if need be, with rounds that ask at the times that the session has now.

    None when there is nothing to ask about: the session is cancelled, or teaches no cell of today's edition.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("offering", "unit").get(pk=session.pk)
    if session.status == SessionStatus.CANCELLED:
        return None
    known = SessionEvaluation.objects.select_related("before", "after").filter(session=session).first()
    if known is not None:
        for moment, held in _rounds(known):
            opens_at, closes_at = span_of(session, moment)
            move_moment(held, opens_at=opens_at, closes_at=closes_at, by=by)
        return known
    edition = main_edition()
    themes = themes_asked(session.offering.cells.all(), edition_tree(edition)) if edition else []
    if edition is None or not themes:
        return None
    made = SessionEvaluation.objects.create(
        session=session,
        before=_open(session, Moment.BEFORE, edition, by=by),
        after=_open(session, Moment.AFTER, edition, by=by),
        themes=themes,
    )
    audit.record(by=by, action="growth.evaluation", target=f"session:{session.uid}", detail={"themes": themes})
    return made


def _rounds(evaluation: SessionEvaluation) -> tuple[tuple[Moment, Round], ...]:
    return (Moment.BEFORE, evaluation.before), (Moment.AFTER, evaluation.after)


def _open(session: Session, moment: Moment, edition: Edition, *, by: audit.Actor | None) -> Round:
    opens_at, closes_at = span_of(session, moment)
    return open_moment(
        instrument_for(edition, PROGRAM_EVALUATION, by=by),
        moment,
        session.unit,
        name=session.offering.title,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
    )


@transaction.atomic
def answer_evaluation(
    session: Session, moment: Moment, answers: Mapping[Point, int | None], remarks: Mapping[str, str], *, by: Person
) -> Response:
    """Store what a person answers before or after a session; it can be changed until the round closes.

    That the session asks them now is for `evaluation_access` to say. Raises ValidationError when it asks nothing any
    more, its time is over, or nothing was answered.
    """
    evaluation = evaluation_of(session, by=by)
    if evaluation is None:
        raise ValidationError(_("There is nothing to answer here any more."))
    if not answers and not any(remarks.values()):
        raise ValidationError(_("Answer at least one question first."))
    held = evaluation.before if moment == Moment.BEFORE else evaluation.after
    response = begin_at(held, by=by, themes=evaluation.themes)
    answer_page(response, answers, remarks, answered_at=clock.now(), by=by)
    return response


def make_evaluations(on: dt.date) -> str:
    """Make the evaluations of the sessions that begin soon; returns a line without names."""
    now = clock.now()
    teaches = OfferingCell.objects.filter(offering=OuterRef("offering"), place=Place.TEACHES)
    soon = Session.objects.filter(
        Exists(teaches),
        status=SessionStatus.PLANNED,
        starts_at__lte=now + BEFORE_DAYS + dt.timedelta(days=1),
        ends_at__gt=now,
        evaluation=None,
    )
    made = sum(evaluation_of(session, by=None) is not None for session in soon)
    return f"{made} made"


def close_evaluations(on: dt.date) -> str:
    """Close the evaluations whose time is over, and release what may be released; returns a line without names."""
    over = SessionEvaluation.objects.filter(closed_at=None, after__closes_at__lte=clock.now())
    closed = list(over.select_related("before", "after", "session__offering").order_by("after__closes_at", "pk"))
    for evaluation in closed:
        _close(evaluation)
    offerings = {evaluation.session.offering_id: evaluation.session.offering for evaluation in closed}
    released = sum(release_effects(offering, by=None) for offering in offerings.values())
    return f"{len(closed)} closed, {released} released"


@transaction.atomic
def _close(evaluation: SessionEvaluation) -> None:
    for _moment, held in _rounds(evaluation):
        close_moment(held, by=None)
    evaluation.closed_at = clock.now()
    evaluation.save(update_fields=["closed_at"])
    audit.record(by=None, action="growth.evaluation.close", target=f"evaluation:{evaluation.uid}")


@transaction.atomic
def release_effects(offering: Offering, *, by: audit.Actor | None) -> int:
    """Release what the closed sessions of an offering changed, theme by theme, in batches of at least 10 people.

    What is released stays; sessions that have not reached 10 wait for the next. Returns how many batches are new.
    """
    Offering.objects.select_for_update().get(pk=offering.pk)
    closed = SessionEvaluation.objects.filter(session__offering=offering, closed_at__isnull=False)
    evaluations = list(
        closed.select_related("session", "before__instrument__edition__framework").order_by("after__closes_at", "pk")
    )
    gone: dict[str, set[str]] = defaultdict(set)
    for effect in Effect.objects.filter(offering=offering):
        gone[effect.theme_code] |= set(effect.sessions)
    told = told_by_theme(evaluations)
    new = 0
    for edition in {one.before.instrument.edition_id: one.before.instrument.edition for one in evaluations}.values():
        tree = edition_tree(edition)
        here = [one for one in evaluations if one.before.instrument.edition_id == edition.pk]
        for theme in tree.themes:
            waiting = [
                (str(one.session.uid), told[one.pk].get(theme.code, {}))
                for one in here
                if theme.code in one.themes and str(one.session.uid) not in gone[theme.code]
            ]
            batches, _rest = next_batches(waiting)
            new += len(Effect.objects.bulk_create(_effect(offering, tree, theme.code, batch) for batch in batches))
    if new:
        audit.record(by=by, action="growth.effect.release", target=f"offering:{offering.uid}", detail={"batches": new})
    return new


def _effect(offering: Offering, tree: EditionTree, code: str, batch: Batch) -> Effect:
    return Effect(
        offering=offering,
        edition_id=tree.id,
        theme_uid=tree.theme_by_code[code].uid,
        theme_code=code,
        sessions=list(batch.sessions),
        people=batch.people,
        before_mean=batch.before.mean,
        before_spread=batch.before.spread,
        then_mean=batch.then.mean,
        then_spread=batch.then.spread,
    )
