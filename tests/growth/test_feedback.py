"""The report of a 360: its figures, gaps only beyond chance, and who may read it."""

import uuid
from collections.abc import Mapping
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.assessment.answers import give
from tests.assessment.three_sixty.circle import circle_about
from tests.assessment.three_sixty.lists import released
from tests.cast import Cast
from tests.growth.waves import TREE, standing, wave
from trellis.assessment.estimates import provisional
from trellis.assessment.models import ThreeSixty
from trellis.assessment.releasing import Named, Report
from trellis.core.models import AuditEntry
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth.feedback import Feedback, feedback_of
from trellis.people.access import own_looks
from trellis.people.actions import end_term
from trellis.people.models import Term


def joined(
    themes: Mapping[str, Mapping[str, tuple[int, int]]],
    groups: Mapping[str, int],
    *,
    own: Mapping[str, int | None],
    named: tuple[Named, ...] = (),
    evidence: Mapping[str, tuple[int, ...]] | None = None,
) -> Feedback:
    uids = {theme.code: theme.uid for theme in TREE.themes}
    report = Report(dict(groups), {str(uids[code]): dict(found) for code, found in themes.items()}, named, {})
    proof: dict[uuid.UUID, tuple[int, ...]] = {uids[code]: levels for code, levels in (evidence or {}).items()}
    model = provisional(TREE).model
    return feedback_of(report, TREE, TREE.domains, own=standing(wave(own)), evidence=proof, model=model)


def row(found: Feedback, code: str = "AA.1") -> Any:
    return next(one for one in found.rows if one.theme.code == code)


def test_a_theme_stands_beside_each_shown_group_and_evidence() -> None:
    found = joined(
        {"AA.1": {"peer": (4, 6), "follower": (3, 5)}},
        {"follower": 5, "peer": 6},
        own={"AA.1": 5},
        evidence={"AA.1": (1, 2)},
    )
    assert [(column.relation, column.raters, column.strength) for column in found.columns] == [
        ("peer", 6, "good"),
        ("follower", 5, "fair"),
    ]
    one = row(found)
    assert one.own.half_steps == 5
    assert [(cell.half_steps, cell.raters, cell.strength) for cell in one.cells] == [(4, 6, "good"), (3, 5, "fair")]
    assert one.evidence == (1, 2)


def test_a_theme_that_too_few_saw_has_no_number_at_all() -> None:
    found = joined({"AA.1": {"peer": (4, 5)}}, {"peer": 6}, own={})
    [cell] = row(found, "AA.2").cells
    assert (cell.half_steps, cell.raters, cell.strength) == (None, 0, "")
    assert found.hidden == len(TREE.themes) - 1


@pytest.mark.parametrize(
    ("kind", "raters", "word"),
    [
        ("peer", 5, "good"),
        ("follower", 5, "fair"),
        ("follower", 6, "good"),
        ("other", 5, "fair"),
        ("mentor", 5, "good"),
    ],
)
def test_strength_follows_the_kind_of_rater(kind: str, raters: int, word: str) -> None:
    """r_k = k r1 / (1 + (k - 1) r1): five followers .68, six .72; five peers .75."""
    [column] = joined({}, {kind: raters}, own={}).columns
    assert column.strength == word


def test_a_named_rater_has_a_column_of_their_own_and_no_gap() -> None:
    boss = Named("Ines Cole", "lead", {str(TREE.themes[0].uid): 0}, {})
    found = joined({}, {"peer": 5}, own={"AA.1": 6}, named=(boss,))
    assert [column.name for column in found.columns] == ["", "Ines Cole"]
    assert [(cell.half_steps, cell.gap) for cell in row(found).cells] == [(None, 0), (0, 0)]


def test_the_side_of_a_gap_is_kept() -> None:
    found = joined({"AA.1": {"peer": (1, 6)}, "AA.2": {"peer": (6, 6)}}, {"peer": 6}, own={"AA.1": 6, "AA.2": 1})
    assert [cell.gap for code in ("AA.1", "AA.2") for cell in row(found, code).cells] == [1, -1]
    assert [one.theme.code for one in found.differing] == ["AA.1", "AA.2"]


def test_without_an_own_answer_there_is_no_gap() -> None:
    assert joined({"AA.1": {"peer": (0, 9)}}, {"peer": 9}, own={"AA.1": None}).differing == ()


