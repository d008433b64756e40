"""Plain tables for a terminal, and the one of goals: what was wanted, what was measured, kept or missed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return lines with the first column to the left and the others to the right, each as wide as it needs."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]

    def drawn(line: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        return "  ".join([first, *others]).rstrip()

    return "\n".join([drawn(lines[0]), "  ".join("-" * width for width in widths), *map(drawn, lines[1:])])


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the measured figure must be at most `most`, both in `unit`; None stands for "not measured".

    `cpu` is the same by processor time: it tells a slow page from a machine that others keep busy.
    """

    name: str
    most: float
    figure: float | None
    unit: str = ""
    digits: int = 2
    cpu: float | None = None

    @property
    def verdict(self) -> str:
        """Kept, missed or not measured. What is printed decides, so that 1.50 of 1.5 is kept."""
        if self.figure is None:
            return "not measured"
        return "kept" if round(self.figure, self.digits) <= self.most else "MISSED"

    def row(self) -> tuple[str, ...]:
        """The goal as a line of the table."""
        figure = "-" if self.figure is None else f"{self.figure:.{self.digits}f}{self.unit}"
        cpu = "" if self.cpu is None else f"{self.cpu:.{self.digits}f}"
        return (self.name, f"<= {self.most:g}{self.unit}", figure, cpu, self.verdict)


def goal_table(goals: Sequence[Goal]) -> str:
    """Return the table of goals, and a last line that nobody can overlook when one was missed."""
    missed = [goal.name for goal in goals if goal.verdict == "MISSED"]
    last = (
        f"!! {len(missed)} GOALS MISSED: {'; '.join(missed)} !!" if missed else "Every goal that was measured is kept."
    )
    return f"{table(('goal', 'wanted', 'measured', 'by CPU', ''), [goal.row() for goal in goals])}\n\n{last}"
