"""Releases a closed wave: everything about it passes the gate together, once, and never changes again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trellis.core import audit
from trellis.framework.queries import main_tree
from trellis.growth.queries import profiles
from trellis.insight import engine
from trellis.insight.facts.generations import NoFactsError, Snapshot
from trellis.insight.facts.layout import column_of
from trellis.insight.facts.manifest import Manifest, WaveFacts
from trellis.insight.facts.refresh import store
from trellis.insight.gate import supply
from trellis.insight.gate.fairness import Checks
from trellis.insight.gate.releasing import Made, Said, contents, make, opened
from trellis.insight.models import Release, ReleasedTable, Wave
from trellis.measure.disclosure import THRESHOLD
from trellis.people.models import Unit, UnitKind

_AT_ONCE = 500


def release_wave(
    wave: Wave, *, by: audit.Actor | None, threshold: int = THRESHOLD, said: Said = lambda what, done, of: None
) -> Release:
    """Release a closed wave; takes minutes for a national association.

    Raises ValidationError when it is not closed, is released already, or the facts do not hold it as it was closed; and
    TellsTooMuchError when the audit finds anything: then nothing is stored.
    """
    top = _ready(wave, threshold)
    try:
        with store().reading() as snapshot:
            facts = _frozen(snapshot, wave)
            before = [
                (release, found)
                for release in Release.objects.filter(wave__opens_on__lt=wave.opens_on).select_related("wave")
                if (found := _held(snapshot.manifest, release.wave)) is not None
            ]
            with engine.opened(snapshot) as tables:
                questions = opened(tables, snapshot.manifest, facts, asked_of_roles(snapshot.manifest), threshold)
                made = make(questions, top=top.pk, earlier=before, said=said)
                beside = [
                    *supply.contents(tables, facts, top.pk),
                    *Checks(tables, snapshot.manifest, facts, made.answered).contents(top.pk),
                ]
    except NoFactsError as error:
        raise ValidationError(str(error)) from error
    rows = [*contents(made, snapshot.manifest, top.pk), *beside]
    return _stored(wave, rows, _about(snapshot, made, facts, top), by=by, threshold=threshold)


def asked_of_roles(manifest: Manifest) -> dict[str, dict[str, int]]:
    """Return by role the level that its profile asks for of each theme that the facts hold."""
    tree = main_tree()
    found: dict[str, dict[str, int]] = {}
    for profile in profiles(tree) if tree is not None else ():
        targets = {column_of(target.theme_code): target.level for target in profile.targets.all()}
        held = {column: level for column, level in targets.items() if column in manifest.columns}
        if held:
            found.setdefault(profile.role.code, held)
    return found


def _ready(wave: Wave, threshold: int) -> Unit:
    """Return the association's unit, when this wave may be released."""
    top = Unit.objects.filter(kind=UnitKind.NATIONAL).order_by("tree_id", "lft").first()
    if top is None:
        raise ValidationError(_("There is no association yet."))
    if not wave.is_closed:
        raise ValidationError(_("This wave is still open: close it first."))
    if Release.objects.filter(wave=wave).exists():
        raise ValidationError(_("This wave is released already, and a release never changes."))
    if threshold < THRESHOLD:
        raise ValidationError(_("No figure may stand on fewer than %(least)d people.") % {"least": THRESHOLD})
    return top


def _held(manifest: Manifest, wave: Wave) -> WaveFacts | None:
    return next((found for found in manifest.waves if found.code == wave.code), None)


def _frozen(snapshot: Snapshot, wave: Wave) -> WaveFacts:
    found = _held(snapshot.manifest, wave)
    if found is None or not found.frozen:
        raise ValidationError(
            _("The facts are older than the close of this wave: run `trellis refresh_insight` first.")
        )
    return found


def _about(snapshot: Snapshot, made: Made, facts: WaveFacts, top: Unit) -> dict[str, Any]:
    manifest, places, raws = snapshot.manifest, made.places, [table.raw for table in made.tables]
    tree = main_tree()
    state_of = {
        int(key): int(places.states[row]) for key, row in zip(places.locals, places.state_of, strict=True) if key
    }
    return {
        "made_of": manifest.made_at,
        "top": top.pk,
        "edition": tree.name if tree is not None else "",
        "themes": [{"column": one.column, "code": one.code, "uid": one.uid} for one in manifest.themes],
        "attributes": [
            {"code": one.code, "groups": list(one.groups), "lowest": one.lowest} for one in manifest.attributes
        ],
        "columns": {one.question: list(one.columns) for one in raws if not one.attribute},
        "columns_by": {one.question: list(one.columns) for one in raws if one.attribute},
        "then": next((one.code for one in reversed(manifest.waves) if one.opens_on < facts.opens_on), ""),
        "state_of": state_of,
        "withheld": made.withheld,
    }


@transaction.atomic
def _stored(
    wave: Wave,
    rows: Sequence[tuple[str, str, int, dict[str, Any]]],
    about: dict[str, Any],
    *,
    by: audit.Actor | None,
    threshold: int,
) -> Release:
    release = Release.objects.create(wave=wave, facts_at=about["made_of"], threshold=threshold, content=about)
    there = set(Unit.objects.values_list("pk", flat=True))
    ReleasedTable.objects.bulk_create(
        (
            ReleasedTable(release=release, question=question, attribute=attribute, unit_id=unit, content=content)
            for question, attribute, unit, content in rows
            if unit in there
        ),
        batch_size=_AT_ONCE,
    )
    audit.record(
        by=by,
        action="wave.release",
        target=f"wave:{wave.uid}",
        detail={"tables": len(rows), "withheld": about["withheld"], "threshold": threshold},
    )
    return release
