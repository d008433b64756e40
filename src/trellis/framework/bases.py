"""Finds the framework and the edition that a document belongs to, and plans its import there."""

from dataclasses import dataclass
from typing import Any

from trellis.framework.edition_outline import edition_outline
from trellis.framework.importing import plan_import
from trellis.framework.matching import match
from trellis.framework.models import Edition, EditionStatus, Framework
from trellis.framework.outline import Item, Kind, Outline, document_outline
from trellis.framework.plan import Plan
from trellis.framework.reader import Document

# A document of which less than this share is recognised is another framework, not an edition of this one.
_RECOGNISED = 0.3
_NAMED = (Kind.DOMAIN, Kind.THEME, Kind.GROUP, Kind.ATTRIBUTE)


class UnknownFrameworkError(LookupError):
    """There is no framework of that code and shape; `known` are the codes that there are."""

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(code)
        self.code = code
        self.known = known


@dataclass(frozen=True, slots=True)
class Prepared:
    """A planned import: the framework and edition it builds on, both None when the document starts a framework."""

    plan: Plan
    framework: Framework | None
    base: Edition | None


def base_edition(framework: Framework) -> Edition | None:
    """Return the framework's newest published edition; before the first, its newest draft."""
    editions = framework.editions.select_related("framework")
    published = editions.filter(status=EditionStatus.PUBLISHED).order_by("-published_at", "-pk").first()
    return published or editions.order_by("-created_at", "-pk").first()


def prepare(document: Document, title: str, *, into: str = "", drop_missing: bool = False) -> Prepared:
    """Plan the import of a document into the framework of that code, or into the one that it resembles most.

    Raises UnknownFrameworkError, and DocumentError for a document that cannot be stored.
    """
    read = document_outline(document, title)
    framework, base = _named(into, read) if into else _guessed(read)
    outline = edition_outline(base) if base else None
    return Prepared(plan_import(document, outline, title, drop_missing=drop_missing), framework, base)


def _named(code: str, read: Outline) -> tuple[Framework, Edition | None]:
    known = {framework.code: framework for framework in Framework.objects.filter(kind=read.shape).order_by("code")}
    if code not in known:
        raise UnknownFrameworkError(code, list(known))
    return known[code], base_edition(known[code])


def _guessed(read: Outline) -> tuple[Framework | None, Edition | None]:
    best: tuple[float, Framework | None, Edition | None] = (_RECOGNISED, None, None)
    for framework in Framework.objects.filter(kind=read.shape).order_by("-is_main", "code"):
        base = base_edition(framework)
        if base is not None:
            share = _share_recognised(edition_outline(base), read)
            if share > best[0]:
                best = share, framework, base
    return best[1], best[2]


def _share_recognised(base: Outline, read: Outline) -> float:
    known = match(base, read).of_after
    named = [item for item in read.walk() if item.kind in _NAMED]
    return sum(item in known for item in named) / len(named) if named else 0.0


def editions_with_same_words(prepared: Prepared) -> list[Edition]:
    """Return the framework's editions, newest first, that already say what the draft of this plan would say."""
    if prepared.framework is None:
        return []
    wanted = _words(prepared.plan.result())
    editions = prepared.framework.editions.filter(has_official_texts=True).select_related("framework")
    return [edition for edition in editions.order_by("-pk") if _words(edition_outline(edition)) == wanted]


def _words(outline: Outline) -> tuple[Any, ...]:
    return tuple(_item_words(item) for item in (*outline.levels, *outline.tops, *outline.definitions))


def _item_words(item: Item) -> tuple[Any, ...]:
    texts = tuple(sorted((field, words) for field, words in item.texts if words))
    return item.kind, item.place, texts, tuple(map(_item_words, item.parts))
