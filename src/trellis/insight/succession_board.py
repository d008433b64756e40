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
    def ready(self) -> Coded | None:
        """How many of those who answered could take it up today, as near as the released share tells."""
        return self._people("ready")

    @property
    def nearly(self) -> Coded | None:
        """How many are short in one to three themes, as near as the released share tells."""
        return self._people("nearly")

    @property
    def depth(self) -> Coded | None:
        """How many ready people stand behind each who holds it, to a whole number; None where either is hidden."""
        if self.ready is None or self.holding is None or not self.holding.n:
            return None
        return Coded(self.ready.end, int(self.ready.value / self.holding.n))

    @property
    def is_hidden(self) -> bool:
        """Whether there is no figure at all."""
        return self.ready is None and (self.holding is None or self.holding.n is None)

    def _people(self, name: str) -> Coded | None:
        if self.covering is None or self.covering.n is None:
            return None
        share = self.covering.values[name]
        return Coded(share.end, round(self.covering.n * share.value / 100))


def benches(holding: Table, covering: Table) -> list[Bench]:
    """Return the bench behind each role of these released tables of pipeline and coverage, in order; one query."""

    def cell(table: Table, code: str) -> Cell | None:
        return table.cell(code) if code in table.columns else None

    codes = dict.fromkeys((*holding.columns, *covering.columns))
    return [Bench(code, name, cell(holding, code), cell(covering, code)) for code, name in role_names(codes).items()]
