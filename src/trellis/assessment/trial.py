"""Reads of the trial: the stored figures of an instrument, with the names and words that its page shows."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from trellis.assessment.estimates import TRIAL
from trellis.assessment.instruments import for_reader
from trellis.assessment.models import Estimate, Instrument, Relation, Round
from trellis.assessment.trial_chart import Curve, curve, interval
from trellis.assessment.trial_table import layout_of
from trellis.framework.models import FrameworkKind
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode
from trellis.people.models import Unit
from trellis.people.queries import LANGUAGE, STATE

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question whose wording should be looked at: why, and the statements behind it."""

    code: str
    name: str
    reasons: tuple[str, ...]
    cells: tuple[CellNode, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What the page of an instrument shows; `figures` are the chosen cut's, with a name beside each code."""

    as_of: dt.datetime
    one_in: int
    figures: Figures
    rounds: tuple[Figures, ...]
    closed: Figures | None
    cuts: tuple[Round, ...]
    chosen: Round | None

    @property
    def curve(self) -> Curve | None:
        """The drawing of how many still answer, place by place."""
        places = self.figures.get("drop_off", {}).get("curve")
        return curve(places) if places else None


def summaries(edition_ids: Iterable[int]) -> dict[str, Figures]:
    """Return by instrument uid when its figures were worked out, and how many people they stand on.

    One query for each edition.
    """
    found: dict[str, Figures] = {}
    for edition_id in edition_ids:
        run = Estimate.objects.filter(edition_id=edition_id, kind=TRIAL).first()
        for uid, stored in run.content["instruments"].items() if run else ():
            as_of = dt.datetime.fromisoformat(stored["stand"]["as_of"])
            found[uid] = {"as_of": as_of, "people": stored["whole"]["people"]}
    return found


def trial_of_instrument(instrument: Instrument, *, round_uid: uuid.UUID | None = None) -> Trial | None:
    """Return the newest trial of an instrument, of all answers or of one round's; None before the first run.

    A round that may not be looked at alone counts as not chosen. Three queries at most.
    """
    estimate = Estimate.objects.filter(edition_id=instrument.edition_id, kind=TRIAL).first()
    stored = estimate.content["instruments"].get(str(instrument.uid)) if estimate else None
    if estimate is None or stored is None:
        return None
    held = Round.objects.filter(uid__in=[*stored["cuts"], *(one["round"] for one in stored["rounds"])])
    by_uid = {str(one.uid): one for one in held.order_by("-opens_on")}
    cuts = tuple(one for uid, one in by_uid.items() if uid in stored["cuts"])
    chosen = next((one for one in cuts if one.uid == round_uid), None)
    figures = stored["cuts"][str(chosen.uid)] if chosen else stored["whole"]
    rounds = [entry | {"held": by_uid[entry["round"]]} for entry in stored["rounds"] if entry["round"] in by_uid]
    return Trial(
        as_of=dt.datetime.fromisoformat(stored["stand"]["as_of"]),
        one_in=stored["stand"]["one_in"],
        figures=_named(figures, _names(instrument)),
        rounds=tuple(rounds),
        closed=stored.get("closed"),
        cuts=cuts,
        chosen=chosen,
    )


def _names(instrument: Instrument) -> dict[str, str]:
    """What pages and questions are called, by code; the page's name where a page is one question."""
    pages = layout_of(instrument).pages
    blocks = {block.code: block.heading or block.text for page in pages for block in page.blocks}
    return blocks | {page.code: page.name for page in pages}


def _named(node: Any, names: Mapping[str, str]) -> Any:
    """Return figures with a `name` beside every code that has one, and a drawing beside every interval."""
    if isinstance(node, list):
        return [_named(each, names) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _named(value, names) for key, value in node.items()}
    if "code" in found:
        found["name"] = names.get(found["code"], found["code"])
    if "low" in found and "high" in found and isinstance(found.get("value"), float):
        found["drawn"] = interval(found["value"], found["low"], found["high"])
    return found


def fairness_shown(figures: Figures) -> list[Figures]:
    """Return the fairness figures with the groups' names in the reader's language; one query where there are states."""
    attributes = figures.get("fairness", [])
    codes = {group["group"] for one in attributes if one["attribute"] == STATE for group in one["groups"]}
    units = dict(Unit.objects.filter(uid__in=codes).values_list("uid", "name")) if codes else {}
    names = {str(uid): name for uid, name in units.items()}

    def said(attribute: str, entries: Sequence[Figures]) -> list[Figures]:
        named = (
            each | {"name": names.get(each["group"], "") if attribute == STATE else _language(each["group"])}
            for each in entries
        )
        return sorted(named, key=lambda each: str(each["name"]))

    labels = {STATE: _("State"), LANGUAGE: _("Language")}
    return [
        one
        | {
            "label": labels[one["attribute"]],
            "groups": said(one["attribute"], one["groups"]),
            "comparisons": said(one["attribute"], one["comparisons"]),
        }
        for one in attributes
    ]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def kinds_shown(figures: Figures) -> list[Figures]:
    """Return the kinds of rater with their names and strengths in the reader's language."""
    return [
        one
        | {
            "name": Relation(one["kind"]).label,
            "shown_word": strength_word(one["shown"]),
            "invited_word": strength_word(one["invited"]),
        }
        for one in figures.get("kinds", [])
    ]


def strength_word(word: str) -> str:
    """Return low, fair or good in the reader's language."""
    return {"low": _("low"), "fair": _("fair"), "good": _("good")}.get(word, "")


def enough_and_lacking(rows: Sequence[Figures], figure: str) -> tuple[list[Figures], list[Figures]]:
    """Part rows into those that have this figure, and those with too few people: gathered by how many they have."""
    enough = [row | {"said": strength_word(row.get("word") or "")} for row in rows if figure in row]
    lacking: dict[str, Figures] = {}
    for row in rows:
        if figure not in row:
            entry = lacking.setdefault(row["people"], {"people": row["people"], "needed": row["needed"], "names": []})
            entry["names"].append(row["name"])
    # Where all lack alike there is nothing to tell apart.
    if len(lacking) == 1 and not enough:
        next(iter(lacking.values()))["names"] = []
    return enough, list(lacking.values())


def reviewed(instrument: Instrument, figures: Figures) -> list[Reviewed]:
    """Return the questions whose wording to look at: flagged, passed over often, or where people stop; worst first."""
    reasons: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    flagged = [
        entry
        for attribute in figures.get("fairness", [])
        for comparison in attribute["comparisons"]
        for entry in comparison["flagged"]
    ]
    for reason, entries in (
        (_("works differently for a group"), flagged),
        (_("many people stop here"), figures.get("drop_off", {}).get("at", [])),
        (_("often passed over"), [entry for entry in figures.get("passed", []) if entry["often"]]),
    ):
        for entry in entries:
            names[entry["code"]] = entry["name"]
            if reason not in reasons.setdefault(entry["code"], []):
                reasons[entry["code"]].append(reason)
    ranked = sorted(reasons.items(), key=lambda each: -len(each[1]))
    return [Reviewed(code, names[code], tuple(why), _cells(instrument, code)) for code, why in ranked]


def _cells(instrument: Instrument, code: str) -> tuple[CellNode, ...]:
    """The cells whose statements stand behind a question: all of a theme's, or the one that a statement is of."""
    if instrument.edition.framework.kind != FrameworkKind.GRID:
        return ()
    tree = edition_tree(instrument.edition)
    if code in tree.theme_by_code:
        return tree.theme_by_code[code].cells
    cell = tree.cell_by_code.get(code.rpartition(".")[0])
    return (cell,) if cell else ()


def spoken(instruments: QuerySet[Instrument]) -> list[tuple[Instrument, Figures]]:
    """Return instruments with their definitions in the reader's language."""
    return [(one, for_reader(one.definition)) for one in instruments]
