"""Plans to start from: ours are sound, a proposal comes before the deed, and nothing of one's own is overwritten."""

import datetime as dt
from collections.abc import Callable
from html import unescape
from operator import itemgetter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import Cast
from tests.growth.plan.sessions import offering
from trellis.core import clock
from trellis.core.checked import DataFileError
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth import plan_templates
from trellis.growth.access import editable_templates, visible_templates
from trellis.growth.models import Goal, GoalStatus, PlanTemplate, Step, StepKind, TemplateGoal
from trellis.growth.plan_actions import add_to_plan, remove_goal, set_goal_status
from trellis.growth.plan_templates import shipped
from trellis.growth.step_actions import mark_step
from trellis.growth.template_actions import adopt_template, load_templates
from trellis.people.models import Role

LIST = "/plan/templates/"
Browser = Callable[[str], Client]


@pytest.fixture
def templates(framework: Edition) -> dict[str, PlanTemplate]:
    """The plans that come with Trellis, by their key."""
    load_templates(framework, by=None)
    return {template.key: template for template in PlanTemplate.objects.all()}


@pytest.fixture
def first(templates: dict[str, PlanTemplate]) -> PlanTemplate:
    """The one for building representatives."""
    return templates["building-representative-start"]


def page_of(template: PlanTemplate) -> str:
    return reverse("growth:template", kwargs={"uid": template.uid})


# ours


@pytest.mark.parametrize("content", shipped(), ids=lambda content: content["key"])
def test_every_shipped_plan_fits_the_framework_and_climbs_in_order(
    content: dict[str, object], tree: EditionTree, framework: Edition
) -> None:
    assert "role" not in content or Role.objects.filter(code=content["role"]).exists()
    for goal in content["goals"]:  # type: ignore[attr-defined]
        theme = tree.theme_by_code[goal["theme"]]
        assert goal["level"] <= tree.top
        for step in goal["steps"]:
            if "activity" in step:
                assert step["level"] <= goal["level"]
                assert len(theme.cell(step["level"]).activities) >= step["activity"]
        levels = [step["level"] for step in sorted(goal["steps"], key=itemgetter("after")) if "level" in step]
        assert levels == sorted(levels)


def test_they_are_loaded_once_and_stay_as_the_association_has_made_them(
    framework: Edition, templates: dict[str, PlanTemplate]
) -> None:
    assert len(templates) == len(shipped())
    PlanTemplate.objects.filter(key="first-steps").update(title="Ours")
    TemplateGoal.objects.filter(template__key="first-steps").delete()
    assert load_templates(framework, by=None) == 0
    assert PlanTemplate.objects.get(key="first-steps").title == "Ours"
    assert PlanTemplate.objects.get(key="first-steps").goals.count() == 0


def test_a_role_that_the_association_does_not_have_gets_none(framework: Edition) -> None:
    Role.objects.filter(code="local-treasurer").delete()
    assert load_templates(framework, by=None) == len(shipped()) - 1


def test_they_are_there_in_spanish_too(first: PlanTemplate, browser: Browser) -> None:
    assert all(set(content["es"]) >= {content["title"], content["about"]} for content in shipped())
    with translation.override("es"):
        assert plan_templates.spoken(first, first.title) == "El primer medio año en tu edificio"
        assert plan_templates.spoken(first, "Something else") == "Something else"


def test_a_translation_of_nothing_is_a_fault_that_names_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plan_templates"
    folder.mkdir()
    source = plan_templates.DATA / "plan_templates" / "first-steps.yaml"
    (folder / "a.yaml").write_text(source.read_text() + "  Nothing: Nada\n")
    (tmp_path / "plan_template.schema.json").write_text((plan_templates.DATA / "plan_template.schema.json").read_text())
    monkeypatch.setattr(plan_templates, "DATA", tmp_path)
    shipped.cache_clear()
    try:
        with pytest.raises(DataFileError, match=r"a\.yaml: at es: 'Nothing' is no text of this plan"):
            shipped()
    finally:
        shipped.cache_clear()


# the proposal


def test_the_list_begins_with_ones_own_role(browser: Browser, templates: dict[str, PlanTemplate]) -> None:
    rows = browser("president").get(LIST).context["rows"]
    assert rows[0][0].role.code == "local-president"
    assert [is_mine for _, _, _, is_mine in rows].count(True) == 1
    assertContains(browser("president").get(LIST), "for your role", count=1)


def test_a_proposal_shows_what_it_adds_and_adds_nothing(
    browser: Browser, first: PlanTemplate, tree: EditionTree
) -> None:
    text = unescape(browser("own").get(page_of(first)).content.decode())
    assert "First half year in your building" in text
    assert "This plan is our suggestion for a start." in text
    for goal in first.goals.all():
        assert tree.theme_by_code[goal.theme_code].short in text
        assert all(step.text in text for step in goal.steps.all())
    assert not Goal.objects.exists()


