"""Moodle's competency file: its fourteen columns in order, every parent before its children, codes that are unique."""

import pytest

from trellis.exchange.case.shelf import Volume, shelf
from trellis.exchange.moodle.writer import rows
from trellis.framework.models import Edition

# The order in which Moodle's importer reads the columns.
ORDER = [
    "parent id number", "id number", "short name", "description", "description format", "scale values",
    "scale configuration", "rule type", "rule outcome", "rule config", "cross-referenced competency id numbers",
    "exported id", "is competency framework", "taxonomy",
]  # fmt: skip


@pytest.fixture
def grid(framework: Edition) -> Volume:
    """The main framework's volume."""
    volume = shelf().volume(str(framework.uid))
    assert volume is not None
    return volume


def test_the_columns_stand_in_moodles_order(grid: Volume) -> None:
    header = next(rows(grid))
    assert [name.removesuffix(" (optional)").lower() for name in header] == ORDER


def test_every_competency_comes_once_and_after_its_parent(grid: Volume) -> None:
    _header, framework, *competencies = rows(grid)
    assert (framework[0], framework[12]) == ("", "1")
    seen: set[str] = set()
    for row in competencies:
        assert len(row) == 14
        assert row[0] == "" or row[0] in seen
        assert row[1] not in seen
        assert 0 < len(row[2]) <= 100
        seen.add(row[1])
    assert len(seen) == 7 + 33 + 99 + 99


def test_a_level_names_the_next_one_as_related(grid: Volume) -> None:
    found = {row[1]: row for row in rows(grid)}
    assert found["ADV.1.L1"][10] == "ADV.1.L2"
    assert found["ADV.1.L3"][10] == ""
