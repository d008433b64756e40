"""Reads of capstones: what its readers found, line by line, once all of them have read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from trellis.learning.models import Capstone, CapstoneReading, CapstoneStatus


@dataclass(frozen=True, slots=True)
class LineFound:
    """A line of the rubric with the words of the step that a reader chose."""

    title: str
    step: int
    words: str


@dataclass(frozen=True, slots=True)
class ReadingFound:
    """What one reader found, without who it was."""

    passes: bool
    comment: str
    lines: tuple[LineFound, ...]


def found_in(capstone: Capstone) -> list[ReadingFound]:
    """Return what was found in the newest submission; nothing while it is being read. Two queries."""
    if capstone.status == CapstoneStatus.SENT:
        return []
    return list(_readings(capstone))


def _readings(capstone: Capstone) -> Iterator[ReadingFound]:
    readings = CapstoneReading.objects.filter(
        capstone=capstone, submission=capstone.submission, sent_at__isnull=False
    ).prefetch_related("scores__line")
    for reading in readings:
        lines = tuple(
            LineFound(score.line.title, score.value, score.line.words[score.value]) for score in reading.scores.all()
        )
        yield ReadingFound(bool(reading.passes), reading.comment, lines)