def test_one_press_puts_it_into_the_plan_with_days_from_today(browser: Browser, first: PlanTemplate) -> None:
    page = browser("own").post(page_of(first), follow=True)
    assertRedirects(page, "/plan/")
    assertContains(page, "It is in your plan: 8 new steps.")
    goals = list(Goal.objects.all())
    assert [(goal.theme_code, goal.target_level) for goal in goals] == [("ORG.5", 1), ("ORG.6", 1), ("ORG.4", 2)]
    for goal, proposed in zip(goals, first.goals.all(), strict=True):
        days = [clock.today() + dt.timedelta(days=step.days) for step in proposed.steps.all()]
        assert [step.due_on for step in goal.steps.all()] == days
        assert goal.reason == proposed.reason
    assert Step.objects.filter(kind=StepKind.OWN).count() == 1


def test_twice_is_once(first: PlanTemplate, cast: Cast, tree: EditionTree, browser: Browser) -> None:
    assert adopt_template(first, tree, by=cast.own) == 8
    assert adopt_template(first, tree, by=cast.own) == 0
    assert Step.objects.count() == 8
    assertContains(browser("own").get(page_of(first)), "All of it is in your plan already.")


def test_what_is_there_stays_as_it_is(first: PlanTemplate, cast: Cast, tree: EditionTree) -> None:
    theme = tree.theme_by_code["ORG.5"]
    mine = add_to_plan(theme, tree, target=1, reason="Mine", by=cast.own)
    done = mine.steps.all()[1]
    mark_step(done, done=True, by=cast.own)
    before = {step.pk: (step.due_on, step.done_at, step.text) for step in mine.steps.all()}
    adopt_template(first, tree, by=cast.own)
    mine.refresh_from_db()
    assert mine.reason == "Mine"
    after = {step.pk: (step.due_on, step.done_at, step.text) for step in mine.steps.all()}
    assert before.items() <= after.items()
    # Two of the three it proposes here were among the first three activities of the level.
    assert len(after) == len(before) + 1


def test_a_goal_that_is_reached_is_not_opened_again(
    first: PlanTemplate, cast: Cast, tree: EditionTree, browser: Browser
) -> None:
    mine = add_to_plan(tree.theme_by_code["ORG.5"], tree, target=1, reason="", by=cast.own)
    set_goal_status(mine, GoalStatus.REACHED, by=cast.own)
    assertContains(browser("own").get(page_of(first)), "you have reached it")
    adopt_template(first, tree, by=cast.own)
    mine.refresh_from_db()
    assert (mine.status, mine.steps.count()) == (GoalStatus.REACHED, 3)


def test_what_was_taken_out_may_come_in_anew(first: PlanTemplate, cast: Cast, tree: EditionTree) -> None:
    adopt_template(first, tree, by=cast.own)
    for goal in Goal.objects.all():
        remove_goal(goal, by=cast.own)
    assert adopt_template(first, tree, by=cast.own) == 8


def test_what_the_edition_or_the_catalogue_has_no_more_is_left_out(
    first: PlanTemplate, cast: Cast, tree: EditionTree
) -> None:
    goal = first.goals.all()[0]
    theme = tree.theme_by_code["ORG.5"]
    retired = offering(cast, theme, theme.cell(1), title="Gone", status="retired")
    goal.steps.create(kind=StepKind.SESSION, offering=retired, text="Gone", days=9)
    goal.steps.filter(kind=StepKind.ACTIVITY).update(activity_uid="00000000-0000-4000-8000-000000000000")
    first.goals.filter(theme_code="ORG.6").update(theme_code="OLD.1")
    adopt_template(first, tree, by=cast.own)
    assert set(Goal.objects.values_list("theme_code", flat=True)) == {"ORG.5", "ORG.4"}
    assert not Step.objects.filter(goal__theme_code="ORG.5").exists()


def test_an_offering_of_a_template_becomes_a_step_to_choose_a_date_for(
    first: PlanTemplate, cast: Cast, tree: EditionTree
) -> None:
    theme = tree.theme_by_code["ORG.5"]
    found = offering(cast, theme, theme.cell(1), title="Listening first")
    first.goals.all()[0].steps.create(kind=StepKind.SESSION, offering=found, text=found.title, days=9)
    adopt_template(first, tree, by=cast.own)
    step = Step.objects.get(kind=StepKind.SESSION)
    assert (step.offering, step.session, step.text) == (found, None, "Listening first")


