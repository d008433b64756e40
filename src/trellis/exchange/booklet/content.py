"""What stands in the booklet of an edition, for whichever form it is written in."""

from collections.abc import Sequence
from typing import TypedDict

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.framework.models import Edition, FrameworkKind
from trellis.framework.queries import attribute_tree, edition_tree
from trellis.framework.tree import AttributeTree, CellNode, EditionTree


class Step(TypedDict):
    """A part of a section: its heading, official text (may be empty), and lists of plain words with their headings."""

    heading: str
    official: str
    lists: list[tuple[str, list[str]]]


class Section(TypedDict):
    """A theme, or a group of attributes."""

    code: str
    heading: str
    steps: list[Step]


class Chapter(TypedDict):
    """A domain, or the whole list of attributes."""

    heading: str
    lead: str
    sections: list[Section]


class Booklet(TypedDict):
    """A whole booklet; `terms` are pairs of a term and its meaning."""

    lang: str
    title: str
    subtitle: str
    lead: str
    chapters: list[Chapter]
    terms_heading: str
    terms: list[tuple[str, str]]
    owner: str


def booklet(edition: Edition) -> Booklet:
    """Return the content of a published edition's booklet, in the active language."""
    if edition.framework.kind == FrameworkKind.ATTRIBUTES:
        names: EditionTree | AttributeTree = attribute_tree(edition)
        chapters = [_groups(attribute_tree(edition))]
        terms: Sequence[tuple[str, str]] = ()
    else:
        tree = edition_tree(edition)
        names = tree
        chapters = [_domain(tree, place) for place in range(len(tree.domains))]
        terms = [(each.term, each.official_text or each.text) for each in tree.definitions]
    owner = names.owner or names.framework_name
    words = (
        _("The official wording is that of the %(owner)s. The plain words beside it are those of the Trellis project.")
        if names.has_official_texts
        else _("These are plain words of the Trellis project. The official wording of the %(owner)s stays its own.")
    )
    return Booklet(
        lang=(get_language() or "en")[:2],
        title=names.framework_name,
        subtitle=names.name,
        lead=names.framework_purpose,
        chapters=chapters,
        terms_heading=_("What some words mean here"),
        terms=list(terms),
        owner=words % {"owner": owner},
    )


def _domain(tree: EditionTree, place: int) -> Chapter:
    domain = tree.domains[place]
    return Chapter(
        heading=domain.name,
        lead=domain.official_purpose or domain.purpose,
        sections=[
            Section(code=theme.code, heading=theme.name, steps=[_step(cell) for cell in theme.cells])
            for theme in domain.themes
        ],
    )


def _step(cell: CellNode) -> Step:
    lists = [
        (_("What a leader does here"), [each.text_other for each in cell.statements]),
        (_("How to learn it"), [each.text for each in cell.activities]),
    ]
    official = "\n".join(filter(None, (cell.behaviour, cell.considerations)))
    return Step(
        heading=f"{cell.level} · {cell.level_name}",
        official=official,
        lists=[(heading, words) for heading, words in lists if words],
    )


def _groups(tree: AttributeTree) -> Chapter:
    sections = [
        Section(
            code=group.code,
            heading=group.name,
            steps=[
                Step(
                    heading=attribute.short,
                    official=attribute.official_text,
                    lists=[
                        (heading, [text])
                        for heading, text in ((_("In place"), attribute.text), (_("First step"), attribute.first_step))
                        if text
                    ],
                )
                for attribute in group.attributes
            ],
        )
        for group in tree.groups
    ]
    return Chapter(heading=tree.framework_name, lead="", sections=sections)
