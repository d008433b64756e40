"""Writes a grid: domains, themes, levels, behaviours and learning considerations, and each domain as a rubric."""

import re
import uuid
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from trellis.exchange.case.identity import derived
from trellis.exchange.case.model import Concept, Criterion, CriterionLevel, Rubric
from trellis.exchange.case.writer.about import EXTENSION
from trellis.exchange.case.writer.sheet import Kind, Sheet
from trellis.framework.tree import CellNode, DomainNode, EditionTree, LevelNode, ThemeNode

DOMAIN = Kind("Domain", "A group of themes with one purpose", "1", "DOM")
THEME = Kind("Competency Theme", "A theme in which a leader grows", "1.1", "THM")
BEHAVIOUR = Kind("Level Behaviour", "What a leader does at one level of a theme", "1.1.1", "LVL")
CONSIDERATION = Kind("Learning Consideration", "What a leader learns or practises to do it", "1.1.1.1", "LRN")
LEVEL = Kind("Skill Level", "A named level of practice", "2", "SKL")

Node = tuple[uuid.UUID, str]


def write_grid(sheet: Sheet, tree: EditionTree) -> None:
    """Write the items, associations, concepts and rubrics of a grid on a sheet."""
    sheet.definitions.CFConcepts = [_concept(sheet, tree, place) for place in range(len(tree.definitions))] or None
    levels = {level.number: _level(sheet, level) for level in tree.levels}
    for number, domain in enumerate(tree.domains, 1):
        _domain(sheet, tree, domain, number, levels)
    ladder = [levels[number] for number in sorted(levels)]
    for place, level in enumerate(ladder, len(tree.domains) + 1):
        sheet.under_document(level, place)
    _precede(sheet, ladder)


def _domain(sheet: Sheet, tree: EditionTree, domain: DomainNode, number: int, levels: dict[int, Node]) -> None:
    text = domain.official_purpose or domain.purpose or domain.name
    plain = {"purpose": domain.purpose} if domain.official_purpose and domain.purpose else {}
    identifier = sheet.item(
        domain.uid,
        DOMAIN,
        code=domain.code,
        text=text,
        abbreviatedStatement=domain.name,
        notes=domain.purpose if plain else None,
        extensions={EXTENSION: {"icon": domain.icon, **plain}},
        **_keywords(sheet, tree, text),
    )
    node = (identifier, domain.code)
    sheet.under_document(node, number)
    for place, theme in enumerate(domain.themes, 1):
        sheet.join("isChildOf", _theme(sheet, tree, theme, levels), node, number=place)
    sheet.rubrics.append(_rubric(sheet, domain, text))


def _theme(sheet: Sheet, tree: EditionTree, theme: ThemeNode, levels: dict[int, Node]) -> Node:
    identifier = sheet.item(theme.uid, THEME, code=theme.code, text=theme.name, abbreviatedStatement=theme.short)
    node = (identifier, theme.code)
    ladder = []
    for cell in theme.cells:
        behaviour = _cell(sheet, tree, cell)
        sheet.join("isChildOf", behaviour, node, number=cell.level)
        sheet.join("hasSkillLevel", behaviour, levels[cell.level])
        ladder.append(behaviour)
    _precede(sheet, ladder)
    return node


def _cell(sheet: Sheet, tree: EditionTree, cell: CellNode) -> Node:
    text = behaviour_of(cell)
    identifier = sheet.item(
        cell.uid,
        BEHAVIOUR,
        code=cell.code,
        text=text,
        abbreviatedStatement=cell.level_name,
        listEnumeration=str(cell.level),
        # Beside the official words, and never instead of them.
        notes=_sentences(statement.text_other for statement in cell.statements) if cell.behaviour else None,
        extensions={EXTENSION: _plain(cell)},
        **_keywords(sheet, tree, text),
    )
    behaviour = (identifier, cell.code)
    learning = considerations_of(cell)
    if learning:
        code = f"{cell.code}.LC"
        consideration = sheet.item(
            derived(identifier, "LC"), CONSIDERATION, code=code, text=learning, lasts=False,
            notes=_sentences(activity.text for activity in cell.activities) if cell.considerations else None,
            **_keywords(sheet, tree, learning),
        )  # fmt: skip
        sheet.join("isChildOf", (consideration, code), behaviour, number=1)
    return behaviour


