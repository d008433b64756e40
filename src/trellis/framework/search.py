"""The full-text index over editions: filled when an edition is loaded, asked by the search page."""

import re
from dataclasses import dataclass

from django.db import connection

from trellis.framework.models import Attribute, Edition, FrameworkKind
from trellis.framework.queries import edition_tree

Row = tuple[int, str, str, str, str]
# `marks` stands for placeholders, one an edition; nothing that a person typed is ever part of the statement.
_FIND_SQLITE = (
    "SELECT edition_id, kind, code, title, snippet(framework_search, 4, '', '', ' … ', 24) FROM framework_search"
    " WHERE framework_search MATCH %s AND edition_id IN ({marks})"
    " ORDER BY bm25(framework_search, 0, 0, 0, 5.0, 1.0) LIMIT %s"
)
_FIND_POSTGRES = (
    "SELECT edition_id, kind, code, title, ts_headline('english', body, query,"
    ' \'StartSel="", StopSel="", MaxWords=24, MinWords=12\') FROM framework_search,'
    " to_tsquery('english', %s) query WHERE words @@ query AND edition_id IN ({marks})"
    " ORDER BY ts_rank(words, query) DESC, code LIMIT %s"
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Hit:
    """One found item: kind (`theme`, `cell`, `domain`, `definition`, `attribute`), its code, title and words around."""

    edition_id: int
    kind: str
    code: str
    title: str
    excerpt: str


def index_edition(edition: Edition) -> int:
    """Replace the index rows of an edition, in the caller's transaction; returns how many rows it now has."""
    rows = _attribute_rows(edition) if edition.framework.kind == FrameworkKind.ATTRIBUTES else _grid_rows(edition)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM framework_search WHERE edition_id = %s", [edition.pk])
        cursor.executemany(
            "INSERT INTO framework_search (edition_id, kind, code, title, body) VALUES (%s, %s, %s, %s, %s)", rows
        )
    return len(rows)


def forget_edition(edition: Edition) -> None:
    """Remove the index rows of an edition, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM framework_search WHERE edition_id = %s", [edition.pk])


def find(words: str, edition_ids: list[int], limit: int = 40) -> list[Hit]:
    """Find items of these editions that hold every word (or its beginning), best first; no words, no hits."""
    terms = _WORD.findall(words.lower())[:12]
    if not terms or not edition_ids:
        return []
    marks = ", ".join(["%s"] * len(edition_ids))
    if connection.vendor == "sqlite":
        sql, match = _FIND_SQLITE, " ".join(f'"{term}"*' for term in terms)
    else:
        sql, match = _FIND_POSTGRES, " & ".join(f"{term}:*" for term in terms)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(marks=marks), [match, *edition_ids, limit])
        return [Hit(int(row[0]), *row[1:]) for row in cursor.fetchall()]


def _grid_rows(edition: Edition) -> list[Row]:
    tree = edition_tree(edition)
    rows: list[Row] = [
        (edition.pk, "definition", item.term, item.term, f"{item.text} {item.official_text}")
        for item in tree.definitions
    ]
    for domain in tree.domains:
        rows.append((edition.pk, "domain", domain.code, domain.name, f"{domain.purpose} {domain.official_purpose}"))
        for theme in domain.themes:
            rows.append((edition.pk, "theme", theme.code, theme.short, theme.name))
            for cell in theme.cells:
                words = [statement.text_self for statement in cell.statements]
                words += [activity.text for activity in cell.activities]
                words += [cell.behaviour, cell.considerations]
                # Not the level's name: a word of it would find every cell of that level.
                rows.append((edition.pk, "cell", cell.code, theme.short, " ".join(filter(None, words))))
    return rows


def _attribute_rows(edition: Edition) -> list[Row]:
    return [
        (edition.pk, "attribute", item.code, item.short, f"{item.text} {item.first_step} {item.official_text}")
        for item in Attribute.objects.filter(edition=edition)
    ]
