"""A page of questions with the answers given so far, ready for its template (assessment/parts/questions.html)."""

from collections.abc import Mapping
from dataclasses import dataclass

from trellis.assessment.form import CANNOT_SAY, Block, Choice, Page, Point, Question, is_asked


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be picked; `said` is the id of the ideas that describe it, `leads` that it asks for more."""

    id: str
    value: str
    label: str
    ideas: tuple[str, ...]
    said: str
    can_begin_next: bool
    picked: bool
    begun: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `label_id` is empty when the block's own words ask it, `apart` is the "cannot say" answer."""

    name: str
    text: str
    label_id: str
    is_ladder: bool
    is_follow_up: bool
    options: tuple[Option, ...]
    apart: Option | None
    begun: str


@dataclass(frozen=True, slots=True)
class FilledBlock:
    """Questions about one thing; `left` is how many of them are asked and not answered yet."""

    id: str
    heading: str
    text: str
    questions: tuple[Asked, ...]
    left: int


def filled(page: Page, answers: Mapping[Point, int | None]) -> tuple[FilledBlock, ...]:
    """Return a page's blocks with what was picked; a point that `answers` lacks has nothing picked, None is "cannot
    say". Ids are unique in the page and stay the same, so a link may lead to a block (`id="b-<its first point>"`).
    """
    return tuple(_block(block, answers) for block in page.blocks)


def left_on(page: Page, answers: Mapping[Point, int | None]) -> int:
    """Return how many of a page's blocks still lack an answer that is asked."""
    return sum(_left(block, answers) > 0 for block in page.blocks)


def questions_left(page: Page, answers: Mapping[Point, int | None]) -> int:
    """Return how many questions of a page are asked, as far as these answers tell, and not answered yet."""
    return sum(_left(block, answers) for block in page.blocks)


def told(page: Page, answers: Mapping[Point, int | None]) -> list[tuple[Block, list[tuple[str, str]]]]:
    """Return a page's blocks with what was answered, in words: (what was asked when there is more than one, answer)."""
    return [
        (
            block,
            [
                (question.text if len(block.questions) > 1 else "", _words(question, answers[question.point]))
                for question in block.questions
                if question.point in answers
            ],
        )
        for block in page.blocks
    ]


def _words(question: Question, value: int | None) -> str:
    picked, begun = question.picked(value)
    label = next(choice.label for choice in question.choices if choice.value == picked)
    return f"{label}. {question.begun}" if begun else label


def _left(block: Block, answers: Mapping[Point, int | None]) -> int:
    return sum(question.point not in answers and is_asked(question, block, answers) for question in block.questions)


def _block(block: Block, answers: Mapping[Point, int | None]) -> FilledBlock:
    first = block.questions[0]
    leading = {str(value) for question in block.questions for value in question.only_if}
    questions = []
    for question in block.questions:
        # Ladders of one theme differ in when they are asked about; the ideas are told once and described from there.
        repeats = question is not first and question.choices == first.choices
        questions.append(
            _asked(
                question,
                answers,
                described=first if repeats else question,
                alone=len(block.questions) == 1,
                leading=leading if question is first else set(),
            )
        )
    return FilledBlock(f"b-{first.point.name}", block.heading, block.text, tuple(questions), left=_left(block, answers))


def _asked(
    question: Question,
    answers: Mapping[Point, int | None],
    *,
    described: Question,
    alone: bool,
    leading: set[str],
) -> Asked:
    name = question.point.name
    picked, begun = question.picked(answers[question.point]) if question.point in answers else ("", False)

    def option(choice: Choice) -> Option:
        is_picked = choice.value == picked
        return Option(
            id=f"{name}-{choice.value}",
            value=choice.value,
            label=choice.label,
            ideas=choice.ideas if described is question else (),
            said=f"{described.point.name}-{choice.value}-said" if choice.ideas else "",
            can_begin_next=choice.can_begin_next,
            picked=is_picked,
            begun=is_picked and begun,
            leads=choice.value in leading,
        )

    return Asked(
        name=name,
        text=question.text,
        label_id="" if alone else f"{name}-asks",
        is_ladder=question.top is not None,
        is_follow_up=bool(question.only_if),
        options=tuple(option(choice) for choice in question.choices if choice.value != CANNOT_SAY),
        apart=next((option(choice) for choice in question.choices if choice.value == CANNOT_SAY), None),
        begun=question.begun,
    )
