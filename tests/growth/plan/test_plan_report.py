"""The plan as PDF: tagged, complete, in the person's language; of the private only what its owner ticks."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.cast import Cast
from trellis.framework.tree import EditionTree
from trellis.growth.journal_actions import check_in, reflect
from trellis.growth.models import Goal, GoalStatus
from trellis.growth.plan_actions import add_to_plan, set_goal_status, tell_why
from trellis.growth.step_actions import add_step, change_step, mark_step

PDF = "/plan/pdf/"
Browser = Callable[[str], Client]


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, with something private in every place."""
    goal = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", own_reason="OWN-REASON", by=cast.own)
    tell_why({"why": "OWN-WHY", "what": "OWN-WHAT"}, by=cast.own)
    first = goal.steps.all()[0]
    change_step(first, text="", due_on=first.due_on, with_whom="WITH-WHOM", notes="OWN-NOTES", by=cast.own)
    mark_step(first, done=True, by=cast.own)
    check_in({"did": "WHAT-I-DID", "hindered": "", "next": "WHAT-IS-NEXT"}, {}, by=cast.own)
    reflect("A-THOUGHT", goal=goal, by=cast.own)
    return goal


def read(client: Client, query: str = "") -> PdfReader:
    answer = client.get(f"{PDF}?{query}")
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text_of(reader: PdfReader) -> str:
    """Return all words, in one line: a PDF breaks lines where the column ends."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_it_is_tagged_with_a_title_and_a_language(browser: Browser, goal: Goal) -> None:
    reader = read(browser("own"))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "My plan: Own Cast"
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_it_holds_goals_steps_dates_and_what_comes_next(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    other = add_to_plan(tree.themes[0], tree, target=1, reason="Towards: Local president", by=cast.own)
    set_goal_status(other, GoalStatus.REACHED, by=cast.own)
    text = text_of(read(browser("own")))
    for each in (goal, other):
        assert each.theme_name in text
        # A line may break after a hyphen, so spaces do not count.
        assert all(step.text.replace(" ", "") in text.replace(" ", "") for step in each.steps.all())
    for said in ("What next", "to level 2 · 1 of 3 steps done", "reached on", "Towards: Local president", "by "):
        assert said in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", set()),
        ("why=1", {"OWN-WHY", "OWN-WHAT", "OWN-REASON"}),
        ("notes=1", {"WITH-WHOM", "OWN-NOTES"}),
        ("journal=1", {"WHAT-I-DID", "WHAT-IS-NEXT", "A-THOUGHT"}),
    ],
)
def test_what_is_private_is_in_it_only_as_far_as_it_is_ticked(
    browser: Browser, goal: Goal, query: str, shown: set[str]
) -> None:
    private = {
        "OWN-WHY", "OWN-WHAT", "OWN-REASON", "WITH-WHOM", "OWN-NOTES", "WHAT-I-DID", "WHAT-IS-NEXT", "A-THOUGHT",
    }  # fmt: skip
    text = text_of(read(browser("own"), query))
    assert {word for word in private if word in text} == shown


def test_words_of_ones_own_are_never_markup(browser: Browser, goal: Goal, cast: Cast) -> None:
    add_step(goal, text='#panic() *bold* $x$ "quoted"', due_on=None, by=cast.own)
    assert '#panic() *bold* $x$ "quoted"' in text_of(read(browser("own")))


def test_it_speaks_the_readers_language(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    client.cookies["django_language"] = "es"
    assert read(client).trailer["/Root"]["/Lang"] == "es"


def test_without_a_goal_there_is_nothing_to_print(browser: Browser, goal: Goal) -> None:
    assert browser("colleague").get(PDF)["Location"] == "/plan/"


def test_a_long_plan_goes_over_pages(browser: Browser, cast: Cast, tree: EditionTree) -> None:
    for theme in tree.themes[:12]:
        add_to_plan(theme, tree, target=2, reason="", by=cast.own)
    reader = read(browser("own"))
    assert len(reader.pages) > 1
    assert all(theme.short in text_of(reader) for theme in tree.themes[:12])
