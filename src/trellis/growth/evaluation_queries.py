"""Reads of evaluations: the questions for one person, the answers behind an effect, what was written, what is shown."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format

from trellis.assessment.estimates import rating_model
from trellis.assessment.form import Form, Point, form_of
from trellis.assessment.instruments import PROGRAM_EVALUATION, for_reader, shipped
from trellis.assessment.models import Moment, Rating, Remark, Response
from trellis.assessment.queries import answers_of
from trellis.core import clock
from trellis.framework.queries import edition_tree, main_tree
from trellis.framework.tree import EditionTree
from trellis.growth.effect import Batch, Shown, Told, shown
from trellis.growth.evaluation_access import own_asked_sign_ups
from trellis.growth.evaluation_rules import LEAST_REMARKS, span_of, themes_asked
from trellis.growth.models import Effect, SessionEvaluation
from trellis.learning.models import Offering, Session
from trellis.learning.when import there
from trellis.measure.gain import Differences
from trellis.people.models import Person

# An order that nobody can learn from; the system's own source needs no seed.
_shuffle = random.SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class Asked:
    """A session's questions on one occasion, laid out for one person, with what they have answered so far."""

    form: Form
    answers: dict[Point, int | None]
    remarks: dict[str, str]
    seconds: int


def asked_of_person(session: Session, moment: Moment, person: Person) -> Asked | None:
    """Lay out what a session asks a person; None when it asks about no theme. Three to five queries, no write."""
    evaluation = (
        SessionEvaluation.objects.select_related("before__instrument__edition__framework")
        .filter(session=session)
        .first()
    )
    definition = for_reader(evaluation.before.instrument.definition if evaluation else shipped()[PROGRAM_EVALUATION])
    tree = edition_tree(evaluation.before.instrument.edition) if evaluation else main_tree()
    if tree is None:
        return None
    themes = evaluation.themes if evaluation else themes_asked(session.offering.cells.all(), tree)
    if not themes:
        return None
    form = form_of(definition, tree, themes=themes, moment=moment)
    given = response_of(evaluation, moment, person) if evaluation else None
    return Asked(
        form,
        answers_of(given) if given else {},
        dict(given.remarks.values_list("item", "text")) if given else {},
        definition["seconds_per_question"],
    )


def response_of(evaluation: SessionEvaluation, moment: Moment, person: Person) -> Response | None:
    """Return what a person has answered before or after a session, or None; one query."""
    held = evaluation.before_id if moment == Moment.BEFORE else evaluation.after_id
    return Response.objects.filter(round=held, rater=person, subject=person).first()


