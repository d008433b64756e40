"""How many of those who answered are ready for each role, as a release shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from trellis.insight.queries import Cell, Table
from trellis.people.models import Role


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role by its name, with the released cell."""

    name: str
    cell: Cell


def role_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these roles by code, in the order of roles; one query.

    A role that is no longer kept stands at the end, by its code.
    """
    asked = list(codes)
    names = dict(Role.objects.filter(code__in=asked).order_by("order", "name").values_list("code", "name"))
    return names | {code: code for code in asked if code not in names}


def role_lines(table: Table) -> list[RoleLine]:
    """Return a line for each role of a released table of coverage, in the order of roles; one query."""
    return [RoleLine(name, table.cell(code)) for code, name in role_names(table.columns).items()]