@pytest.fixture
def report(cast: Cast, framework: Edition, tree: EditionTree) -> ThreeSixty:
    """A report on six peers, with the person's own answers, and a coach."""
    give(cast.own, framework, {theme.code: 6 for theme in tree.themes})
    return released(cast.own, cast.coach)


def page_of(found: ThreeSixty, name: str = "feedback") -> str:
    return reverse(f"growth:{name}", kwargs={"uid": found.uid})


def test_the_page_shows_medians_counts_and_what_it_leaves_out(
    cast: Cast, report: ThreeSixty, client: Client, tree: EditionTree
) -> None:
    client.force_login(cast.own)
    text = client.get(page_of(report)).content.decode()
    assert "People beside you" in text
    assert "6 answered" in text
    assert "strength good" in text
    assert "What the report does not show, and why" in text
    assert text.count('role="row"') == len(tree.themes) + len(tree.domains)


def test_the_page_asks_the_database_little(
    cast: Cast, report: ThreeSixty, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.own)
    client.get(page_of(report))
    with django_assert_max_num_queries(15):
        client.get(page_of(report))
    share(client, report, "1")
    coach = Client()
    coach.force_login(cast.coach)
    with django_assert_max_num_queries(15):
        assert coach.get(page_of(report)).status_code == 200


def test_too_few_answers_show_nothing(cast: Cast, framework: Edition, client: Client) -> None:
    circle = circle_about(cast.own)
    for _ in range(4):
        circle.answer(circle.ask("peer"), dict.fromkeys(circle.themes, 6), "A comment")
    circle.close()
    client.force_login(cast.own)
    text = client.get(page_of(circle.three_sixty)).content.decode()
    assert "Too few people answered" in text
    assert "A comment" not in text
    assert "4 answered" not in text


def share(client: Client, found: ThreeSixty, value: str) -> int:
    return client.post(page_of(found, "feedback-share"), {"shared": value}).status_code


def test_the_coach_reads_it_while_it_is_shared_and_each_look_is_noted(
    cast: Cast, report: ThreeSixty, client: Client
) -> None:
    coach = Client()
    coach.force_login(cast.coach)
    assert coach.get(page_of(report)).status_code == 404
    client.force_login(cast.own)
    assert share(client, report, "1") == 302
    text = coach.get(page_of(report)).content.decode()
    assert "People beside them" in text
    assert "Stop sharing" not in text
    assert coach.get(page_of(report, "feedback-pdf")).status_code == 200
    looks = AuditEntry.objects.filter(action="people.look")
    detail = {"what": "report", "three_sixty": str(report.uid)}
    assert [(row.actor, row.target, row.detail) for row in looks] == [
        (str(cast.coach.uid), f"person:{cast.own.uid}", detail)
    ] * 2
    assert [(look.by, look.what) for look in own_looks(cast.own)] == [(cast.coach, "report")] * 2
    share(client, report, "0")
    assert coach.get(page_of(report)).status_code == 404
    assert [row.detail for row in AuditEntry.objects.filter(action="three_sixty.share").order_by("pk")] == [
        {"shared": 1},
        {"shared": 0},
    ]


def test_the_coachs_reading_ends_with_the_term(cast: Cast, report: ThreeSixty, client: Client) -> None:
    client.force_login(cast.own)
    share(client, report, "1")
    term = Term.objects.get(person=cast.coach)
    end_term(term, last_day=term.starts, by=None)
    coach = Client()
    coach.force_login(cast.coach)
    assert coach.get(page_of(report)).status_code == 404


def test_the_pdf_says_what_the_page_says(cast: Cast, report: ThreeSixty, client: Client, tmp_path: Any) -> None:
    client.force_login(cast.own)
    answer = client.get(page_of(report, "feedback-pdf"))
    path = tmp_path / "report.pdf"
    path.write_bytes(answer.content)
    read = pypdf.PdfReader(path)
    text = " ".join(page.extract_text() for page in read.pages)
    assert "How others see Own Cast" in text
    assert "6 · good" in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_nothing_is_written_when_the_owner_looks(cast: Cast, report: ThreeSixty, client: Client) -> None:
    client.force_login(cast.own)
    before = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(report))
    assert AuditEntry.objects.count() == before
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in queries)
