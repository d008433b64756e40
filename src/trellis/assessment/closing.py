"""Closing a 360: groups of five or more are released, and everything that could tell who said what is forgotten."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.assessment.models import Rating, Release, Response, ThreeSixty, ThreeSixtyState
from trellis.assessment.releasing import seal_comments
from trellis.assessment.sealed import Letter, final_letters
from trellis.core import audit, clock
from trellis.core.masking import without_names
from trellis.core.sealing import SealBrokenError
from trellis.core.sqlite.traces import forget_deleted
from trellis.framework.queries import edition_tree
from trellis.measure.panel import THRESHOLD, groups_of, medians

UNREADABLE = gettext_lazy(
    "These answers cannot be opened: the site's secret key has changed since they were given. Cancel it and ask again."
)
# Order is the thing to hide here; the system's own source cannot be wound back.
_shuffle = random.SystemRandom().shuffle


@transaction.atomic
def close(three_sixty: ThreeSixty, *, by: audit.Actor | None) -> ThreeSixty:
    """Close a 360 and release its report to the rated person, once; it can never be opened again.

    What stays: medians of groups of five or more, answers of those groups without rater, time or order, and comments
    when five or more wrote one. The rest, the links, the raters' names and the key are deleted. Raises
    ValidationError when it is not open, or its answers cannot be opened any more.
    """
    three_sixty = (
        ThreeSixty.objects.select_for_update(of=("self",))
        .select_related("round__instrument__edition__framework", "round__subject")
        .get(pk=three_sixty.pk)
    )
    if three_sixty.state != ThreeSixtyState.OPEN:
        raise ValidationError(_("Only what is open can be closed."))
    try:
        letters = final_letters(three_sixty)
    except SealBrokenError as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error
    _shuffle(letters)
    names = list(three_sixty.raters.values_list("name", flat=True))
    groups = groups_of(Counter(letter.relation for letter in letters if not letter.name))
    shown = [
        (letter, letter.relation if letter.name else groups[letter.relation])
        for letter in letters
        if letter.name or letter.relation in groups
    ]
    at = clock.now()
    Release.objects.create(
        three_sixty=three_sixty,
        content=_content(three_sixty, shown),
        comments=seal_comments(_comments(letters, names)),
    )
    _keep(three_sixty, shown, at)
    forget(three_sixty)
    three_sixty.state, three_sixty.closed_at, three_sixty.released_at = ThreeSixtyState.CLOSED, at, at
    three_sixty.save()
    audit.record(
        by=by,
        action="three_sixty.close",
        target=f"three-sixty:{three_sixty.uid}",
        detail={"groups": len(set(groups.values()))},
    )
    transaction.on_commit(lambda: forget_deleted(connection))
    return three_sixty


def forget(three_sixty: ThreeSixty) -> None:
    """Delete the envelopes, the raters with their links, and the key that opens what an old backup may still hold.

    The 360 itself is left to be saved by who ends it.
    """
    three_sixty.envelopes.all().delete()
    three_sixty.raters.all().delete()
    three_sixty.key, three_sixty.note = None, ""


def _content(three_sixty: ThreeSixty, shown: Sequence[tuple[Letter, str]]) -> dict[str, Any]:
    """The figures of the report: groups with their size, medians by theme, and the answers of who is named."""
    uids = {theme.id: str(theme.uid) for theme in edition_tree(three_sixty.round.instrument.edition).themes}
    together = [(letter, group) for letter, group in shown if not letter.name]
    found = medians(
        (group, uids[int(point.key)], value)
        for letter, group in together
        for point, value in letter.answers.items()
        if value is not None
    )
    themes: dict[str, dict[str, list[int]]] = {}
    for (group, theme), (median, raters) in sorted(found.items()):
        themes.setdefault(theme, {})[group] = [median, raters]
    named = [
        {
            "name": letter.name,
            "relation": letter.relation,
            "themes": {uids[int(point.key)]: value for point, value in letter.answers.items() if value is not None},
            "remarks": letter.remarks,
        }
        for letter, _group in shown
        if letter.name
    ]
    return {
        "groups": dict(sorted(Counter(group for _letter, group in together).items())),
        "themes": themes,
        "named": sorted(named, key=lambda one: (one["relation"], one["name"])),
    }


def _comments(letters: Iterable[Letter], names: Iterable[str]) -> dict[str, list[str]]:
    """Return what was written by question, in no order, where five or more wrote; raters' names are taken out."""
    written: dict[str, list[str]] = {}
    for letter in letters:
        if not letter.name:
            for code, text in letter.remarks.items():
                written.setdefault(code, []).append(without_names(text, names))
    kept = {code: texts for code, texts in written.items() if len(texts) >= THRESHOLD}
    for texts in kept.values():
        _shuffle(texts)  # each question on its own, so that the third of one is not the third of the next
    return kept


def _keep(three_sixty: ThreeSixty, shown: Sequence[tuple[Letter, str]], at: Any) -> None:
    """Store the answers of who is shown, without rater, time or order, for reliability and for the standing."""
    responses = [
        Response(
            instrument=three_sixty.round.instrument,
            round=three_sixty.round,
            subject=three_sixty.round.subject,
            relation=group,
            started_at=None,
            finished_at=at,
        )
        for _letter, group in shown
    ]
    Response.objects.bulk_create(responses)
    Rating.objects.bulk_create(
        Rating(response=response, value=value, cannot_say=value is None, answered_at=None, **point.fields())
        for response, (letter, _group) in zip(responses, shown, strict=True)
        for point, value in sorted(letter.answers.items(), key=lambda answer: str(answer[0]))
    )
