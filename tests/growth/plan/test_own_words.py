"""What is written for nobody else: sealed in the database, open to its owner, and gone when the key is forgotten."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from tests.cast import Cast
from trellis.core.sealing import SealBrokenError
from trellis.framework.tree import EditionTree
from trellis.growth.journal_actions import check_in, reflect, remove_entry
from trellis.growth.models import CheckIn, Goal, OwnKey, Plan, Reflection, Step
from trellis.growth.own_words import OwnWords, own_words, seal_words
from trellis.growth.plan_actions import add_to_plan, change_goal_reason, forget_own_words, tell_why
from trellis.growth.step_actions import change_step

SECRET = "The superintendent shouted at Xiomara, and I froze"
DAY = dt.date(2027, 1, 4)


def _everything_stored() -> Iterator[bytes]:
    """Every value of every row of every table of ours, as the database hands it out."""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.fixture
def goal(cast: Cast, tree: EditionTree) -> Goal:
    """A goal of `own`, and one secret in every place where there can be one."""
    goal = add_to_plan(tree.theme_by_code["ORG.1"], tree, target=2, reason="", own_reason=SECRET, by=cast.own)
    tell_why({"why": SECRET, "what": SECRET, "for_whom": SECRET}, by=cast.own)
    step = goal.steps.all()[0]
    change_step(step, text=step.text, due_on=DAY, with_whom=SECRET, notes=SECRET, by=cast.own)
    check_in({"did": SECRET, "hindered": SECRET, "next": SECRET}, {}, by=cast.own)
    reflect(SECRET, goal=goal, by=cast.own)
    return goal


def test_no_table_holds_a_word_of_it_in_plain_text(goal: Goal, cast: Cast) -> None:
    stored = list(_everything_stored())
    assert any(cast.own.email.encode() in value for value in stored)  # the search sees what is there
    for part in (SECRET, "Xiomara", "froze"):
        assert [value for value in stored if part.encode() in value] == []


def test_its_owner_reads_all_of_it(goal: Goal, cast: Cast) -> None:
    words = own_words(cast.own)
    assert words.read(Plan.objects.get().sealed) == {"why": SECRET, "what": SECRET, "for_whom": SECRET}
    assert words.read(Goal.objects.get().sealed) == {"reason": SECRET}
    assert words.read(goal.steps.all()[0].sealed) == {"with_whom": SECRET, "notes": SECRET}
    assert words.read(CheckIn.objects.get().sealed) == {"did": SECRET, "hindered": SECRET, "next": SECRET}
    assert words.read(Reflection.objects.get().sealed) == {"text": SECRET}


def test_the_key_of_one_person_opens_nothing_of_another(goal: Goal, cast: Cast) -> None:
    seal_words(cast.colleague, {"why": "Mine"})
    with pytest.raises(SealBrokenError):
        own_words(cast.colleague).read(Plan.objects.get().sealed)


def test_a_person_has_one_key_and_its_row_alone_opens_nothing(goal: Goal, cast: Cast) -> None:
    assert OwnKey.objects.filter(person=cast.own).count() == 1
    with pytest.raises(SealBrokenError):
        OwnWords(bytes(OwnKey.objects.get(person=cast.own).wrapped)[:32]).read(Plan.objects.get().sealed)


def test_forgetting_the_key_shreds_copies_too(goal: Goal, cast: Cast) -> None:
    copies = [bytes(Plan.objects.get().sealed), bytes(Reflection.objects.get().sealed)]
    forget_own_words(cast.own, by=None)
    assert [own_words(cast.own).read(copy) for copy in copies] == [{}, {}]
    assert not CheckIn.objects.exists()
    assert not Reflection.objects.exists()
    assert [len(each.sealed) for model in (Plan, Goal, Step) for each in model.objects.all()] == [0] * 5
    # A key that is made later is another one.
    seal_words(cast.own, {"why": "Again"})
    with pytest.raises(SealBrokenError):
        own_words(cast.own).read(copies[0])


def test_erasing_a_person_takes_the_key_and_every_sealed_word_along(goal: Goal, cast: Cast) -> None:
    cast.own.delete()
    sealed: list[type[models.Model]] = [OwnKey, Plan, CheckIn, Reflection]
    assert [model._default_manager.count() for model in sealed] == [0] * 4
    assert (Goal.every.count(), Step.every.count()) == (0, 0)


def test_nothing_said_needs_no_key(cast: Cast) -> None:
    assert seal_words(cast.own, {"why": "", "what": ""}) == b""
    assert not OwnKey.objects.exists()
    assert own_words(cast.own).read(b"") == {}


def test_the_length_of_what_is_stored_tells_little(cast: Cast) -> None:
    short, longer = seal_words(cast.own, {"text": "No"}), seal_words(cast.own, {"text": "No" * 90})
    assert len(short) == len(longer)


def test_a_changed_reason_takes_the_place_of_the_old_one(goal: Goal, cast: Cast) -> None:
    change_goal_reason(goal, "Another", by=cast.own)
    assert own_words(cast.own).read(Goal.objects.get().sealed) == {"reason": "Another"}
    change_goal_reason(goal, "", by=cast.own)
    assert bytes(Goal.objects.get().sealed) == b""


def test_what_is_taken_out_of_the_journal_is_gone(goal: Goal, cast: Cast) -> None:
    remove_entry(CheckIn.objects.get(), by=cast.own)
    remove_entry(Reflection.objects.get(), by=cast.own)
    assert (CheckIn.objects.count(), Reflection.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["ñandú 🌻 \x00", "  spaces  ", "line\r\nbreak", '{"a": 1}', "x" * 20_000])
def test_whatever_is_said_comes_back_as_it_was(cast: Cast, text: str) -> None:
    sealed = seal_words(cast.own, {"text": text})
    assert own_words(cast.own).read(sealed) == {"text": text}
