"""Evidence of the fictional association: every state has something to show, and it is the same every time."""

import random
from typing import Any

import pytest

from trellis.framework.models import Edition
from trellis.framework.queries import main_tree
from trellis.growth.access import evidence_waiting
from trellis.growth.evidence_demo import load_evidence
from trellis.growth.evidence_queries import attested_levels, second_reading_agreement
from trellis.growth.evidence_rules import may_attest
from trellis.growth.models import Decision, Evidence, Reading
from trellis.people.demo.cast import cast_member
from trellis.people.demo.load import load as load_people
from trellis.people.models import Person, Term
from trellis.people.queries import watchers_of


def named(key: str) -> Person:
    member = cast_member(key)
    assert member is not None
    return Person.objects.get(email=member.email)


@pytest.fixture
def association(framework: Edition) -> Edition:
    """The people of the association."""
    load_people(random.Random("people"))
    return framework


def facts() -> list[tuple[Any, ...]]:
    return list(
        Evidence.objects.order_by("pk").values_list(
            "uid", "person__email", "cell_code", "status", "second", "submitted_at"
        )
    )


def test_rosa_has_some_of_each_and_her_coach_something_to_read(association: Edition) -> None:
    load_evidence(random.Random("growth"), association)
    rosa, miriam = named("building-representative"), named("coach")
    assert miriam in [term.person for term in watchers_of(rosa).coaches]
    assert sorted(rosa.evidence.values_list("status", flat=True)) == ["attested"] * 3 + ["returned", "submitted"]
    assert rosa.evidence.get(status="returned").events.last().comment
    with rosa.evidence.get(status="submitted").file.open() as content:
        assert b"school board" in content.read()
    assert set(attested_levels(rosa).values()) == {(1,), (2,)}
    kinds = {(piece.status, piece.second) for piece in evidence_waiting(miriam)}
    assert kinds == {("submitted", "none"), ("attested", "waiting"), ("attested", "differ")}


def test_enough_is_read_twice_to_say_how_alike(association: Edition) -> None:
    load_evidence(random.Random("growth"), association)
    found = second_reading_agreement()
    assert found.n >= 12
    assert found.kappa is not None
    assert 0.4 < found.kappa < 1
    assert found.interval is not None


def test_every_decision_follows_the_rule(association: Edition) -> None:
    load_evidence(random.Random("growth"), association)
    tree = main_tree()
    assert tree is not None
    for reading in Reading.objects.select_related("evidence").prefetch_related("answers"):
        asked = [statement.uid for statement in tree.cell_by_code[reading.evidence.cell_code].statements]
        answers = {answer.statement_uid: answer.shown for answer in reading.answers.all()}
        assert may_attest(answers, asked) is (reading.decision == Decision.ATTEST)
        assert reading.reader_id != reading.evidence.person_id


def test_it_is_the_same_every_time(association: Edition) -> None:
    terms = set(Term.objects.values_list("pk", flat=True))
    found = []
    for _ in range(2):
        load_evidence(random.Random("growth"), association)
        found.append(facts())
        Evidence.objects.all().delete()
        Term.objects.exclude(pk__in=terms).delete()
    assert found[0] == found[1]
    assert len(found[0]) >= 15


def test_without_a_coach_there_is_none(framework: Edition) -> None:
    load_evidence(random.Random("growth"), framework)
    assert not Evidence.objects.exists()
