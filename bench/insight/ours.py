"""Our questions, as a release asks them."""

from collections.abc import Callable
from typing import Any

from bench.insight.rivals import NOW, THEN
from trellis.insight.engine import Tables
from trellis.insight.expressions.gap import gap, gap_from_cube
from trellis.insight.expressions.growth import growth
from trellis.insight.expressions.self_other import self_other
from trellis.insight.expressions.supply import need, seats
from trellis.insight.facts.layout import PARTS
from trellis.insight.facts.manifest import Manifest


def questions(tables: Tables, manifest: Manifest) -> dict[str, Callable[[], Any]]:
    """Return each question; its answer is in the rival's form, so that both can be compared."""
    themes = manifest.columns

    def flat(found: Any, key: str, *suffixes: str) -> dict[tuple[int, int], tuple[int, ...]]:
        return {
            (place, row[key]): tuple(row[f"{theme}{suffix}"] for suffix in suffixes)
            for row in found.to_pylist()
            for place, theme in enumerate(themes, 1)
        }

    def supply() -> Any:
        found = tables.ask(need, "facts", wave=NOW, themes=themes)
        given = tables.ask(seats, "supply", wave=NOW)
        return flat(found, "state", "_need1", "_need2", "_need3"), given.num_rows

    def seen() -> Any:
        (row,) = tables.ask(self_other, "facts", wave=NOW, themes=themes, by=()).to_pylist()
        return {place: (row[f"{theme}_n"], row[f"{theme}_gap"] / PARTS) for place, theme in enumerate(themes, 1)}

    return {
        "gap": lambda: flat(tables.ask(gap, "facts", wave=NOW, themes=themes), "state", "_n", "_at"),
        "cube": lambda: flat(tables.ask(gap_from_cube, "cube", wave=NOW, themes=themes), "state", "_n", "_at"),
        "growth": lambda: flat(
            tables.ask(growth, "facts", then=THEN, now=NOW, themes=themes, by=("identity",)), "identity", "_n", "_up"
        ),
        "self-other": seen,
        "supply": supply,
    }


def same(name: str, ours: Any, theirs: Any) -> bool:
    """Say whether both answered the same; means of others are kept to a twentieth of a half-step."""
    if name == "supply":
        need_of = {(row[1], row[0], row[2]): row[3] for row in theirs if row[3] is not None}
        return need_of == {
            (theme, state, level): count
            for (theme, state), counts in ours[0].items()
            for level, count in enumerate(counts, 1)
            if count
        }
    if name == "self-other":
        rows = {row[0]: row[1:] for row in theirs}
        return all(
            rows[place][0] == n and abs(float(rows[place][1]) - apart) <= n / (2 * PARTS)
            for place, (n, apart) in ours.items()
        )
    return {(row[0], row[1]): (row[2], int(row[3])) for row in theirs} == {
        key: found for key, found in ours.items() if found[0]
    }
