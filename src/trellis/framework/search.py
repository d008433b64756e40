"""The full-text index over editions in each language: filled when an edition is loaded, asked by the search page."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import translation

from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.words import OWN, spoken_language

Row = tuple[int, str, str, str, str]
# `marks` stands for placeholders, one an edition; nothing that a person typed is ever part of the statement.
_FIND_SQLITE = (
    "SELECT edition_id, kind, code, title, snippet(framework_search, 4, '', '', ' … ', 24) FROM framework_search"
    " WHERE framework_search MATCH %s AND language = %s AND edition_id IN ({marks})"
    " ORDER BY bm25(framework_search, 0, 0, 0, 5.0, 1.0) LIMIT %s"
)
_FIND_POSTGRES = (
    "SELECT edition_id, kind, code, title, ts_headline('{stemmer}', body, query,"
    ' \'StartSel="", StopSel="", MaxWords=24, MinWords=12\') FROM framework_search,'
    " to_tsquery('{stemmer}', %s) query WHERE words @@ query AND language = %s AND edition_id IN ({marks})"
    " ORDER BY ts_rank(words, query) DESC, code LIMIT %s"
)
_STEMMERS = {"es": "spanish"}  # as the index has them; English otherwise
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
    """Replace the index rows of an edition, one set a language, in the caller's transaction; returns how many."""
    rows: list[tuple[int | str, ...]] = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            is_list = edition.framework.kind == FrameworkKind.ATTRIBUTES
            found = _attribute_rows(edition) if is_list else _grid_rows(edition)
            rows += ((*row, language) for row in found)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM framework_search WHERE edition_id = %s", [edition.pk])
        cursor.executemany(
            "INSERT INTO framework_search (edition_id, kind, code, title, body, language)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )
    return len(rows)


def forget_edition(edition: Edition) -> None:
    """Remove the index rows of an edition, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM framework_search WHERE edition_id = %s", [edition.pk])


def find(words: str, edition_ids: list[int], limit: int = 40) -> list[Hit]:
    """Find items of these editions that hold every word (or its beginning), best first; no words, no hits.

    In the active language; when nothing there holds them all, in the editions' own.
    """
    terms = _WORD.findall(words.lower())[:12]
    if not terms or not edition_ids:
        return []
    languages = dict.fromkeys((spoken_language(), OWN))
    return next(filter(None, (_found(terms, edition_ids, language, limit) for language in languages)), [])


def _found(terms: list[str], edition_ids: list[int], language: str, limit: int) -> list[Hit]:
    marks = ", ".join(["%s"] * len(edition_ids))
    if connection.vendor == "sqlite":
        sql, match = _FIND_SQLITE, " ".join(f'"{term}"*' for term in terms)
    else:
        sql, match = _FIND_POSTGRES, " & ".join(f"{term}:*" for term in terms)
    with connection.cursor() as cursor:
        stemmer = _STEMMERS.get(language, "english")
        cursor.execute(sql.format(marks=marks, stemmer=stemmer), [match, language, *edition_ids, limit])
        return [Hit(int(row[0]), *row[1:]) for row in cursor.fetchall()]


def _grid_rows(edition: Edition) -> list[Row]:
    tree = edition_tree(edition)
    rows: list[Row] = [
        (edition.pk, "definition", item.key, item.term, f"{item.text} {item.official_text}")
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
        for item in attribute_tree(edition).attributes
    ]
