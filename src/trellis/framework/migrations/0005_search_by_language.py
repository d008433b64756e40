"""The full-text index holds each edition in every language of the site, each stemmed as its own where that is known."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE framework_search_new USING fts5(edition_id UNINDEXED, kind UNINDEXED, code UNINDEXED, title,"
    " body, language UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')",
    "INSERT INTO framework_search_new (edition_id, kind, code, title, body, language)"
    " SELECT edition_id, kind, code, title, body, 'en' FROM framework_search",
    "DROP TABLE framework_search",
    "ALTER TABLE framework_search_new RENAME TO framework_search",
)
STEMMER = "CASE language WHEN 'es' THEN 'spanish'::regconfig ELSE 'english'::regconfig END"
POSTGRES = (
    "ALTER TABLE framework_search ADD COLUMN language text NOT NULL DEFAULT 'en'",
    "ALTER TABLE framework_search DROP COLUMN words",
    "ALTER TABLE framework_search ADD COLUMN words tsvector GENERATED ALWAYS AS"
    f" (setweight(to_tsvector({STEMMER}, title), 'A') || to_tsvector({STEMMER}, body)) STORED",
    "CREATE INDEX framework_search_words ON framework_search USING gin (words)",
)
BACK_SQLITE = (
    "CREATE VIRTUAL TABLE framework_search_old USING fts5(edition_id UNINDEXED, kind UNINDEXED, code UNINDEXED, title,"
    " body, tokenize = 'porter unicode61 remove_diacritics 2')",
    "INSERT INTO framework_search_old (edition_id, kind, code, title, body)"
    " SELECT edition_id, kind, code, title, body FROM framework_search WHERE language = 'en'",
    "DROP TABLE framework_search",
    "ALTER TABLE framework_search_old RENAME TO framework_search",
)
BACK_POSTGRES = (
    "DELETE FROM framework_search WHERE language <> 'en'",
    "ALTER TABLE framework_search DROP COLUMN words",
    "ALTER TABLE framework_search DROP COLUMN language",
    "ALTER TABLE framework_search ADD COLUMN words tsvector GENERATED ALWAYS AS"
    " (setweight(to_tsvector('english', title), 'A') || to_tsvector('english', body)) STORED",
    "CREATE INDEX framework_search_words ON framework_search USING gin (words)",
)


def run(editor, sqlite, postgres):
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgres:
        editor.execute(statement)


def forward(apps, editor):
    run(editor, SQLITE, POSTGRES)


def backward(apps, editor):
    run(editor, BACK_SQLITE, BACK_POSTGRES)


class Migration(migrations.Migration):
    dependencies = [("framework", "0004_wording")]
    operations = [migrations.RunPython(forward, backward)]
