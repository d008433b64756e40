"""The SQL of questions, made once for all waves and all attributes: making it takes longer than running it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from ibis.expr.types import Table

# What stands in the SQL for a wave and an attribute until it is asked; nothing else is called so.
_OPEN: dict[str, int | str] = {
    "wave": 1_903_271_001,
    "then": 1_903_271_002,
    "now": 1_903_271_003,
    "attribute": "attribute-1903271004",
}
_MOST = 512
_known: dict[Any, tuple[str, pa.Schema]] = {}


def prepared(
    connection: Any, question: "Callable[..., Table]", tables: "Sequence[Table]", how: Mapping[str, Any]
) -> tuple[str, pa.Schema]:
    """Return the SQL of a question about these tables for an Ibis connection, and the columns of its answer.

    What an expression does with an open number must leave it as it is: to compare it is fine, to add to it is not.
    """
    opened = {name for name in _OPEN.keys() & how.keys() if type(how[name]) is type(_OPEN[name])}
    left_open = dict(how) | {name: _OPEN[name] for name in opened}
    schemas = tuple((one.get_name(), one.schema()) for one in tables)
    key = (connection.name, question.__module__, question.__qualname__, schemas, repr(sorted(left_open.items())))
    if key not in _known:
        if len(_known) >= _MOST:
            _known.clear()
        expression = question(*tables, **left_open)
        _known[key] = connection.compile(expression), expression.schema().to_pyarrow()
    sql, schema = _known[key]
    for name in opened:
        if str(_OPEN[name]) not in sql:
            raise ValueError(f"{question.__qualname__} does not compare {name} with anything")
        sql = sql.replace(str(_OPEN[name]), str(how[name]).replace("'", "''"))
    return sql, schema
