"""What was to be taught in the year after a wave, at every place; sessions are no people: nothing of it is hidden."""

from collections.abc import Iterator
from typing import Any

from trellis.insight.engine import Tables
from trellis.insight.expressions.supply import seats
from trellis.insight.facts.manifest import WaveFacts

SUPPLY = "supply"


def contents(tables: Tables, wave: WaveFacts, top: int) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """Yield question, attribute, unit and content: theme, level, sessions, their seats, and how many have no limit."""
    for by in ((), ("state",), ("state", "local")):
        units: dict[int, list[list[Any]]] = {}
        for row in tables.ask(seats, "supply", wave=wave.key, by=by).to_pylist():
            unit = row[by[-1]] if by else top
            units.setdefault(unit, []).append(
                [row["theme"], row["level"], row["sessions"], row["seats"], row["unlimited"]]
            )
        for unit, rows in sorted(units.items()):
            if unit:
                yield SUPPLY, "", unit, {"rows": sorted(rows)}