def told_by_theme(evaluations: Iterable[SessionEvaluation]) -> dict[int, dict[str, dict[int, Told]]]:
    """Return the answers of who gave all three, by evaluation, theme code and person; only what is finished. One query.

    For releasing alone: nothing of it may be shown.
    """
    of_round = {}
    for one in evaluations:
        of_round[one.before_id] = of_round[one.after_id] = one.pk
    given: dict[tuple[int, str, int], dict[str, int]] = defaultdict(dict)
    rows = Rating.objects.filter(
        response__round__in=list(of_round), response__finished_at__isnull=False, value__isnull=False
    ).values_list("response__round_id", "theme__code", "response__subject_id", "aspect", "value")
    for held, code, person, aspect, value in rows:
        if held is not None and code is not None and person is not None and value is not None:
            given[of_round[held], code, person][aspect] = value
    found: dict[int, dict[str, dict[int, Told]]] = {key: defaultdict(dict) for key in of_round.values()}
    for (key, code, person), answers in given.items():
        if answers.keys() >= {"before", "after", "then"}:
            found[key][code][person] = Told(answers["before"], answers["after"], answers["then"])
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session that asks a person now."""

    session: Session
    moment: Moment
    is_answered: bool

    @property
    def is_after(self) -> bool:
        """Whether it is over."""
        return self.moment == Moment.AFTER


def waiting_evaluations(person: Person, *, session_uid: uuid.UUID | None = None) -> list[Waiting]:
    """Return the sessions that ask a person now, the one that ends first before the others; one query.

    With a uid only that session.
    """
    own = own_asked_sign_ups(person)
    if session_uid is not None:
        own = own.filter(session__uid=session_uid)
    given = Response.objects.filter(rater=person, subject=person, ratings__isnull=False)
    own = own.annotate(
        said_before=Exists(given.filter(round__evaluation_before__session=OuterRef("session"))),
        said_after=Exists(given.filter(round__evaluation_after__session=OuterRef("session"))),
    )
    now = clock.now()
    return [
        Waiting(one.session, Moment.AFTER, one.said_after)
        if one.session.ends_at <= now
        else Waiting(one.session, Moment.BEFORE, one.said_before)
        for one in own
    ]


@dataclass(frozen=True, slots=True)
class ThemeEffect:
    """What is shown of one theme that an offering teaches."""

    code: str
    name: str
    shown: Shown


def effects_of(offerings: Iterable[Offering], tree: EditionTree) -> dict[int, list[ThemeEffect]]:
    """Return by offering what it changed in each theme that it has asked about, in the framework's order.

    Whatever has not been released is hidden; what never asked is left out. Three queries for any number of offerings.
    """
    offerings = list(offerings)
    asked: dict[int, set[str]] = defaultdict(set)
    held = SessionEvaluation.objects.filter(session__offering__in=offerings)
    for key, themes in held.values_list("session__offering_id", "themes"):
        asked[key] |= set(themes)
    if not asked:
        return {}
    released, error = batches_of(offerings, tree), answer_error(tree)
    return {key: _theme_effects(codes, released[key], error, tree) for key, codes in asked.items()}


def effects_of_session(session: Session, tree: EditionTree) -> list[ThemeEffect]:
    """Return what one session changed, as far as it was released alone: a batch is never taken apart. Three queries."""
    codes: list[str] = SessionEvaluation.objects.filter(session=session).values_list("themes", flat=True).first() or []
    alone = (str(session.uid),)
    released = {
        code: [one for one in batches if one.sessions == alone]
        for code, batches in batches_of([session.offering], tree)[session.offering_id].items()
    }
    return _theme_effects(codes, released, answer_error(tree), tree)


def _theme_effects(
    codes: Iterable[str], released: Mapping[str, list[Batch]], error: float, tree: EditionTree
) -> list[ThemeEffect]:
    asked = set(codes)
    return [
        ThemeEffect(theme.code, theme.short, shown(released.get(theme.code, []), error, top=tree.top))
        for theme in tree.themes
        if theme.code in asked
    ]


def batches_of(offerings: Iterable[Offering], tree: EditionTree) -> dict[int, dict[str, list[Batch]]]:
    """Return the released batches of offerings, by their key and theme code; only those of this edition. One query.

    Another edition may ask about another wording, and what was asked in other words is never added up.
    """
    found: dict[int, dict[str, list[Batch]]] = defaultdict(lambda: defaultdict(list))
    for effect in Effect.objects.filter(offering__in=list(offerings), edition_id=tree.id):
        found[effect.offering_id][effect.theme_code].append(
            Batch(
                tuple(effect.sessions),
                Differences(effect.people, effect.before_mean, effect.before_spread),
                Differences(effect.people, effect.then_mean, effect.then_spread),
            )
        )
    return found


def answer_error(tree: EditionTree) -> float:
    """Return the variance of one answer about a theme, as the association's own answers say; one query."""
    return float(rating_model(tree).model.error)


def written_of(session: Session) -> dict[str, Any] | None:
    """Return what who runs a session may read of it: whether it is closed, until when it asks, and the remarks.

    None when it never asked. Two queries.
    """
    evaluation = SessionEvaluation.objects.select_related("after__instrument").filter(session=session).first()
    if evaluation is None:
        return None
    questions = {one["code"]: one["text"] for one in for_reader(evaluation.after.instrument.definition)["remarks"]}
    return {
        "is_closed": evaluation.closed_at is not None,
        "closes": date_format(there(span_of(session, Moment.AFTER)[1], session.zone), "DATE_FORMAT"),
        "remarks": [(questions[item], texts) for item, texts in remarks_of(evaluation).items() if item in questions],
        "least_remarks": LEAST_REMARKS,
    }


def remarks_of(evaluation: SessionEvaluation) -> Mapping[str, list[str]]:
    """Return what was written after a session, by the code of the question, in no order that tells who wrote it.

    Nothing before the answers are closed, and nothing of a question to which fewer than five wrote. One query.
    """
    if evaluation.closed_at is None:
        return {}
    written: dict[str, list[str]] = defaultdict(list)
    for item, text in Remark.objects.filter(response__round=evaluation.after_id).values_list("item", "text"):
        written[item].append(text)
    kept = {item: texts for item, texts in written.items() if len(texts) >= LEAST_REMARKS}
    for texts in kept.values():
        _shuffle(texts)
    return kept
