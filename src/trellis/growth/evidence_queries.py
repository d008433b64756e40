"""Reads of evidence: what counts for whom, who may be asked to read, what waits, and how alike two coaches read."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from trellis.core import clock
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode, EditionTree, StatementNode, ThemeNode
from trellis.growth.double_reading import Agreement, DoubleReading, agreement_of
from trellis.growth.models import Decision, Evidence, Reading, ReadingAnswer, SecondReading
from trellis.people.models import Person
from trellis.people.queries import coaches_of


class Attested(NamedTuple):
    """One piece of evidence that counts today: for which theme (uid, in any edition) and level, since and until when.

    `readers_differ` says that two coaches judged it differently, and that nobody has settled it yet.
    """

    uid: UUID
    theme_uid: UUID
    cell_code: str
    level: int
    kind: str
    attested_on: dt.date
    expires_on: dt.date
    readers_differ: bool


def attested_of(person_ids: Iterable[int]) -> dict[int, tuple[Attested, ...]]:
    """Return the evidence that counts today by person key, highest level first; who has none is left out. One query."""
    found: dict[int, list[Attested]] = defaultdict(list)
    rows = (
        Evidence.objects.filter(person_id__in=list(person_ids))
        .counting(clock.today())
        .order_by("-level", "-attested_on", "-pk")
        .values_list(
            "person_id", "uid", "theme_uid", "cell_code", "level", "kind", "attested_on", "expires_on", "second"
        )
    )
    for person, uid, theme, code, level, kind, since, until, second in rows:
        # The database holds that what is attested has both dates.
        if since is not None and until is not None:
            found[person].append(Attested(uid, theme, code, level, kind, since, until, second == SecondReading.DIFFER))
    return {person: tuple(rows) for person, rows in found.items()}


def attested_levels_of(person_ids: Iterable[int]) -> dict[int, dict[UUID, tuple[int, ...]]]:
    """Return the levels that evidence supports today, by person key and theme uid, lowest first; one query."""
    return {person: _levels(rows) for person, rows in attested_of(person_ids).items()}


def attested_levels(person: Person) -> dict[UUID, tuple[int, ...]]:
    """Return the levels that a person's evidence supports today, by theme uid, lowest first; one query."""
    return attested_levels_of([person.pk]).get(person.pk, {})


def _levels(rows: Iterable[Attested]) -> dict[UUID, tuple[int, ...]]:
    levels: dict[UUID, set[int]] = defaultdict(set)
    for row in rows:
        levels[row.theme_uid].add(row.level)
    return {theme: tuple(sorted(found)) for theme, found in levels.items()}


def statements_of(evidence: Evidence) -> tuple[StatementNode, ...]:
    """Return the statements that the evidence is read against: those of its cell, in the edition it was sent for."""
    cell = edition_tree(evidence.edition).cell_by_code.get(evidence.cell_code)
    return cell.statements if cell is not None else ()


def place_in(tree: EditionTree, evidence: Evidence) -> tuple[ThemeNode, CellNode] | None:
    """Return the theme and the cell that the evidence is for in an edition, None when it has them no more."""
    theme = next((each for each in tree.themes if each.uid == evidence.theme_uid), None)
    cell = next((each for each in theme.cells if each.level == evidence.level), None) if theme else None
    return (theme, cell) if theme is not None and cell is not None and cell.statements else None


def second_reader_exists(evidence: Evidence) -> bool:
    """Say whether anybody else than the first reader could read it a second time today; two queries."""
    return any(coach.pk != evidence.read_by_id for coach in coaches_of(evidence.person))


def second_reading_agreement() -> Agreement:
    """Return how alike two coaches read the same evidence, over all that was read twice; two queries.

    Only attested evidence is drawn, so this says how firm attestations are, and nothing of what was sent back.
    """
    pairs: dict[tuple[int, int], DoubleReading] = {}
    decided = Reading.objects.filter(is_second=True).values_list("evidence_id", "submission", "decision")
    for evidence, submission, decision in decided:
        pairs[evidence, submission] = DoubleReading({}, {}, same_decision=decision == Decision.ATTEST)
    rows = ReadingAnswer.objects.filter(
        reading__evidence__in=Reading.objects.filter(is_second=True).values("evidence")
    ).values_list("reading__evidence_id", "reading__submission", "reading__is_second", "statement_uid", "shown")
    for evidence, submission, is_second, statement, shown in rows:
        pair = pairs.get((evidence, submission))
        if pair is not None:
            (pair.second if is_second else pair.first)[statement] = shown
    return agreement_of([pairs[key] for key in sorted(pairs)])


class Rubric(NamedTuple):
    """What one reader found: the reading, and each statement's words with how far it was shown (None: not answered)."""

    reading: Reading
    answers: tuple[tuple[str, int | None], ...]


def rubrics(evidence: Evidence, *, both: bool, own_words: bool = False) -> tuple[Rubric, ...]:
    """Return the readings of the submission at hand, the first reader's and, with `both`, the second's; two queries.

    The statements are those about another, or with `own_words` those that the evidence's owner says of themselves.
    """
    found = evidence.readings.filter(submission=evidence.submission).select_related("reader")
    if not both:
        found = found.filter(is_second=False)
    words = {
        statement.uid: statement.text_self if own_words else statement.text_other
        for statement in statements_of(evidence)
    }
    rows = []
    for reading in found.order_by("is_second").prefetch_related("answers"):
        shown = {answer.statement_uid: answer.shown for answer in reading.answers.all()}
        rows.append(Rubric(reading, tuple((text, shown.get(uid)) for uid, text in words.items())))
    return tuple(rows)


def last_rubric(evidence: Evidence) -> Rubric | None:
    """Return what the first reader found in the submission at hand, for its owner; None before it was read."""
    return next(iter(rubrics(evidence, both=False, own_words=True)), None)
