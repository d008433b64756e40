"""One run of the trial: all figures of an edition's instruments, as they are stored and shown."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from trellis.assessment.models import Instrument, Relation, Round
from trellis.assessment.trial_fairness import fairness
from trellis.assessment.trial_figures import (
    LEAST_COMPLETE,
    agreement,
    drop_off,
    kinds,
    passed_over,
    reliability,
    retest,
    shown_count,
    timing,
)
from trellis.assessment.trial_rounds import answered_about_people, answered_by_round
from trellis.assessment.trial_table import TrialTable, trial_table
from trellis.framework.models import Edition
from trellis.measure.disclosure import THRESHOLD

Figures = dict[str, Any]
# Rounds that may be looked at alone.
MOST_CUTS = 3


def trial_of(edition: Edition, before: Figures | None, now: dt.datetime) -> Figures:
    """Return the figures of all instruments over an edition, by their uid, ready to be stored as JSON.

    Whatever has too few people is not computed, so that what is stored holds nothing that must not be shown. Where
    fewer than 10 answers came or went since the run `before`, its figures stay: two runs that differ by a few people
    would tell of them.
    """
    instruments = Instrument.objects.filter(edition=edition).select_related("edition__framework")
    earlier = before["instruments"] if before else {}
    return {"instruments": {str(one.uid): _figures(one, earlier.get(str(one.uid)), now) for one in instruments}}


def _figures(instrument: Instrument, earlier: Figures | None, now: dt.datetime) -> Figures:
    table = trial_table(instrument)
    if earlier is not None and 0 < _changed(table, earlier["stand"], now) < THRESHOLD:
        return earlier
    times, timeless = _counted(table, now)
    stand = {
        "as_of": now.isoformat(),
        "counted": len(times),
        "timeless": timeless,
        "one_in": table.one_in,
    }
    if instrument.definition["about_whom"] == "person":
        return {"stand": stand} | _about_people(instrument, table)
    whole = _cut(table, now)
    return {
        "stand": stand,
        "rounds": answered_by_round(instrument),
        "whole": whole | {"retest": retest(table), "fairness": fairness(table)},
        "cuts": {str(uid): _cut(part, now) for uid, part in _rounds(table).items()},
    }


def _counted(table: TrialTable, now: dt.datetime) -> tuple[list[dt.datetime], int]:
    """From when on each response counts, of those that do now, and how many have no time."""
    times = [since for one in table.given if (since := one.counted_from) is not None and since <= now]
    return times, sum(one.counted_from is None for one in table.given)


def _changed(table: TrialTable, stand: Figures, now: dt.datetime) -> int:
    """How many responses came or went since a run."""
    times, timeless = _counted(table, now)
    came = sum(since > dt.datetime.fromisoformat(stand["as_of"]) for since in times)
    went = max(0, int(stand["counted"]) - (len(times) - came))
    return came + went + abs(timeless - int(stand["timeless"]))


def _cut(table: TrialTable, now: dt.datetime) -> Figures:
    """The figures that can be had of all answers, or of one round's alone."""
    return {
        "people": shown_count(len(table.newest.given)),
        "timing": timing(table),
        "drop_off": drop_off(table, now),
        "passed": passed_over(table),
        "reliability": reliability(table),
    }


def _rounds(table: TrialTable) -> dict[uuid.UUID, TrialTable]:
    """The newest rounds that may be looked at alone: 30 answered, and what is left of the rest is nobody or 10 again.

    Else a round beside the whole would tell of the few others.
    """
    sizes = Counter(one.round for one in table.given if one.is_done)
    done = sum(sizes.values())
    fit = [
        key
        for key, size in sizes.items()
        if key is not None and size >= LEAST_COMPLETE and (done - size == 0 or done - size >= THRESHOLD)
    ]
    if sum(0 < size < THRESHOLD for size in sizes.values()) == 1:
        return {}  # all the others together would tell of the small one
    newest = Round.objects.filter(pk__in=fit).order_by("-opens_on", "-pk").values_list("pk", "uid")
    return {
        uid: table.where([row for row, one in enumerate(table.given) if one.round == key])
        for key, uid in newest[:MOST_CUTS]
    }


def _about_people(instrument: Instrument, table: TrialTable) -> Figures:
    others = table.where([row for row, one in enumerate(table.given) if one.relation != Relation.SELF])
    people = len({one.person for one in others.given})
    return {
        "rounds": [],
        "closed": answered_about_people(instrument),
        "whole": {
            "people": shown_count(people),
            "passed": passed_over(others) if people >= THRESHOLD else [],
            "agreement": agreement(others),
            "kinds": kinds(others),
        },
        "cuts": {},
    }