def behaviour_of(cell: CellNode) -> str:
    """Return the official behaviour of a cell, or our own words where none is loaded."""
    return cell.behaviour or _sentences(statement.text_other for statement in cell.statements) or cell.code


def considerations_of(cell: CellNode) -> str:
    """Return the official learning considerations of a cell, or our own words where none are loaded."""
    return cell.considerations or _sentences(activity.text for activity in cell.activities)


def _plain(cell: CellNode) -> dict[str, Any]:
    """The plain-language words with what identifies them, so that answers to a statement can follow it."""
    return {
        "statements": [
            {"uid": str(each.uid), "version": each.version, "i": each.text_self, "they": each.text_other}
            for each in cell.statements
        ],
        "activities": [
            {
                "uid": str(each.uid),
                "version": each.version,
                "kind": each.kind,
                "minutes": each.minutes,
                "text": each.text,
                "clauses": list(each.clauses),
            }
            for each in cell.activities
        ],
    }


def _level(sheet: Sheet, level: LevelNode) -> Node:
    code = f"L{level.number}"
    number = str(level.number)
    return sheet.item(level.uid, LEVEL, code=code, text=level.name, listEnumeration=number), code


def _precede(sheet: Sheet, ladder: list[Node]) -> None:
    for lower, higher in pairwise(ladder):
        sheet.join("precedes", lower, higher)


def _concept(sheet: Sheet, tree: EditionTree, place: int) -> Concept:
    definition = tree.definitions[place]
    identifier = sheet.identifier(definition.uid)
    return Concept(
        identifier=str(identifier),
        uri=sheet.addresses.uri("CFConcepts", identifier),
        lastChangeDateTime=sheet.at,
        title=definition.term,
        hierarchyCode=str(place + 1),
        description=definition.official_text or definition.text or None,
        extensions={EXTENSION: {"text": definition.text}} if definition.official_text and definition.text else None,
    )


def _keywords(sheet: Sheet, tree: EditionTree, text: str) -> dict[str, Any]:
    """Which of the edition's own terms a text uses; an item has room for one link, which is to the first of them."""
    found = [each for each in tree.definitions if re.search(rf"\b{re.escape(each.term)}\b", text, re.IGNORECASE)]
    if not found:
        return {}
    identifier = sheet.identifier(found[0].uid)
    return {
        "conceptKeywords": [each.term for each in found],
        "conceptKeywordsURI": sheet.addresses.link("CFConcepts", identifier, found[0].term),
    }


def _rubric(sheet: Sheet, domain: DomainNode, text: str) -> Rubric:
    rubric = derived(sheet.identifier(domain.uid), "CFRubric")
    uri = sheet.addresses.uri("CFRubrics", rubric)
    return Rubric(
        identifier=str(rubric),
        uri=uri,
        lastChangeDateTime=sheet.at,
        title=domain.name,
        description=text,
        CFRubricCriteria=[
            _criterion(sheet, theme, rubric, uri, position) for position, theme in enumerate(domain.themes, 1)
        ],
    )


def _criterion(sheet: Sheet, theme: ThemeNode, rubric: uuid.UUID, uri: str, position: int) -> Criterion:
    item = sheet.identifier(theme.uid)
    criterion = derived(item, "CFRubricCriterion")
    levels = []
    for cell in theme.cells:
        level = derived(sheet.identifier(cell.uid), "CFRubricCriterionLevel")
        levels.append(
            CriterionLevel(
                identifier=str(level),
                uri=f"{uri}#{level}",
                lastChangeDateTime=sheet.at,
                quality=cell.level_name,
                description=behaviour_of(cell),
                feedback=considerations_of(cell) or None,
                score=float(cell.level),
                position=cell.level,
                rubricCriterionId=str(criterion),
            )
        )
    return Criterion(
        identifier=str(criterion),
        uri=f"{uri}#{criterion}",
        lastChangeDateTime=sheet.at,
        category=theme.code,
        description=theme.name,
        CFItemURI=sheet.addresses.link("CFItems", item, theme.code),
        weight=1.0,
        position=position,
        rubricId=str(rubric),
        CFRubricCriterionLevels=levels,
    )


def _sentences(texts: Iterable[str]) -> str:
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts)
