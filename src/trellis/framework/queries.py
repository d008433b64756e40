"""Reads of the framework for other apps and pages."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from trellis.framework.models import Crosswalk, Edition, EditionStatus, FrameworkKind
from trellis.framework.tree import AttributeTree, EditionTree
from trellis.framework.tree_reader import read_grid, read_list
from trellis.framework.words import spoken_language, wording_print

TreeT = TypeVar("TreeT")
# By edition and language, with what tells whether it still holds: the edition's uid, and the fingerprint of its words
# in that language. The print stands on the framework's row, so that every process sees when another loaded new words.
_Kept = dict[tuple[int, str], tuple[tuple[uuid.UUID, str], TreeT]]
_trees: _Kept[EditionTree] = {}
_lists: _Kept[AttributeTree] = {}


def main_edition() -> Edition | None:
    """Return the newest published edition of the main framework, or None before one is loaded."""
    return (
        Edition.objects.select_related("framework")
        .filter(framework__is_main=True, status=EditionStatus.PUBLISHED)
        .order_by("-published_at", "-pk")
        .first()
    )


def main_tree() -> EditionTree | None:
    """Return the tree of the main framework's current edition, or None before one is loaded."""
    edition = main_edition()
    return edition_tree(edition) if edition else None


def edition_tree(edition: Edition) -> EditionTree:
    """Return an edition as a tree in the active language, text by text its own where there is no other.

    Read once per process and language unless it is a draft: seven queries, one more for another language. Uids,
    versions and codes are the same in every language.
    """
    return _kept(_trees, edition, read_grid)


def main_attributes() -> AttributeTree | None:
    """Return the newest published list of bargaining attributes, or None before one is loaded."""
    edition = (
        Edition.objects.select_related("framework")
        .filter(framework__kind=FrameworkKind.ATTRIBUTES, status=EditionStatus.PUBLISHED)
        .order_by("-published_at", "-pk")
        .first()
    )
    return attribute_tree(edition) if edition else None


def attribute_tree(edition: Edition) -> AttributeTree:
    """Return an edition's groups of attributes, in the active language and kept like `edition_tree`; two queries."""
    return _kept(_lists, edition, read_list)


def crosswalk_of(edition_id: int) -> dict[tuple[uuid.UUID, int], tuple[uuid.UUID, int]]:
    """Return which items of other editions mean the same as one in this edition, by its key; one query.

    Uid and version here by uid and version there; themes have version 0.
    """
    rows = Crosswalk.objects.filter(edition_id=edition_id)
    return {
        (other, other_version): (uid, version)
        for uid, version, other, other_version in rows.values_list("uid", "version", "other_uid", "other_version")
    }


def _kept(kept: _Kept[TreeT], edition: Edition, read: Callable[[Edition], TreeT]) -> TreeT:
    if edition.is_draft:
        return read(edition)
    key = (edition.pk, spoken_language())
    holds = (edition.uid, wording_print(edition))
    known = kept.get(key)
    if known is None or known[0] != holds:
        known = kept[key] = (holds, read(edition))
    return known[1]
