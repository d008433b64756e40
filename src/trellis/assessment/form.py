"""How an instrument is laid out: pages of questions, each pointing at what it rates; and reading what was sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict

from trellis.framework.tree import AttributeTree, CellNode, DomainNode, EditionTree, ThemeNode
from trellis.measure.ladder import HALF_STEPS_PER_LEVEL, half_steps_of, is_partly, level_of

CANNOT_SAY = "none"
REMARK_LIMIT = 1000


class Point(NamedTuple):
    """What one answer is about: a theme, statement or attribute by its key, or an item by its code; and which aspect.

    `kind` is the name of the rating's field.
    """

    kind: str
    key: int | str
    aspect: str = ""

    @property
    def name(self) -> str:
        """Its name in a form."""
        return "-".join(filter(None, ("q", self.kind, str(self.key), self.aspect)))

    def fields(self) -> dict[str, Any]:
        """The fields of a rating that points here."""
        return {self.kind if self.kind == "item" else f"{self.kind}_id": self.key, "aspect": self.aspect}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be picked: its value in the form, its label, and what stands under it."""

    value: str
    label: str
    ideas: tuple[str, ...] = ()
    can_begin_next: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `text` is what is asked, `begun` the words of the tick that the next rung has been begun."""

    point: Point
    text: str
    choices: tuple[Choice, ...]
    top: int | None  # of the ladder; None when the scale is not made of half-steps
    begun: str = ""
    only_if: tuple[int, ...] = ()  # asked only when its block's first question has one of these answers

    def read(self, data: QueryDict) -> int | None:
        """Return the value that was picked, None for "cannot say"; raises KeyError when nothing, or nonsense, was."""
        picked = data.get(self.point.name, "")
        if picked not in {choice.value for choice in self.choices}:
            raise KeyError(picked)
        if picked == CANNOT_SAY:
            return None
        if self.top is None:
            return int(picked)
        # Each rung has a tick of its own, so that the form works without script; only the picked rung's counts.
        return half_steps_of(int(picked), partly=picked in data.getlist(f"{self.point.name}-begun"), top=self.top)

    def allows(self, value: int | None) -> bool:
        """Say whether a value can stand on this question's scale; None only where one may say "cannot say"."""
        if value is not None and self.top is not None:
            return 0 <= value <= HALF_STEPS_PER_LEVEL * self.top
        return (CANNOT_SAY if value is None else str(value)) in {choice.value for choice in self.choices}

    def picked(self, value: int | None) -> tuple[str, bool]:
        """Return how a stored value shows in the form: which choice, and whether the tick beside it is set."""
        if value is None:
            return CANNOT_SAY, False
        return (str(value), False) if self.top is None else (str(level_of(value)), is_partly(value))


@dataclass(frozen=True, slots=True)
class Block:
    """Questions about one thing: a theme, a statement, an attribute, or an item with its aspects."""

    code: str
    heading: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a form: a domain, a theme, a group of attributes or a section."""

    code: str
    name: str
    icon: str
    blocks: tuple[Block, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the page in order."""
        return tuple(question for block in self.blocks for question in block.questions)


@dataclass(frozen=True, slots=True)
class Form:
    """All pages of an instrument for one response, and the questions that are answered in words."""

    question: str
    pages: tuple[Page, ...]
    remarks: tuple[tuple[str, str], ...]  # code, text

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for page in self.pages for question in page.questions)

    def at(self, point: Point) -> Question | None:
        """Return the question that points there, or None."""
        return next((question for question in self.questions if question.point == point), None)


