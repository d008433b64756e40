"""SQL triggers that let the database itself refuse a change, on SQLite and on PostgreSQL."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_EVENTS = ("insert", "update", "delete")


def refuse(
    editor: BaseDatabaseSchemaEditor, *, table: str, event: str, when: str, message: str, name: str | None = None
) -> None:
    """Create a trigger on `table` that aborts `event` with `message` when the SQL condition `when` holds.

    `when` may use NEW and OLD as the event allows. Raises ValueError for an unknown event.
    """
    if event not in _EVENTS:
        raise ValueError(f"unknown event {event!r}")
    trigger = name or f"{table}_refuse_{event}"
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    row = "OLD" if event == "delete" else "NEW"
    editor.execute(
        f"CREATE FUNCTION {trigger}() RETURNS trigger AS $$ BEGIN IF {when} THEN "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $$ LANGUAGE plpgsql"
    )
    editor.execute(f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()")


def lift(editor: BaseDatabaseSchemaEditor, *, table: str, event: str, name: str | None = None) -> None:
    """Remove such a trigger again."""
    trigger = name or f"{table}_refuse_{event}"
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER {trigger}")
    else:
        editor.execute(f"DROP TRIGGER {trigger} ON {table}")
        editor.execute(f"DROP FUNCTION {trigger}()")
