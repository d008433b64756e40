"""The bench behind each role, as a release shows it: who holds it, whose term ends, and who could step in."""

from dataclasses import dataclass

from trellis.insight.queries import Cell, Table
from trellis.insight.role_lines import role_names
from trellis.measure.endcoding import Coded


@dataclass(frozen=True, slots=True)
class Bench:
    """One role: the released cells of who holds it and of who is ready, each None where the role was not counted."""

    code: str
    name: str
    holding: Cell | None
    covering: Cell | None

    @property
    def ending(self) -> Coded | None:
        """The share of terms that end within a year of the wave, in percent."""
        return self.holding.values["ending"] if self.holding is not None and not self.holding.hidden else None

    @property
    def ready(self) -> int | None:
        """About how many of those who answered could take it up today."""
        return self._about("ready")

    @property
    def nearly(self) -> int | None:
        """About how many are short in one to three themes."""
        return self._about("nearly")

    @property
    def depth(self) -> int | None:
        """About how many ready people stand behind each who holds it; None where either is hidden."""
        if self.ready is None or self.holding is None or not self.holding.n:
            return None
        return round(self.ready / self.holding.n)

    def _about(self, name: str) -> int | None:
        # Made of the released share, so that it tells nothing more than that does.
        if self.covering is None or self.covering.n is None:
            return None
        return round(self.covering.n * self.covering.values[name].value / 100)


def benches(holding: Table, covering: Table) -> list[Bench]:
    """Return the bench behind each role of these released tables of pipeline and coverage, in order; one query."""

    def cell(table: Table, code: str) -> Cell | None:
        return table.cell(code) if code in table.columns else None

    codes = dict.fromkeys((*holding.columns, *covering.columns))
    return [Bench(code, name, cell(holding, code), cell(covering, code)) for code, name in role_names(codes).items()]
