"""The full-text index over editions: FTS5 on SQLite, a tsvector on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE framework_search USING fts5(
    edition_id UNINDEXED, kind UNINDEXED, code UNINDEXED, title, body, tokenize = 'porter unicode61 remove_diacritics 2'
)
"""
POSTGRES = (
    "CREATE TABLE framework_search (edition_id bigint NOT NULL, kind text NOT NULL, code text NOT NULL,"
    " title text NOT NULL, body text NOT NULL,"
    " words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A')"
    " || to_tsvector('english', body)) STORED)",
    "CREATE INDEX framework_search_words ON framework_search USING gin (words)",
    "CREATE INDEX framework_search_edition ON framework_search (edition_id)",
)


def forward(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)
        return
    for statement in POSTGRES:
        editor.execute(statement)


def backward(apps, editor):
    editor.execute("DROP TABLE framework_search")


class Migration(migrations.Migration):
    dependencies = [("framework", "0002_published_is_frozen")]
    operations = [migrations.RunPython(forward, backward)]
