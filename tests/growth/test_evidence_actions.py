"""What a member does with evidence: send it, mend it, take it back, renew it; and what is written down."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.assessment.answers import next_edition
from tests.cast import Cast
from tests.growth.evidence_pieces import LINK, PDF, attested, send, tree_now, upload, verdict
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.core.uploads import FileRefusedError
from trellis.growth.evidence_actions import Content, may_be_renewed, mend_evidence, withdraw_evidence
from trellis.growth.evidence_queries import (
    attested_levels,
    attested_levels_of,
    attested_of,
    place_in,
    statements_of,
)
from trellis.growth.models import Evidence
from trellis.growth.reading_actions import read_evidence
from trellis.people.models import Term
from trellis.people.queries import coaches_of

pytestmark = pytest.mark.usefixtures("framework")


def file(name: str = "minutes.pdf", content: bytes = PDF) -> Content:
    return Content(kind="file", part="took part", outcome="It is done.", upload=upload(name, content))


def stored() -> set[str]:
    """Return the names of the files on disk."""
    return set(default_storage.listdir("evidence")[1]) if default_storage.exists("evidence") else set()


@pytest.fixture(autouse=True)
def _clean_disk() -> None:
    for name in stored():
        default_storage.delete(f"evidence/{name}")


def history(evidence: Evidence) -> list[str]:
    return list(evidence.events.order_by("pk").values_list("what", flat=True))


# sending


def test_a_sent_piece_knows_its_cell_by_uid_and_code_and_waits(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach, cell="ORG.5.L1")
    theme = tree_now().theme_by_code["ORG.5"]
    assert (piece.theme_uid, piece.cell_uid) == (theme.uid, theme.cell(1).uid)
    assert (piece.theme_name, piece.level, piece.status, piece.submission) == (theme.short, 1, "submitted", 1)
    assert (piece.sent_to, piece.any_coach, history(piece)) == (cast.coach, False, ["sent"])
    assert send(cast.own, to=None).any_coach


def test_it_goes_to_a_coach_of_ones_own_unit_only(cast: Cast) -> None:
    assert coaches_of(cast.own) == (cast.coach,)
    for nobody in (cast.president, cast.own, cast.neighbour):
        with pytest.raises(ValidationError, match="Choose a coach"):
            send(cast.own, to=nobody)
    assert not Evidence.objects.exists()


def test_taking_part_does_not_support_level_two(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="does not support"):
        send(cast.own, to=None, cell="ORG.5.L2")
    assert send(cast.own, to=None, cell="ORG.5.L2", content=replace(LINK, part="led")).level == 2


def test_only_the_pointer_of_its_kind_is_kept(cast: Cast) -> None:
    everything = replace(
        file(), link="https://example.org/", credential="Diploma", credential_by="A school", credential_number="7"
    )
    piece = send(cast.own, to=None, content=replace(everything, kind="credential"))
    assert (piece.link, piece.file.name, piece.credential, piece.credential_number) == ("", "", "Diploma", "7")
    assert stored() == set()
    piece = send(cast.own, to=None, content=everything)
    assert (piece.link, piece.credential, piece.file_name, piece.file_type) == ("", "", "minutes.pdf", "pdf")


def test_a_file_lies_under_a_random_name(cast: Cast) -> None:
    piece = send(cast.own, to=None, content=file("Rosa Delgado, minutes.pdf"))
    [name] = stored()
    assert piece.file.name == f"evidence/{name}"
    assert len(name) == 64
    assert "rosa" not in name.lower()
    with piece.file.open() as kept:
        assert kept.read() == PDF
    assert (piece.file_name, piece.file_size) == ("Rosa Delgado, minutes.pdf", len(PDF))


def test_a_file_that_is_not_taken_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(FileRefusedError, match=r"minutes\.pdf"):
        send(cast.own, to=None, content=file("minutes.pdf", b"<html>"))
    assert not Evidence.objects.exists()
    assert stored() == set()


def test_a_file_goes_when_its_row_could_not_be_stored(cast: Cast) -> None:
    with pytest.raises(Exception, match="evidence_has_outcome"):
        send(cast.own, to=None, content=replace(file(), outcome=""))
    assert stored() == set()


def test_each_step_is_in_the_audit_trail_in_codes_only(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach, content=file("Rosa.pdf"))
    mend_evidence(piece, file("Rosa.pdf"), to=cast.coach, by=cast.own)
    withdraw_evidence(piece, by=cast.own)
    rows = AuditEntry.objects.filter(target=f"evidence:{piece.uid}").order_by("pk")
    assert [(row.action, row.actor) for row in rows] == [
        ("growth.evidence.send", str(cast.own.uid)),
        ("growth.evidence.send", str(cast.own.uid)),
        ("growth.evidence.withdraw", str(cast.own.uid)),
    ]
    assert rows[1].detail == {"cell": "ORG.5.L1", "kind": "file", "submission": 2}
    assert audit.first_broken() is None


# mending


def test_what_was_sent_back_is_mended_and_sent_again(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    read_evidence(piece, verdict(piece, attest=False), by=cast.coach)
    mended = mend_evidence(piece, replace(LINK, outcome="Five joined."), to=cast.coach, by=cast.own)
    assert (mended.status, mended.submission, mended.outcome) == ("submitted", 2, "Five joined.")
    assert history(mended) == ["sent", "returned", "mended"]
    assert read_evidence(mended, verdict(mended), by=cast.coach).status == "attested"


def test_what_nobody_has_read_may_go_to_another_coach(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    assert mend_evidence(piece, LINK, to=None, by=cast.own).any_coach


def test_what_is_decided_or_gone_cannot_be_changed(cast: Cast) -> None:
    piece, gone = attested(cast.own, cast.coach), send(cast.own, to=None)
    withdraw_evidence(gone, by=cast.own)
    for closed in (piece, gone):
        with pytest.raises(ValidationError, match="cannot be changed"):
            mend_evidence(closed, LINK, to=None, by=cast.own)


def test_nobody_else_changes_or_takes_it_back(cast: Cast) -> None:
    piece = send(cast.own, to=cast.coach)
    with pytest.raises(Evidence.DoesNotExist):
        mend_evidence(piece, LINK, to=None, by=cast.coach)
    with pytest.raises(Evidence.DoesNotExist):
        withdraw_evidence(piece, by=cast.coach)


def test_a_file_stays_or_is_replaced_or_goes_with_another_kind(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    piece = send(cast.own, to=None, content=file())
    [first] = stored()
    with django_capture_on_commit_callbacks(execute=True):
        kept = mend_evidence(piece, replace(file(), upload=None), to=None, by=cast.own)
    assert stored() == {first}
    assert (kept.file_name, kept.file_size) == ("minutes.pdf", len(PDF))
    with django_capture_on_commit_callbacks(execute=True):
        mend_evidence(piece, file("other.pdf", PDF + b"\n"), to=None, by=cast.own)
        assert len(stored()) == 2, "the old one stays until the new one is safe"
    [second] = stored()
    assert second != first
    with django_capture_on_commit_callbacks(execute=True):
        bare = mend_evidence(piece, LINK, to=None, by=cast.own)
    assert stored() == set()
    assert (bare.file.name, bare.file_name, bare.file_size) == ("", "", 0)


# taking back


def test_taking_back_deletes_what_it_pointed_at_and_keeps_the_history(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    piece = send(cast.own, to=None, content=file())
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_evidence(piece, by=cast.own)
        assert len(stored()) == 1, "not before it is certain"
    assert stored() == set()
    piece.refresh_from_db()
    assert (piece.status, piece.file.name, piece.file_name) == ("withdrawn", "", "")
    withdraw_evidence(piece, by=cast.own)
    assert history(piece) == ["sent", "withdrawn"], "twice is once"


def test_taking_back_ends_a_second_reading(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach, drawn=True)
    withdraw_evidence(piece, by=cast.own)
    piece.refresh_from_db()
    assert (piece.second, attested_levels(cast.own)) == ("none", {})


def test_an_erased_person_leaves_no_file(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    send(cast.own, to=None, content=file())
    with django_capture_on_commit_callbacks(execute=True):
        cast.own.delete()
    assert stored() == set()


# expiry and renewal


def age(piece: Evidence, days: int) -> None:
    """Let a piece have been attested so many days ago."""
    day = clock.today() - dt.timedelta(days=days)
    Evidence.objects.filter(pk=piece.pk).update(attested_on=day, expires_on=day + dt.timedelta(days=1095))


def test_expired_evidence_supports_nothing(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    theme = tree_now().theme_by_code["ORG.5"].uid
    assert attested_levels(cast.own) == {theme: (1,)}
    age(piece, 1095)
    assert attested_levels(cast.own) == {theme: (1,)}, "its last day counts"
    age(piece, 1096)
    assert attested_levels(cast.own) == {}


def test_a_renewal_points_at_the_earlier_piece_which_stays_valid(cast: Cast) -> None:
    old = attested(cast.own, cast.coach)
    new = send(cast.own, to=cast.coach, renews=old)
    assert new.renews == old
    assert len(attested_of([cast.own.pk])[cast.own.pk]) == 1
    read_evidence(new, verdict(new), by=cast.coach)
    assert len(attested_of([cast.own.pk])[cast.own.pk]) == 2
    age(old, 2000)
    assert attested_levels(cast.own) == {old.theme_uid: (1,)}


def test_only_ones_own_attested_evidence_for_the_same_step_is_renewed_and_only_once(cast: Cast) -> None:
    waiting, others = send(cast.own, to=None), attested(cast.colleague, cast.coach)
    old = attested(cast.own, cast.coach)
    for earlier, cell in ((waiting, "ORG.5.L1"), (others, "ORG.5.L1"), (old, "ORG.6.L1")):
        with pytest.raises(ValidationError, match="cannot be renewed"):
            send(cast.own, to=None, cell=cell, renews=earlier)
    first = send(cast.own, to=None, renews=old)
    assert not may_be_renewed(old, by=cast.own)
    with pytest.raises(ValidationError, match="cannot be renewed"):
        send(cast.own, to=None, renews=old)
    withdraw_evidence(first, by=cast.own)
    assert may_be_renewed(old, by=cast.own)


# what others read


def test_levels_of_many_persons_take_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    led = replace(LINK, part="led")
    for level, content in ((2, led), (1, LINK), (1, LINK)):
        attested(cast.own, cast.coach, cell=f"ORG.5.L{level}", content=content)
    attested(cast.colleague, cast.coach, cell="ADV.1.L1")
    send(cast.private, to=None)
    keys = [cast.persons[name].pk for name in ("own", "colleague", "private")]
    themes = tree_now().theme_by_code
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = attested_levels_of(keys)
    assert found == {keys[0]: {themes["ORG.5"].uid: (1, 2)}, keys[1]: {themes["ADV.1"].uid: (1,)}}
    rows = attested_of(keys)[keys[0]]
    assert [(row.level, row.cell_code, row.kind, row.readers_differ) for row in rows] == [
        (2, "ORG.5.L2", "link", False),
        (1, "ORG.5.L1", "link", False),
        (1, "ORG.5.L1", "link", False),
    ]
    assert {(row.attested_on, row.theme_uid) for row in rows} == {(clock.today(), themes["ORG.5"].uid)}


def test_a_later_edition_reads_it_by_the_uid_of_the_theme_and_it_keeps_its_own_statements(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    asked = statements_of(piece)
    later = next_edition(reworded=["ORG.5"])
    tree = tree_now()
    assert tree.id == later.pk
    place = place_in(tree, piece)
    assert place is not None
    assert attested_levels(cast.own) == {tree.theme_by_code["ORG.5"].uid: (1,)}
    assert statements_of(Evidence.objects.get(pk=piece.pk)) == asked
    assert {each.version for each in place[1].statements} == {2}


def test_an_edition_without_the_theme_has_no_place_for_it(cast: Cast) -> None:
    piece = attested(cast.own, cast.coach)
    next_edition(gone=["ORG.5"])
    assert place_in(tree_now(), piece) is None


def test_without_a_coach_it_waits_for_any(cast: Cast) -> None:
    Term.objects.filter(person=cast.persons["coach"]).delete()
    assert coaches_of(cast.own) == ()
    assert send(cast.own, to=None).any_coach
