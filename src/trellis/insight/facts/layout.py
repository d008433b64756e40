"""How a snapshot lies on disk: which tables there are, their columns, and how each file is written."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# What a row of the facts is. Self-assessments come first, so that a question about them reads no other row; one that a
# later one of the same wave has taken the place of is kept apart. TOGETHER is no response: it holds the mean of what
# others said of a person in the wave, and is made anew with every part.
SELF, TOGETHER, PEER, LEAD, MENTOR, FOLLOWER, COACH, OTHER, EARLIER = range(9)
# The mean is kept in parts of a half-step, so that it fits in a byte.
PARTS = 20
RELATIONS = {
    "self": SELF,
    "peer": PEER,
    "lead": LEAD,
    "mentor": MENTOR,
    "follower": FOLLOWER,
    "coach": COACH,
    "other": OTHER,
}
# An answer in half-steps is 0 or more. No answer is a number too: counting what is at least 0 costs a third of counting
# what is not null, and "at least level 2" means the same with it and without.
MISSING = -1
NOWHERE = 0  # the state of who belongs to none, the local of who belongs to none
WHOLE_STATE = -1  # in the cube, the local that stands for all of its state
NOT_SAID = 0  # the group of who has said nothing of themselves

FACTS, MEMBERS, UNITS, TERMS, SUPPLY, CUBE = "facts", "members", "units", "terms", "supply", "cube"
# By wave and state; the others have one small file a wave.
BY_STATE = (FACTS, MEMBERS)
BY_WAVE = (UNITS, TERMS, SUPPLY, CUBE)
OF_PEOPLE = (FACTS, MEMBERS, TERMS)  # a row is about a person, and has a column for each attribute

_PLACE = (("local", pa.int32()), ("worksite", pa.int32()), ("home", pa.int32()))
_ROW_GROUP = 16_384


def column_of(theme_code: str) -> str:
    """Return the column of a theme: "ADV.1" stands in `adv_1`."""
    return theme_code.lower().replace(".", "_").replace("-", "_")


def _schema(columns: Iterable[tuple[str, pa.DataType]]) -> pa.Schema:
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in columns])


def facts_schema(attributes: Sequence[str], themes: Sequence[str]) -> pa.Schema:
    """Return the columns of a response: who, where, which, the groups they are in, and one answer a theme."""
    return _schema(
        [
            ("response", pa.int64()),
            ("person", pa.int64()),
            *_PLACE,
            ("relation", pa.int8()),
            ("turn", pa.int16()),
            ("edition", pa.int32()),
            *((name, pa.int8()) for name in attributes),
            *((name, pa.int8()) for name in themes),
        ]
    )


def members_schema(attributes: Sequence[str]) -> pa.Schema:
    """Return the columns of a member of a wave: everybody whom it could have asked."""
    return _schema([("person", pa.int64()), *_PLACE, *((name, pa.int8()) for name in attributes)])


def terms_schema(attributes: Sequence[str]) -> pa.Schema:
    """Return the columns of a term that a wave found: who holds which role where, and its days (since 1970)."""
    return _schema(
        [
            ("person", pa.int64()),
            ("role", pa.int32()),
            ("unit", pa.int32()),
            ("state", pa.int32()),
            ("local", pa.int32()),
            ("starts", pa.int32()),
            ("ends", pa.int32()),
            *((name, pa.int8()) for name in attributes),
        ]
    )


UNITS_SCHEMA = _schema(
    [
        ("unit", pa.int32()),
        ("kind", pa.string()),
        ("parent", pa.int32()),
        ("tree", pa.int32()),
        ("lft", pa.int32()),
        ("rgt", pa.int32()),
        ("state", pa.int32()),
        ("local", pa.int32()),
        ("name", pa.string()),
    ]
)
# Seats are those of a session; 0 stands for one without a limit.
SUPPLY_SCHEMA = _schema(
    [
        ("state", pa.int32()),
        ("local", pa.int32()),
        ("theme", pa.string()),
        ("level", pa.int8()),
        ("seats", pa.int32()),
    ]
)
# What a term without an end has for one: a day that no question reaches.
NEVER = 2_000_000
# The counts that the cube keeps of a theme: who answered, the sum of half-steps, and who stands at each level or above.
MEASURES = ("n", "sum", "l1", "l2", "l3")


def cube_schema(themes: Sequence[str]) -> pa.Schema:
    """Return the columns of the cube: a place, a group of one attribute (none is ""), people, counts a theme."""
    counts = ((f"{theme}_{measure}", pa.int32()) for theme in themes for measure in MEASURES)
    keys = [("state", pa.int32()), ("local", pa.int32()), ("attribute", pa.string()), ("grp", pa.int8())]
    return _schema([*keys, ("people", pa.int32()), *counts])


def part(root: Path, table: str, wave: int, state: int | None = None) -> Path:
    """Return where a part of a table lies in a generation, named so that every engine finds wave and state."""
    folder = root / table / f"wave={wave}"
    return (folder if state is None else folder / f"state={state}") / "part.parquet"


def everything(table: str) -> str:
    """Return the pattern of all parts of a table inside a generation."""
    return f"{table}/*/*/*.parquet" if table in BY_STATE else f"{table}/*/*.parquet"


def write(table: pa.Table, path: Path) -> None:
    """Write a file that is there whole or not at all: aside, flushed, then renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".aside")
    # Keys are all different: a dictionary of them would take half of the time, and be larger than they are.
    repeated = [field.name for field in table.schema if field.type != pa.int64()]
    with aside.open("wb") as file:
        pq.write_table(table, file, row_group_size=_ROW_GROUP, compression="snappy", use_dictionary=repeated)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def read(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read one part; wave and state are in its path and not in it."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=list(columns) if columns is not None else None)
