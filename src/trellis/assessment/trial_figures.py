"""The trial of one instrument in figures: how long it takes, where people stop, what they pass over, what it is worth.

Each function returns what may be shown and nothing else, ready to be stored as JSON: below its number of people a
figure is not computed at all, and a count below the threshold is None.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from trellis.assessment.models import Relation
from trellis.assessment.trial_table import Given, Scale, TrialTable, places_shown
from trellis.measure.disclosure import THRESHOLD
from trellis.measure.endcoding import coded_percentage, written_count
from trellis.measure.one_way import OneWay, one_way
from trellis.measure.reliability import (
    GOOD,
    ONE_RATER,
    Interval,
    alpha,
    alpha_interval,
    omega,
    omega_interval,
    rater_strength,
)
from trellis.measure.scientific import stats
from trellis.measure.tables import Floats

Figures = dict[str, Any]
# Complete cases from which reliability and agreement are computed (measurement.md).
LEAST_COMPLETE = 30
# Two waves nearer than this say how sure answers are; further apart growth is in the difference too.
NEAR_DAYS = 60
# A question that so many pass over may be unclear. Provisional.
PASSED_OFTEN = 20
SHOWN_PASSED = 6
# A 360 shows a kind of rater from five on, and asks to invite eight.
SHOWN_RATERS, INVITED_RATERS = 5, 8
_LITERATURE = {Relation.FOLLOWER: "followers", Relation.LEAD: "supervisors"}


def shown_count(count: int, whole: int | None = None) -> str:
    """Write a count: "<10" below the threshold, and "≥" what all counts have in common that leave fewer of a whole."""
    if count >= THRESHOLD and whole is not None and whole - count < THRESHOLD:
        return f"≥{max(THRESHOLD, whole - THRESHOLD + 1)}"
    return written_count(count)


def shown_share(part: int, people: int) -> Figures | None:
    """Return a share as a whole percentage with coded ends: how it is written, and where a bar ends.

    Where fewer than 10 are in it, or fewer than 10 are not, it says no more than that: of a known whole the percentage
    would give the count away. None below 10 people, and where both are so few.
    """
    coded = coded_percentage(part, people)
    few, rest_few = part < THRESHOLD, people - part < THRESHOLD
    if coded is None or (few and rest_few):
        return None
    if few:
        most = math.ceil(100 * (THRESHOLD - 1) / people)
        return {"text": f"≤{most}", "value": most}
    if rest_few:
        least = math.floor(100 * (people - THRESHOLD + 1) / people)
        return {"text": f"≥{least}", "value": least}
    return {"text": str(coded), "value": coded.value}


def timing(table: TrialTable) -> Figures:
    """Return median and quartiles of the minutes from begin to end, of 10 finished responses or more."""
    minutes = [taken for one in table.given if (taken := one.minutes) is not None]
    if len(minutes) < THRESHOLD:
        return {"responses": shown_count(len(minutes))}
    low, middle, high = (round(each) for each in np.percentile(minutes, [25, 50, 75]).tolist())
    return {"responses": shown_count(len(minutes)), "low": low, "median": middle, "high": high}


def drop_off(table: TrialTable, now: dt.datetime) -> Figures:
    """Return the share of starters who still answer, place by place in the order shown, and where they stopped.

    Starters have finished, or begun more than a week ago. Nothing is computed unless 10 stopped. A place that fewer
    than 10 were asked is left out, and so is a question at which fewer than 10 stopped.
    """
    starters = [
        (row, one)
        for row, one in enumerate(table.given)
        if one.is_done or (one.counted_from is not None and one.counted_from <= now)
    ]
    stopped = sum(not one.is_done for _, one in starters)
    found: Figures = {"starters": shown_count(len(starters)), "stopped": shown_count(stopped), "curve": [], "at": []}
    if stopped < THRESHOLD:
        # How many finished stands elsewhere, so that beside it the number of starters would tell.
        return found | {"starters": None}
    asked_to, there, stops = Counter[int](), Counter[int](), Counter[str]()
    for row, one in starters:
        columns = places_shown(table, one)
        reached = _reached(table, row, columns, one)
        asked_to[len(columns)] += 1
        there[reached] += 1
        if not one.is_done and reached < len(columns):
            stops[table.pages[columns[reached]][1]] += 1
    for place in range(1, max(asked_to) + 1):
        asked = sum(count for length, count in asked_to.items() if length >= place)
        still = sum(count for reached, count in there.items() if reached >= place)
        share = shown_share(still, asked)
        if share is not None:
            found["curve"].append({"place": place} | share)
    often = [(code, count) for code, count in stops.most_common() if count >= THRESHOLD]
    found["at"] = [{"code": code, "share": shown_share(count, stopped)} for code, count in often]
    return found


def _reached(table: TrialTable, row: int, columns: Sequence[int], one: Given) -> int:
    """How many questions lie up to the last one that was answered; all of them in a finished response."""
    if one.is_done:
        return len(columns)
    places = np.flatnonzero(table.answered[row, list(columns)])
    return int(places[-1]) + 1 if len(places) else 0


def passed_over(table: TrialTable) -> list[Figures]:
    """Return the questions that 10 finished responses or more could not answer, or left out; the most first."""
    finished = table.finished
    asked = np.zeros(finished.values.shape, dtype=np.bool_)
    for row, one in enumerate(finished.given):
        asked[row, places_shown(finished, one)] = True
    without = (asked & np.isnan(finished.values)).sum(axis=0)
    found = []
    for column in sorted((column for scale in finished.scales for column in scale.columns), key=lambda c: -without[c]):
        share = shown_share(int(without[column]), int(asked[:, column].sum()))
        if share is not None and without[column] >= THRESHOLD:
            often = share["value"] >= PASSED_OFTEN
            found.append({"code": finished.pages[column][1], "share": share, "often": often})
    return found[:SHOWN_PASSED]


def _number(value: float, ends: Interval) -> Figures | None:
    if np.isnan(value):
        return None
    # Adding 0 makes what rounds to -0 a plain 0.
    found, low, high = (round(each, 2) + 0.0 for each in (value, *ends))
    return {"value": found, "low": low, "high": high}


def reliability(table: TrialTable) -> list[Figures]:
    """Return alpha and omega with intervals for each scale with 30 complete cases among newest responses or more.

    Below, only what is missing: how many there are (None below 10). Omega needs three questions that vary.
    """
    newest = table.newest
    found: list[Figures] = []
    for scale in newest.scales:
        if len(scale.columns) < 2:
            continue
        answers = newest.values[:, list(scale.columns)]
        complete = answers[~np.isnan(answers).any(axis=1)]
        people = shown_count(len(complete), len(answers))
        entry: Figures = {"code": scale.code, "people": people, "needed": LEAST_COMPLETE}
        found.append(entry)
        if len(complete) < LEAST_COMPLETE:
            continue
        entry["alpha"] = _number(alpha(complete), alpha_interval(complete))
        if (np.ptp(complete, axis=0) > 0).sum() >= 3:
            entry["omega"] = _number(omega(complete), omega_interval(complete))
        entry["low"] = entry["alpha"] is not None and entry["alpha"]["value"] < GOOD
    return found


def _means(table: TrialTable, scale: Scale) -> Floats:
    """Each response's mean on a scale, NaN where fewer than half of its questions are answered."""
    answers = table.values[:, list(scale.columns)]
    there = ~np.isnan(answers)
    means: Floats = np.where(there, answers, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return np.where(2 * there.sum(axis=1) >= len(scale.columns), means, np.nan)


def retest(table: TrialTable) -> Figures | None:
    """Return how alike two newest waves of a person are: by scale, the correlation from 30 pairs on.

    None where nobody answered twice often enough. The interval is Fisher's (1921).
    """
    finished = table.finished
    pairs = [
        (row - 1, row)
        for row, one in enumerate(finished.given)
        if row and finished.given[row - 1].person == one.person and _is_last(finished, row)
    ]
    if len(pairs) < LEAST_COMPLETE:
        return None
    first, second = finished.where([one for one, _ in pairs]), finished.where([two for _, two in pairs])
    days = [_days(one, two) for one, two in zip(first.given, second.given, strict=True)]
    found = []
    for scale in finished.scales:
        both = np.column_stack([_means(first, scale), _means(second, scale)])
        both = both[~np.isnan(both).any(axis=1)]
        if len(both) >= LEAST_COMPLETE and (np.ptp(both, axis=0) > 0).all():
            r, people = _correlation(both), shown_count(len(both), len(pairs))
            found.append({"code": scale.code, "people": people, "again": _number(r, _fisher(r, len(both)))})
    usual = int(np.median(np.array(days)))
    return {"days": usual, "near": usual <= NEAR_DAYS, "scales": found}


def _correlation(both: Floats) -> float:
    centred = both - both.mean(axis=0)
    return float(centred[:, 0] @ centred[:, 1] / np.sqrt((centred**2).sum(axis=0).prod()))


def _is_last(table: TrialTable, row: int) -> bool:
    return row + 1 == len(table.given) or table.given[row + 1].person != table.given[row].person


def _days(one: Given, two: Given) -> int:
    return (two.finished - one.finished).days if one.finished and two.finished else 0


def _fisher(r: float, people: int) -> Interval:
    far = float(stats.norm.ppf(0.975)) / np.sqrt(people - 3)
    middle = np.arctanh(min(max(r, -0.999999), 0.999999))
    return float(np.tanh(middle - far)), float(np.tanh(middle + far))


def agreement(table: TrialTable) -> list[Figures]:
    """Return how far raters of one person agree, scale by scale, from 30 rated people on; else how many there are."""
    found = []
    for scale in table.scales:
        groups = _by_person(table, scale, lambda one: True)
        entry: Figures = {"code": scale.code, "people": shown_count(len(groups)), "needed": LEAST_COMPLETE}
        found.append(entry)
        if len(groups) >= LEAST_COMPLETE:
            icc = one_way(groups)
            entry |= {"icc": _number(icc.value, (icc.low, icc.high)), "raters": icc.usual}
            entry["word"] = None if np.isnan(icc.value) else _strength(icc.value, icc.usual)
    return found


def kinds(table: TrialTable) -> list[Figures]:
    """Return what five and eight raters of each kind are worth, by the association's own figures or the literature's.

    Own ones need 30 people with two raters of the kind: the mean of the scales' one-way correlations.
    """
    found = []
    for kind in Relation:
        if kind == Relation.SELF:
            continue
        own = [icc.value for scale in table.scales if (icc := _of_kind(table, scale, kind)) is not None]
        known = [value for value in own if not np.isnan(value)]
        one = float(np.mean(known)) if known else ONE_RATER[_LITERATURE.get(kind, "peers")]
        found.append(
            {
                "kind": kind.value,
                "one": round(one, 2) + 0.0,
                "provisional": not known,
                "shown": _strength(one, SHOWN_RATERS),
                "invited": _strength(one, INVITED_RATERS),
            }
        )
    return found


def _of_kind(table: TrialTable, scale: Scale, kind: Relation) -> OneWay | None:
    groups = _by_person(table, scale, lambda one: one.relation == kind)
    return one_way(groups) if len(groups) >= LEAST_COMPLETE else None


def _strength(one: float, raters: int) -> str:
    return rater_strength(raters, min(1.0, max(0.0, one))).word


def _by_person(table: TrialTable, scale: Scale, keep: Callable[[Given], bool]) -> list[Floats]:
    """The raters' means about each person on a scale; only people with two raters or more."""
    means = _means(table, scale)
    found: dict[int, list[float]] = defaultdict(list)
    for one, mean in zip(table.given, means.tolist(), strict=True):
        if keep(one) and not np.isnan(mean):
            found[one.person].append(mean)
    return [np.array(group) for group in found.values() if len(group) > 1]