def form_of(
    definition: Mapping[str, Any],
    tree: EditionTree | AttributeTree,
    *,
    themes: Collection[str] = (),
    order: Sequence[str] = (),
    moment: str | None = "",
    of_others: bool = False,
) -> Form:
    """Lay out an instrument over an edition.

    `themes` are the codes asked when the instrument asks chosen ones, `order` the domains' codes as they are shown.
    `moment` leaves out aspects and open questions of another occasion (None leaves out none). `of_others` takes the
    statements' wording about somebody else. Raises ValueError when the instrument asks for what the edition lacks.
    """
    if (definition["asks"] == "attribute") != isinstance(tree, AttributeTree):
        raise ValueError(f"{definition['code']} asks for a {definition['asks']}, which {tree.code} does not have")

    def on_occasion(asked: Mapping[str, Any]) -> bool:
        return moment is None or asked.get("moment", moment) == moment

    aspects = definition.get("aspects", [{"code": ""}])
    layout = _Layout(definition, tuple(one for one in aspects if on_occasion(one)), of_others)
    if isinstance(tree, AttributeTree):
        pages = list(layout.groups(tree))
    else:
        places = {code: place for place, code in enumerate(order)}
        domains = sorted(tree.domains, key=lambda each: places.get(each.code, len(places)))
        pages = list(layout.domains(domains, set(themes) if definition.get("of") == "chosen" else None))
    return Form(
        definition["question"],
        (*pages, *layout.sections()),
        tuple((remark["code"], remark["text"]) for remark in definition.get("remarks", ()) if on_occasion(remark)),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """Makes the pages of one instrument."""

    definition: Mapping[str, Any]
    aspects: tuple[Mapping[str, Any], ...]
    of_others: bool

    def groups(self, tree: AttributeTree) -> Iterator[Page]:
        for group in tree.groups:
            blocks = tuple(
                Block(each.code, each.short, each.text, self._questions("attribute", each.id, each.text))
                for each in group.attributes
            )
            yield Page(group.code, group.name, "", blocks)

    def domains(self, domains: Iterable[DomainNode], chosen: set[str] | None) -> Iterator[Page]:
        for domain in domains:
            themes = [theme for theme in domain.themes if chosen is None or theme.code in chosen]
            if self.definition["asks"] == "theme" and themes:
                blocks = (
                    Block(theme.code, theme.short, theme.name, self._questions("theme", theme.id, theme.short, theme))
                    for theme in themes
                )
                yield Page(domain.code, domain.name, domain.icon, tuple(blocks))
            if self.definition["asks"] == "statement":
                for theme in themes:
                    yield Page(theme.code, theme.short, domain.icon, tuple(self._statements(theme)))

    def sections(self) -> Iterator[Page]:
        for section in self.definition.get("sections", ()):
            blocks = tuple(
                Block(own["code"], "", own["text"], self._questions("item", own["code"], own["text"]))
                for own in section["questions"]
            )
            yield Page(section["code"], section["name"], "", blocks)

    def _statements(self, theme: ThemeNode) -> Iterator[Block]:
        for cell in theme.cells:
            for place, one in enumerate(cell.statements, 1):
                text = one.text_other if self.of_others else one.text_self
                yield Block(f"{cell.code}.{place}", "", text, self._questions("statement", one.id, text))

    def _questions(self, kind: str, key: int | str, text: str, theme: ThemeNode | None = None) -> tuple[Question, ...]:
        """One question for each aspect, on the aspect's own scale or the instrument's."""
        found = []
        for aspect in self.aspects:
            scale = aspect.get("scale", self.definition["scale"])
            point, asked = Point(kind, key, aspect["code"]), aspect.get("question", text)
            if scale["kind"] == "choices":
                choices = [Choice(str(choice["value"]), choice["label"]) for choice in scale["choices"]]
                only_if = tuple(aspect.get("only_if", ()))
                found.append(Question(point, asked, (*choices, *_cannot_say(scale)), None, only_if=only_if))
            elif theme is None:
                raise ValueError(f"{self.definition['code']}: only a theme has a ladder of steps")
            else:
                rungs = (*self._rungs(scale, theme), *_cannot_say(scale))
                found.append(Question(point, asked, rungs, theme.cells[-1].level, scale.get("begun", "")))
        return tuple(found)

    def _rungs(self, scale: Mapping[str, Any], theme: ThemeNode) -> Iterator[Choice]:
        yield Choice("0", scale["not_yet"], can_begin_next=True)
        for cell in theme.cells:
            yield Choice(str(cell.level), cell.level_name, self._ideas(cell), cell is not theme.cells[-1])

    def _ideas(self, cell: CellNode) -> tuple[str, ...]:
        return tuple(one.text_other if self.of_others else one.text_self for one in cell.statements)


def is_asked(question: Question, block: Block, answers: Mapping[Point, int | None]) -> bool:
    """Say whether a question of a block is asked, given the answers so far: some follow only certain first answers."""
    return not question.only_if or answers.get(block.questions[0].point) in question.only_if


def lapsed(page: Page, answers: Mapping[Point, int | None]) -> list[Point]:
    """Return the points of a page that these answers ask no longer."""
    return [
        question.point
        for block in page.blocks
        for question in block.questions
        if not is_asked(question, block, answers)
    ]


def _cannot_say(scale: Mapping[str, Any]) -> tuple[Choice, ...]:
    return (Choice(CANNOT_SAY, scale["cannot_say"]),) if "cannot_say" in scale else ()


def read_page(page: Page, data: QueryDict) -> dict[Point, int | None]:
    """Return the answers that a page sent, by point; a question that was left alone, or is not asked, is left out."""
    found = {}
    for question in page.questions:
        try:
            found[question.point] = question.read(data)
        except KeyError:
            continue
    for point in lapsed(page, found):  # a browser sends what it hides too
        found.pop(point, None)
    return found


def read_remarks(form: Form, data: QueryDict) -> dict[str, str]:
    """Return what was written to the form's open questions, by code; an empty text takes back what stood there.

    A question that was not on the page that was sent is left out.
    """
    sent = {code: data.get(f"remark-{code}") for code, _text in form.remarks}
    return {code: text.replace("\r\n", "\n").strip()[:REMARK_LIMIT] for code, text in sent.items() if text is not None}