def test_a_proposal_takes_fifteen_queries_at_most(
    browser: Browser, first: PlanTemplate, cast: Cast, tree: EditionTree,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    adopt_template(first, tree, by=cast.own)
    client = browser("own")
    with django_assert_max_num_queries(15):
        client.get(page_of(first))


# who may change them


def test_only_who_keeps_the_framework_sees_a_cohorts_own_and_changes_any(
    templates: dict[str, PlanTemplate], cast: Cast, browser: Browser
) -> None:
    PlanTemplate.objects.filter(key="first-steps").update(is_listed=False)
    hidden = templates["first-steps"]
    assert hidden not in visible_templates(cast.own)
    assert hidden in visible_templates(cast.steward)
    assert browser("own").get(page_of(hidden)).status_code == 404
    assert browser("own").post(page_of(hidden)).status_code == 404
    assert not editable_templates(cast.president).exists()
    assert editable_templates(cast.steward).count() == len(templates)
    assertNotContains(browser("president").get(LIST), reverse("growth:template-new"))


def test_a_steward_makes_a_plan_and_others_take_it_up(
    browser: Browser, framework: Edition, cast: Cast, tree: EditionTree
) -> None:
    client, theme = browser("steward"), tree.theme_by_code["COM.1"]
    found = offering(cast, theme, theme.cell(1), title="Media night")
    page = client.post(reverse("growth:template-new"), {"title": "Our year", "about": "Start", "is_listed": "on"})
    template = PlanTemplate.objects.get()
    edit = reverse("growth:template-edit", kwargs={"uid": template.uid})
    assertRedirects(page, edit)
    page = client.post(edit, {"theme": "COM.1", "level": "1", "reason": "It matters"})
    goal = template.goals.get()
    steps = reverse("growth:template-goal", kwargs={"uid": template.uid, "number": goal.pk})
    assertRedirects(page, steps)
    activity = theme.cell(1).activities[1]
    for sent in ({"what": str(activity.uid)}, {"what": str(found.uid)}, {"text": "Ask a reporter"}):
        client.post(steps, sent | {"days": "14"})
    kinds = [step.kind for step in goal.steps.all()]
    assert kinds == [StepKind.ACTIVITY, StepKind.SESSION, StepKind.OWN]
    assertContains(client.get(steps), "Media night")
    browser("own").post(page_of(template))
    assert [step.text for step in Step.objects.all()] == [activity.text, "Media night", "Ask a reporter"]
    last = goal.steps.all()[2]
    client.post(reverse("growth:template-step-remove", kwargs={"uid": template.uid, "number": last.pk}))
    client.post(reverse("growth:template-goal-remove", kwargs={"uid": template.uid, "number": goal.pk}))
    assert template.goals.count() == 0
    assert Step.objects.count() == 3, "plans that have it keep it"
    assertContains(browser("own").get(page_of(template)), "Nothing in it yet")


def test_a_changed_plan_is_the_associations_own(browser: Browser, first: PlanTemplate) -> None:
    edit = reverse("growth:template-edit", kwargs={"uid": first.uid})
    sent = {"title": "Our half year", "about": "", "role": "local-president", "is_listed": "on"}
    assertRedirects(browser("steward").post(edit, sent), edit)
    first.refresh_from_db()
    assert (first.title, first.is_suggestion) == ("Our half year", False)
    assert first.role == Role.objects.get(code="local-president")
    assert AuditEntry.objects.filter(action="growth.template.change").count() == 1


@pytest.mark.parametrize(
    ("page", "sent", "words"),
    [
        ("template-new", {"title": ""}, "Give it a title."),
        ("template-edit", {"theme": "ORG.5", "level": "1"}, "There is a goal for this theme already."),
        ("template-edit", {"theme": "", "level": "1"}, "Choose a theme."),
        ("template-goal", {"days": "3"}, "Choose one, or write your own."),
        ("template-goal", {"text": "Call", "days": ""}, "Say after how many days."),
    ],
)
def test_what_cannot_be_kept_is_said(
    browser: Browser, first: PlanTemplate, page: str, sent: dict[str, str], words: str
) -> None:
    kwargs: dict[str, object] = {} if page == "template-new" else {"uid": first.uid}
    if page == "template-goal":
        kwargs["number"] = first.goals.all()[0].pk
    answer = browser("steward").post(reverse(f"growth:{page}", kwargs=kwargs), sent)
    assertContains(answer, words, status_code=422)


@pytest.mark.parametrize("name", ["own", "president", "state_staff"])
def test_nobody_else_changes_anything(browser: Browser, first: PlanTemplate, name: str) -> None:
    client, goal = browser(name), first.goals.all()[0]
    step = goal.steps.all()[0]
    for page, kwargs in (
        ("template-new", {}),
        ("template-edit", {"uid": first.uid}),
        ("template-goal", {"uid": first.uid, "number": goal.pk}),
        ("template-goal-remove", {"uid": first.uid, "number": goal.pk}),
        ("template-step-remove", {"uid": first.uid, "number": step.pk}),
    ):
        assert client.post(reverse(f"growth:{page}", kwargs=kwargs), {"title": "Boo"}).status_code == 404
    assert first.goals.count() == 3
