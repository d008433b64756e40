"""The interface for programs: who gets what, in which form, and how often."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.assessment.answers import give
from tests.cast import Cast
from tests.exchange.api.callers import SCOPES, Caller, caller
from tests.insight.made import a_release, everywhere, put
from tests.learning import offerings
from trellis.core import clock
from trellis.exchange.models import ApiToken
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.models import Goal, Plan, Step
from trellis.growth.own_words import seal_words

PRIVATE = ("/me/standing", "/me/plan", "/catalog/offerings", "/catalog/sessions", "/insight/units", "/insight/releases")


# what is for everybody


def test_the_framework_is_everybodys(tree: EditionTree) -> None:
    editions = Caller().read("/framework")
    assert [one["framework"] for one in editions] == ["bargaining-attributes", "nea-lcf"]
    whole = Caller().read(f"/framework/{tree.framework_code}/{tree.code}")
    codes = [cell["code"] for domain in whole["domains"] for theme in domain["themes"] for cell in theme["cells"]]
    assert codes == [cell.code for theme in tree.themes for cell in theme.cells]
    one = Caller().read(f"/framework/{tree.framework_code}/{tree.code}/cells/ORG.5.L2")
    assert one["uid"] == str(tree.cell_by_code["ORG.5.L2"].uid)
    assert one["statements"][0]["self"]
    attributes = Caller().read("/framework/bargaining-attributes/2020")
    assert len(attributes["attributes"]) == 36


@pytest.mark.parametrize(
    "path",
    ["/framework/nea-lcf/1999", "/framework/nea-lcf/2020/cells/XXX", "/framework/a%00b/2020", "/nowhere", "/"],
)
def test_what_is_not_there_is_told_as_a_problem(tree: EditionTree, path: str) -> None:
    assert Caller().refused(path)[0] == 404


def test_who_has_it_already_is_told_so(tree: EditionTree) -> None:
    first = Caller().ask("/framework/nea-lcf/2020")
    again = Caller().ask("/framework/nea-lcf/2020", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_other_methods_are_refused_and_browsers_may_ask_first(tree: EditionTree) -> None:
    answer = Caller().ask("/framework", method="post")
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert Caller().ask("/nowhere", method="delete").status_code == 405
    asked = Caller().ask("/me/plan", method="options")
    assert asked.status_code == 204
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


# tokens


@pytest.mark.parametrize("path", PRIVATE)
def test_without_a_token_nothing_private_is_told(cast: Cast, path: str) -> None:
    status, said = Caller().refused(path)
    assert (status, said["title"]) == (401, "Unauthorized")
    assert Caller().ask(path).headers["WWW-Authenticate"] == 'Bearer realm="Trellis"'
    assert Caller("trellis_made-up").refused(path)[0] == 401


def test_a_session_in_a_browser_is_no_token(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.own)
    assert client.get("/api/v1/me/plan").status_code == 401


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/me/standing", "standing"),
        ("/me/plan", "plan"),
        ("/catalog/sessions", "catalog"),
        ("/insight/units", "insight"),
    ],
)
def test_a_token_opens_what_its_scopes_say_and_nothing_else(
    cast: Cast, tree: EditionTree, path: str, scope: str
) -> None:
    assert caller(cast.own, [scope]).ask(path).status_code == 200
    others = [one for one in SCOPES if one != scope]
    status, said = caller(cast.own, others).refused(path)
    assert (status, said["detail"]) == (403, f"This token does not allow '{scope}'.")


def test_a_token_ends_on_its_last_day_and_with_its_person(cast: Cast) -> None:
    program = caller(cast.own)
    assert program.ask("/me/plan").status_code == 200
    ApiToken.objects.update(expires_on=clock.today() - dt.timedelta(days=1))
    assert program.ask("/me/plan").status_code == 401
    ApiToken.objects.update(expires_on=clock.today())
    assert program.ask("/me/plan").status_code == 200
    own = cast.own
    own.is_active = False
    own.save()
    assert program.ask("/me/plan").status_code == 401


def test_nothing_but_a_digest_and_the_day_of_use_is_kept(cast: Cast) -> None:
    secret = "trellis_"
    program = caller(cast.own)
    program.read("/me/plan")
    token = ApiToken.objects.get()
    assert token.used_on == clock.today()
    assert token.begins.startswith(secret)
    assert len(token.begins) == 14
    assert len(token.digest) == 64


# one's own


def test_one_reads_ones_own_standing_and_no_one_elses(cast: Cast, tree: EditionTree, framework: Edition) -> None:
    give(cast.own, framework, {theme.code: 3 for theme in tree.themes[:5]})
    found = caller(cast.own).read("/me/standing")
    known = [theme for theme in found["themes"] if theme["level"] is not None]
    assert [(theme["theme"], theme["level"]) for theme in known] == [(theme.code, 1.5) for theme in tree.themes[:5]]
    assert all(theme["low"] <= theme["level"] <= theme["high"] for theme in known)
    assert len(found["themes"]) == 33
    assert "score" not in json.dumps(found)
    others = caller(cast.colleague).read("/me/standing")
    assert [theme for theme in others["themes"] if theme["level"] is not None] == []


def test_a_plan_comes_without_what_is_for_nobody_else(cast: Cast) -> None:
    assert caller(cast.own).read("/me/plan") == {"goals": []}
    plan = Plan.objects.create(person=cast.own, sealed=seal_words(cast.own, {"why": "For the night shift."}))
    goal = Goal.objects.create(
        plan=plan,
        theme_code="ORG.5",
        theme_name="Growth",
        target_level=2,
        sealed=seal_words(cast.own, {"reason": "B."}),
    )
    Step.objects.create(
        goal=goal, kind="own", text="Sit in on one workshop", sealed=seal_words(cast.own, {"note": "C."})
    )
    (found,) = caller(cast.own).read("/me/plan")["goals"]
    assert (found["theme"], found["target_level"]) == ("ORG.5", 2)
    assert [step["text"] for step in found["steps"]] == ["Sit in on one workshop"]
    assert found.keys().isdisjoint({"reason", "sealed", "why"})
    assert found["steps"][0].keys() == {"uid", "kind", "text", "due_on", "done_on"}


# the catalogue


def test_the_catalogue_is_as_every_member_sees_it(cast: Cast, tree: EditionTree) -> None:
    listed = offerings.offering(cast)
    offerings.offering(cast, listed=False)
    session = offerings.session(cast, of=listed)
    program = caller(cast.own)
    found = program.read("/catalog/offerings")
    assert [one["uid"] for one in found["items"]] == [str(listed.uid)]
    assert program.read(f"/catalog/offerings/{listed.uid}") == found["items"][0]
    assert found["items"][0]["teaches"] == ["ORG.5.L1"]
    (one,) = program.read("/catalog/sessions")["items"]
    assert one["uid"] == str(session.uid)
    assert program.read(f"/catalog/sessions/{session.uid}") == one
    assert "link" not in one
    assert program.read("/catalog/offerings", teaches="ADV.1.L1")["items"] == []
    assert program.read("/catalog/sessions", unit=str(cast.unit("Alder").uid))["total"] == 1
    assert program.read("/catalog/sessions", unit=str(cast.unit("Harrow").uid))["total"] == 0
    assert program.read("/catalog/sessions", until="2020-01-01")["total"] == 0


def test_drafts_are_nobodys_to_read_not_even_for_who_arranges_them(cast: Cast, tree: EditionTree) -> None:
    draft = offerings.session(cast, of=offerings.offering(cast, listed=False))
    assert caller(cast.president).refused(f"/catalog/sessions/{draft.uid}")[0] == 404
    assert caller(cast.president).refused(f"/catalog/offerings/{draft.offering.uid}")[0] == 404


def test_long_lists_come_page_by_page(cast: Cast, tree: EditionTree, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        offerings.session(cast, of=offerings.offering(cast, title=f"Offering {number}"))
    program = caller(cast.own)
    first = program.ask("/catalog/offerings", per_page=2)
    content = json.loads(first.content)
    assert (len(content["items"]), content["total"], content["page"]) == (2, 5, 1)
    assert 'per_page=2&page=2>; rel="next"' in first.headers["Link"]
    assert program.read("/catalog/offerings", per_page=2, page=3)["items"][0]["title"] == "Offering 4"
    assert program.read("/catalog/offerings", per_page=2, page=9)["items"] == []
    with django_assert_max_num_queries(8):
        program.read("/catalog/sessions")


@pytest.mark.parametrize(
    ("path", "query", "where"),
    [
        ("/catalog/offerings", {"page": "0"}, "page"),
        ("/catalog/offerings", {"per_page": "1000"}, "per_page"),
        ("/catalog/offerings", {"teaches": "<script>"}, "teaches"),
        ("/catalog/sessions", {"since": "yesterday"}, "since"),
        ("/catalog/sessions/none", {}, "uid"),
        ("/insight/releases/fall/mood", {"unit": "x"}, "question"),
    ],
)
def test_a_wrong_parameter_is_named(cast: Cast, path: str, query: dict[str, str], where: str) -> None:
    status, said = caller(cast.own).refused(path, **query)
    assert status == 422
    assert any(where in error["where"] for error in said["errors"])


# released figures


def test_released_figures_are_what_the_pages_show_of_the_same_units(cast: Cast, tree: EditionTree) -> None:
    release, unit = a_release(tree), cast.unit("Riverside")
    second = release.content["themes"][1]["column"]
    put(release, "standing", unit, everywhere(release, but=[second]))
    program = caller(cast.president)
    (one,) = program.read("/insight/releases")
    assert (one["wave"], one["threshold"], one["attributes"]) == ("fall-2026", 10, ["language", "years"])
    assert [found["uid"] for found in program.read("/insight/units")] == [str(unit.uid)]
    found = program.read("/insight/releases/fall-2026/standing", unit=str(unit.uid))
    cells = {cell["about"]: cell for cell in found["cells"]}
    shown, hidden = (cells[theme.code] for theme in tree.themes[:2])
    assert (shown["people"], shown["values"]["level2"], shown["hidden"]) == (40, {"end": "exactly", "value": 50}, "")
    assert (hidden["people"], hidden["values"], hidden["hidden"]) == (None, {}, "few")
    assert program.refused("/insight/releases/fall-2026/standing", unit=str(cast.unit("Alder").uid))[0] == 404
    assert program.refused("/insight/releases/fall-2026/standing", unit=str(unit.uid), attribute="years")[0] == 404


# how often


def test_a_program_that_asks_too_often_is_told_when_to_come_back(cast: Cast, settings: Settings) -> None:
    settings.TRELLIS_API_A_MINUTE = 3
    program = caller(cast.own)
    left = [program.ask("/me/plan").headers["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    status, _said = program.refused("/me/plan")
    answer = program.ask("/me/plan")
    assert status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert caller(cast.own).ask("/me/plan").status_code == 200, "another token has its own allowance"


def test_who_has_no_token_is_counted_by_address(tree: EditionTree, settings: Settings) -> None:
    settings.TRELLIS_API_A_MINUTE_WITHOUT_TOKEN = 1
    assert Caller().ask("/framework").status_code == 200
    assert Caller().refused("/framework")[0] == 429


def test_made_up_tokens_share_what_callers_without_one_have(tree: EditionTree, settings: Settings) -> None:
    settings.TRELLIS_API_A_MINUTE_WITHOUT_TOKEN = 2
    asked = [Caller(f"trellis_made-up-{number}").ask("/framework") for number in range(3)]
    assert [answer.headers["RateLimit-Limit"] for answer in asked] == ["2", "2", "2"]
    assert [answer.status_code for answer in asked] == [200, 200, 429]
    assert Caller().ask("/framework").status_code == 429


def test_a_token_is_looked_up_once_for_each_request(cast: Cast) -> None:
    program = caller(cast.own)
    program.read("/me/plan")
    with CaptureQueriesContext(connection) as queries:
        program.read("/me/plan")
    assert sum("exchange_apitoken" in query["sql"] for query in queries) == 1


# when something breaks


def test_a_failure_of_ours_is_a_problem_too_and_tells_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("trellis.exchange.api.routes.own.own_plan", fail)
    status, said = caller(cast.own).refused("/me/plan")
    assert status == 500
    assert "secret detail" not in json.dumps(said)
