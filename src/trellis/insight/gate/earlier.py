"""What earlier releases showed of a breakdown, laid on the places of now."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from trellis.insight.gate.places import Figures, Places
from trellis.insight.gate.raw import Raw
from trellis.insight.models import Release, ReleasedTable


def shown_before(release: Release, raw: Raw, places: Places, groups: Sequence[str], top: int) -> Figures:
    """Return the counts that a release showed of a table's places, groups and columns, NaN for what it did not.

    `groups` are the codes of the table's groups, and `top` the key of the association's unit; one query.
    """
    found = raw.people.each(lambda counts: np.full(counts.shape, np.nan))
    columns = release.content.get("columns_by", {}).get(raw.question, [])
    # A new place may have the key of none that was there; a local that came under another state is another place.
    state_of = {int(key): int(state) for key, state in release.content.get("state_of", {}).items()}
    rows = ReleasedTable.objects.filter(release=release, question=raw.question, attribute=raw.attribute)
    state_row = {int(key): row for row, key in enumerate(places.states)}
    local_row = {
        (int(places.states[state]), int(key)): row
        for row, (state, key) in enumerate(zip(places.state_of, places.locals, strict=True))
    }
    for unit, content in rows.values_list("unit", "content"):
        if unit == top:
            place: Any = found.top
        elif unit in state_row:
            place = found.states[state_row[unit]]
        elif raw.of_locals and (state_of.get(unit, 0), unit) in local_row:
            place = found.locals[local_row[state_of.get(unit, 0), unit]]
        else:
            continue
        for group, counts in zip(content["groups"], content["n"], strict=True):
            for column, count in zip(columns, counts, strict=True):
                if group in groups and column in raw.columns and count is not None:
                    place[groups.index(group), raw.columns.index(column)] = count
    return found
