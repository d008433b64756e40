"""Files of offerings and sessions for tests, and their plans."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.exchange.tables.files import stored, workbook
from trellis.core.sheets.writer import csv_pieces
from trellis.exchange.catalogue.pending import read_any
from trellis.exchange.catalogue.plan import Fate, Plan
from trellis.exchange.catalogue.planning import Answers, plan_import
from trellis.framework.queries import main_tree

HEADER = ("Number", "Title", "Length", "Teaches", "Session number", "Starts", "Ends", "Place", "Seats")
ROWS = (
    ("T-1", "Story of self", "90 min", "ORG.5.L1; SEI.3.L1", "T-1-A", "2031-03-05 18:30", "20:00", "Hall", "20"),
    ("T-1", "Story of self", "90 min", "ORG.5.L1; SEI.3.L1", "T-1-B", "2031-04-02 18:30", "20:00", "Library", ""),
    ("T-2", "Read a budget", "2 h", "SFH.4.L1", "", "", "", "", ""),
)
DENVER = Answers("America/Denver")


def table(folder: Path, rows: Sequence[Sequence[Any]] = ROWS, header: Sequence[str] = HEADER) -> Path:
    """A CSV file with these rows, as our own writer makes it."""
    return stored(folder, b"".join(csv_pieces(header, [list(map(str, row)) for row in rows])))


def plan_of(path: Path, cast: Cast, *, unit: str = "Riverside", answers: Answers = DENVER, name: str = "list") -> Plan:
    """The plan of a file for a unit of the cast."""
    tree = main_tree()
    assert tree is not None
    return plan_import(read_any(path, name), unit=cast.unit(unit), tree=tree, answers=answers)


def fates(plan: Plan) -> dict[str, tuple[int, int]]:
    """How many offerings and sessions have each fate, without those that nothing has; and how many rows are refused."""
    found = {fate.value: plan.count(fate) for fate in Fate if plan.count(fate) != (0, 0)}
    return found | ({"refused": (len(plan.refusals), 0)} if plan.refusals else {})


def reasons(plan: Plan) -> list[str]:
    """What is refused, each with its place."""
    return [f"{refusal.place.cell}: {refusal.reason}" for refusal in plan.refusals]


__all__ = ["DENVER", "HEADER", "ROWS", "fates", "plan_of", "reasons", "table", "workbook"]
