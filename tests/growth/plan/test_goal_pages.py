"""A goal's own pages: choosing one, what it offers, one's own reason, and what becomes of it."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.assessment.answers import give
from tests.cast import Cast
from tests.growth.evidence_pieces import attested
from tests.growth.plan.sessions import offering, session
from trellis.core.registry import Tool, tools
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal, GoalStatus, RoleProfile, Step, StepKind
from trellis.growth.own_words import own_words
from trellis.growth.plan_actions import add_to_plan, set_goal_status
from trellis.learning.models import SignUp

NEW = "/plan/add/"
Browser = Callable[[str], Client]


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`: level 2, of which they have said nothing yet."""
    return add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", by=cast.own)


def page_of(goal: Goal) -> str:
    return reverse("growth:goal", kwargs={"uid": goal.uid})


def text_of(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


# choosing


def test_what_standing_and_role_suggest_comes_with_the_reason(
    browser: Browser, cast: Cast, framework: Edition, profiles: dict[str, RoleProfile], tree: EditionTree
) -> None:
    give(cast.president, framework, {"ORG.6": 2, "ADV.1": 3})
    text = text_of(browser("president"), NEW)
    assert "Chosen because Local president asks for level 3 here, and you stand at 1." in text
    assert "The target is our suggestion." in text
    assert tree.theme_by_code["ORG.6"].short in text


def test_before_a_standing_the_free_choice_is_still_there(browser: Browser, framework: Edition) -> None:
    text = text_of(browser("own"), NEW)
    assert "We cannot suggest anything yet" in text
    assert "Or choose freely" in text


def test_any_theme_and_level_for_a_reason_of_ones_own(browser: Browser, cast: Cast, framework: Edition) -> None:
    sent = {"theme": "SFH.5", "level": "3", "reason": "Numbers scare me"}
    page = browser("own").post(NEW, sent)
    goal = Goal.objects.get()
    assertRedirects(page, page_of(goal))
    assert (goal.theme_code, goal.target_level, goal.reason) == ("SFH.5", 3, "")
    assert own_words(cast.own).read(goal.sealed) == {"reason": "Numbers scare me"}
    assertContains(browser("own").get("/plan/"), "Numbers scare me")


@pytest.mark.parametrize(
    "sent", [{}, {"theme": "SFH.5"}, {"theme": "XXX.1", "level": "1"}, {"theme": "SFH.5", "level": "4"}]
)
def test_a_choice_that_is_not_there_is_refused_and_what_was_typed_stays(
    browser: Browser, framework: Edition, sent: dict[str, str]
) -> None:
    page = browser("own").post(NEW, sent | {"reason": "Because of Xiomara"})
    assert page.status_code == 422
    assertContains(page, "Because of Xiomara", status_code=422)
    assert not Goal.objects.exists()


def test_what_is_in_the_plan_is_not_suggested_again(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {"ADV.1": 3, "ORG.1": 2})
    add_to_plan(tree.theme_by_code["ADV.1"], tree, target=2, reason="", by=cast.own)
    codes = [gap.standing.theme.code for gap in browser("own").get(NEW).context["ways"]]
    assert codes == ["ORG.1"]


# lower levels first


def test_who_stands_lower_begins_at_the_lowest_missing_level(
    browser: Browser, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    give(cast.own, framework, {"ORG.1": 1})
    browser("own").post(NEW, {"theme": "ORG.1", "level": "3"})
    goal = Goal.objects.get()
    first = tree.theme_by_code["ORG.1"].cell(1).activities[:3]
    assert [step.activity_uid for step in goal.steps.all()] == [activity.uid for activity in first]
    text = text_of(browser("own"), page_of(goal))
    assert "comes first: you are not there yet, and the next level stands on it" in text
    assert text.index("comes first") < text.index("on the way") < text.index("where you want to be")


def test_who_has_said_nothing_begins_where_the_goal_is(goal: Goal, tree: EditionTree, browser: Browser) -> None:
    assert {step.activity_uid for step in goal.steps.all()} <= {
        activity.uid for activity in tree.theme_by_code["ORG.1"].cell(2).activities
    }
    assertContains(browser("own").get(page_of(goal)), "you have not said yet where you stand here, no evidence yet")


def test_a_goal_leads_to_mentors_in_its_theme_and_to_evidence_for_the_level_that_is_missing(
    goal: Goal, browser: Browser
) -> None:
    text = text_of(browser("own"), page_of(goal))
    assert f'href="{reverse("growth:mentors")}?theme=ORG.1"' in text
    assert f'href="{reverse("growth:evidence-add", kwargs={"code": "ORG.1.L2"})}"' in text
    browser("own").post(reverse("growth:goal-status", kwargs={"uid": goal.uid}), {"status": "paused"})
    assert "?theme=ORG.1" not in text_of(browser("own"), page_of(goal))


# adding steps


def test_an_activity_of_a_lower_level_is_added(browser: Browser, goal: Goal, tree: EditionTree) -> None:
    activity = tree.theme_by_code["ORG.1"].cell(1).activities[0]
    add = reverse("growth:add-step", kwargs={"uid": goal.uid})
    page = browser("own").post(add, {"activity": str(activity.uid)}, follow=True)
    assertContains(page, "Added to your steps.")
    step = goal.steps.get(activity_uid=activity.uid)
    assert step.kind == StepKind.ACTIVITY
    assert step.due_on is not None
    assert step.due_on > max(each.due_on for each in goal.steps.exclude(pk=step.pk) if each.due_on)


def test_a_session_is_added_and_a_date_chosen(browser: Browser, goal: Goal, cast: Cast, tree: EditionTree) -> None:
    client, theme = browser("own"), tree.theme_by_code["ORG.1"]
    found = offering(cast, theme, theme.cell(2))
    evening = session(found)
    assertContains(client.get(page_of(goal)), "Listening first")
    add = reverse("growth:add-step", kwargs={"uid": goal.uid})
    client.post(add, {"offering": str(found.uid)})
    step = goal.steps.get(offering=found)
    assert (step.kind, step.session) == (StepKind.SESSION, None)
    edit = reverse("growth:step-edit", kwargs={"uid": step.uid})
    assertContains(client.get(edit), "Union hall")
    client.post(add, {"offering": str(found.uid), "session": str(evening.uid)})
    step.refresh_from_db()
    assert step.session == evening
    assert goal.steps.filter(offering=found).count() == 1
    assertContains(client.get(edit), reverse("learning:session", kwargs={"uid": evening.uid}))
    assertContains(client.get(edit), "Sign up on its page")
    SignUp.objects.create(session=evening, person=cast.own)
    assertContains(client.get(edit), "You have a seat")


def test_what_the_catalogue_offers_can_be_put_into_the_plan_from_its_own_page(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    theme = tree.theme_by_code["ORG.1"]
    fits, too_high = (offering(cast, theme, theme.cell(level), title=f"Level {level}") for level in (1, 3))
    client = browser("own")
    page = reverse("learning:offering", kwargs={"uid": fits.uid})
    assertContains(client.get(page), "Add it as a step")
    assertNotContains(client.get(reverse("learning:offering", kwargs={"uid": too_high.uid})), "For your plan")
    assertNotContains(browser("colleague").get(page), "For your plan")
    client.post(reverse("growth:add-step", kwargs={"uid": goal.uid}), {"offering": str(fits.uid)})
    assertContains(client.get(page), "In my plan")


def test_a_tool_that_practises_it_is_offered_and_added(browser: Browser, goal: Goal) -> None:
    client, add = browser("own"), reverse("growth:add-step", kwargs={"uid": goal.uid})
    assertNotContains(client.get(page_of(goal)), "Tools to use for real")
    tools.register(Tool("power-map", "Power map", "growth:plan", cells=("ORG.1.L2",)))
    tools.register(Tool("budget", "Budget review", "growth:plan", cells=("SFH.2.L1",)))
    try:
        page = client.get(page_of(goal))
        assertContains(page, "Power map")
        assertNotContains(page, "Budget review")
        client.post(add, {"tool": "power-map"})
        step = goal.steps.get(kind=StepKind.TOOL)
        assertContains(client.get(reverse("growth:step-edit", kwargs={"uid": step.uid})), "Open the tool")
    finally:
        tools.unregister("power-map")
        tools.unregister("budget")
    # A tool that is gone leaves its name.
    assertContains(client.get(reverse("growth:step-edit", kwargs={"uid": step.uid})), "Power map")


@pytest.mark.parametrize(
    "sent",
    [
        {"activity": "x"}, {"activity": "00000000-0000-4000-8000-000000000000"}, {"tool": "no-such"},
        {"offering": "x"}, {"offering": "00000000-0000-4000-8000-000000000000"},
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_added(browser: Browser, goal: Goal, sent: dict[str, str]) -> None:
    assert browser("own").post(reverse("growth:add-step", kwargs={"uid": goal.uid}), sent).status_code == 404
    assert goal.steps.count() == 3


def test_a_session_of_another_offering_and_a_draft_cannot_be_added(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree
) -> None:
    theme = tree.theme_by_code["ORG.1"]
    one, other = (offering(cast, theme, theme.cell(2), title=title) for title in ("One", "Other"))
    draft = offering(cast, theme, theme.cell(2), title="Draft", status="draft")
    add = reverse("growth:add-step", kwargs={"uid": goal.uid})
    sent = {"offering": str(one.uid), "session": str(session(other).uid)}
    assert browser("own").post(add, sent).status_code == 404
    assert browser("own").post(add, {"offering": str(draft.uid)}).status_code == 404
    assert goal.steps.count() == 3


# the step's page


def test_a_step_keeps_when_with_whom_and_notes(browser: Browser, goal: Goal, cast: Cast) -> None:
    client, step = browser("own"), goal.steps.all()[0]
    edit = reverse("growth:step-edit", kwargs={"uid": step.uid})
    page = client.post(edit, {"due_on": "2027-03-04", "with_whom": "Mo", "notes": "Bring <cake>"}, follow=True)
    assertContains(page, "Kept.")
    assertContains(client.get(edit), "Bring &lt;cake&gt;")
    assert own_words(cast.own).read(Step.objects.get(pk=step.pk).sealed) == {"with_whom": "Mo", "notes": "Bring <cake>"}
    assertNotContains(client.get("/plan/"), "cake")


@pytest.mark.parametrize("wrong", [{"due_on": "soon"}, {"with_whom": "x" * 201}, {"notes": "x" * 2001}, {"text": ""}])
def test_what_cannot_be_kept_is_said_beside_its_field(
    browser: Browser, goal: Goal, cast: Cast, wrong: dict[str, str]
) -> None:
    client = browser("own")
    client.post(reverse("growth:add-step", kwargs={"uid": goal.uid}), {"text": "My own"})
    step = goal.steps.get(kind=StepKind.OWN)
    page = client.post(
        reverse("growth:step-edit", kwargs={"uid": step.uid}), {"text": "My own", "notes": "Typed"} | wrong
    )
    assert page.status_code == 422
    assertContains(page, 'class="error"', status_code=422)
    assert Step.objects.get(pk=step.pk).changed_at == step.changed_at


def test_a_step_goes_up_and_out_and_comes_back(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    first, second, third = goal.steps.all()

    def to(name: str) -> str:
        return reverse(f"growth:{name}", kwargs={"uid": second.uid})

    client.post(to("shift-step"), {"way": "up"})
    assert list(goal.steps.all()) == [second, first, third]
    page = client.post(to("remove-step"), follow=True)
    assertContains(page, "Taken out")
    assertContains(page, to("restore-step"))
    assert list(goal.steps.all()) == [first, third]
    assert client.post(to("remove-step")).status_code == 404
    client.post(to("restore-step"))
    assert list(goal.steps.all()) == [second, first, third]


# what becomes of it


def test_a_goal_is_paused_reached_and_opened_again(browser: Browser, goal: Goal) -> None:
    client, status = browser("own"), reverse("growth:goal-status", kwargs={"uid": goal.uid})
    client.post(status, {"status": "paused"})
    page = client.get("/plan/")
    assertContains(page, "Paused")
    assert page.context["next"].step is None, "a paused goal asks for nothing"
    client.post(status, {"status": "reached"})
    assert Goal.objects.get().reached_on is not None
    assertContains(client.get("/plan/"), "Reached, by my own word")
    client.post(status, {"status": "open"})
    assert Goal.objects.get().reached_on is None
    page = client.post(status, {"status": "lost"}, follow=True)
    assertContains(page, "A goal is open, paused or reached.")


def test_ones_own_word_stands_beside_answers_and_evidence(
    browser: Browser, goal: Goal, cast: Cast, framework: Edition, tree: EditionTree
) -> None:
    set_goal_status(goal, GoalStatus.REACHED, by=cast.own)
    give(cast.own, framework, {"ORG.1": 3})
    piece = attested(cast.own, cast.coach)
    theme = next(each for each in tree.themes if each.uid == piece.theme_uid)
    other = add_to_plan(theme, tree, target=3, reason="", by=cast.own)
    client = browser("own")
    assertContains(client.get("/plan/"), "your answers say level 1½, no evidence yet")
    text = text_of(client, page_of(goal))
    assert "Your word counts here." in text
    assert f"evidence for level {piece.level}" in text_of(client, page_of(other))


def test_where_answers_are_there_it_may_be_called_reached(
    browser: Browser, goal: Goal, cast: Cast, framework: Edition
) -> None:
    give(cast.own, framework, {"ORG.1": 4})
    assertContains(browser("own").get(page_of(goal)), "You may call it reached.")


def test_a_reason_is_kept_for_its_owner(browser: Browser, goal: Goal) -> None:
    client = browser("own")
    assertRedirects(client.post(page_of(goal), {"reason": "For Xiomara"}), page_of(goal))
    assertContains(client.get(page_of(goal)), "For Xiomara")
    assert client.post(page_of(goal), {"reason": "x" * 2001}).status_code == 422


def test_a_theme_that_the_edition_has_no_more_can_still_be_seen(browser: Browser, goal: Goal) -> None:
    Goal.objects.update(theme_code="OLD.1")
    page = browser("own").get(page_of(goal))
    assertContains(page, goal.theme_name)
    assert page.context["levels"] == []
    assert browser("own").get("/plan/").status_code == 200


def test_a_goal_takes_fifteen_queries_at_most(
    browser: Browser, goal: Goal, cast: Cast, tree: EditionTree, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    theme, client = tree.theme_by_code["ORG.1"], browser("own")
    for number in range(6):
        session(offering(cast, theme, theme.cell(2), title=f"Number {number}"), days=number + 1)
    client.get(page_of(goal))
    with django_assert_max_num_queries(15):
        client.get(page_of(goal))
