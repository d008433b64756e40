"""How many of those who answered are ready for each role, as a release shows it."""

from dataclasses import dataclass

from trellis.insight.queries import Cell, Table
from trellis.people.models import Role


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role by its name, with the released cell."""

    name: str
    cell: Cell


def role_lines(table: Table) -> list[RoleLine]:
    """Return a line for each role of a released table of coverage, in the order of roles; one query.

    A role that is no longer kept stands at the end, by its code.
    """
    names = dict(Role.objects.filter(code__in=table.columns).order_by("order", "name").values_list("code", "name"))
    codes = [*names, *(code for code in table.columns if code not in names)]
    return [RoleLine(names.get(code, code), table.cell(code)) for code in codes]
