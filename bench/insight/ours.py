"""Our questions, as a release asks them."""

from collections.abc import Callable, Sequence
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
    """Return each question; its answer is rows of Python's own values, as the rival's is."""
    themes = manifest.columns

    def supply() -> Any:
        found = tables.ask(need, "facts", wave=NOW, themes=themes)
        given = tables.ask(seats, "supply", wave=NOW)
        return found.to_pylist(), given.num_rows

    return {
        "gap": lambda: tables.ask(gap, "facts", wave=NOW, themes=themes).to_pylist(),
        "cube": lambda: tables.ask(gap_from_cube, "cube", wave=NOW, themes=themes).to_pylist(),
        "growth": lambda: tables.ask(growth, "facts", then=THEN, now=NOW, themes=themes, by=("identity",)).to_pylist(),
        "self-other": lambda: tables.ask(self_other, "facts", wave=NOW, themes=themes, by=()).to_pylist(),
        "supply": supply,
    }


def _flat(rows: Any, themes: Sequence[str], key: str, *suffixes: str) -> dict[tuple[int, int], tuple[int, ...]]:
    return {
        (place, row[key]): tuple(row[f"{theme}{suffix}"] for suffix in suffixes)
        for row in rows
        for place, theme in enumerate(themes, 1)
    }


def same(name: str, ours: Any, theirs: Any, themes: Sequence[str]) -> bool:
    """Say whether both answered the same; means of others are kept to a twentieth of a half-step."""
    if name == "supply":
        need_of = {(row[1], row[0], row[2]): row[3] for row in theirs if row[3] is not None}
        flat = _flat(ours[0], themes, "state", "_need1", "_need2", "_need3")
        return need_of == {
            (theme, state, level): count
            for (theme, state), counts in flat.items()
            for level, count in enumerate(counts, 1)
            if count
        }
    if name == "self-other":
        rows = {row[0]: row[1:] for row in theirs}
        means = [
            (place, ours[0][f"{theme}_n"], ours[0][f"{theme}_gap"] / PARTS) for place, theme in enumerate(themes, 1)
        ]
        return all(
            rows[place][0] == n and abs(float(rows[place][1]) - apart) <= n / (2 * PARTS) for place, n, apart in means
        )
    key, *suffixes = ("identity", "_n", "_up") if name == "growth" else ("state", "_n", "_at")
    return {(row[0], row[1]): (row[2], int(row[3])) for row in theirs} == {
        place: found for place, found in _flat(ours, themes, key, *suffixes).items() if found[0]
    }
