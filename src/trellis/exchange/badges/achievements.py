"""What a badge is for, as Open Badges says it: a cell of a published edition, or a programme."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.exchange.badges.addresses import absolute, case_item, case_rubric_level
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode, DomainNode, EditionTree, ThemeNode
from trellis.growth.models import Credential
from trellis.learning.models import Programme

Place = tuple[EditionTree, ThemeNode, CellNode]


def cell_achievement(tree: EditionTree, theme: ThemeNode, cell: CellNode) -> dict[str, Any]:
    """Return the achievement of a cell, with its place in the framework and the ladder it is a rung of.

    The tree must be in the site's own language, so that an achievement says the same to everybody.
    """
    domain = tree.domain_by_code[theme.domain_code]
    address = absolute("badges:achievement", framework=tree.framework_code, edition=tree.code, code=cell.code)
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": cell_title(theme, cell),
        "description": cell.behaviour or theme.name,
        "humanCode": cell.code,
        "inLanguage": settings.LANGUAGE_CODE,
        "version": tree.name,
        "image": {"id": f"{address}.png", "type": "Image"},
        "criteria": {"id": address, "narrative": _criteria(cell)},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": cell_title(theme, cell),
                "targetUrl": case_item(cell.uid),
                "targetCode": cell.code,
                "targetFramework": tree.framework_name,
                "targetType": "CFItem",
            },
            _on_rubric(domain, cell, tree),
        ],
        "resultDescription": [
            {
                "id": f"{address}#result",
                "type": ["ResultDescription"],
                "name": theme.short,
                "resultType": "RubricCriterionLevel",
                "requiredLevel": level_id(address, cell.level),
                "rubricCriterionLevel": [
                    {
                        "id": level_id(address, rung.level),
                        "type": ["RubricCriterionLevel"],
                        "name": rung.level_name,
                        "level": str(rung.level),
                        "alignment": [_on_rubric(domain, rung, tree)],
                    }
                    for rung in theme.cells
                ],
            }
        ],
    }


def programme_achievement(programme: Programme) -> dict[str, Any]:
    """Return the achievement of a programme that somebody completed, with the cells that it develops."""
    address = absolute("badges:programme", uid=programme.uid)
    with override(settings.LANGUAGE_CODE):
        narrative = _("They went through this program with a group, and completed it.")
    achievement = {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "LearningProgram",
        "name": programme.title,
        "description": programme.description or narrative,
        "image": {"id": f"{address}.png", "type": "Image"},
        "criteria": {"id": address, "narrative": narrative},
    }
    cells = [
        {
            "type": ["Alignment"],
            "targetName": cell.cell_code,
            "targetUrl": case_item(cell.cell_uid),
            "targetCode": cell.cell_code,
            "targetType": "CFItem",
        }
        for cell in programme.cells.all()
    ]
    return achievement | ({"alignment": cells} if cells else {})


def place_of(credential: Credential) -> Place | None:
    """Return where a credential's cell stands in its edition, in the active language; None for a programme."""
    if credential.edition is None:
        return None
    tree = edition_tree(credential.edition)
    theme = next(theme for theme in tree.themes if theme.uid == credential.theme_uid)
    return tree, theme, tree.cell_by_code[credential.cell_code]


def cell_title(theme: ThemeNode, cell: CellNode) -> str:
    """Return what a badge of this cell is called."""
    return f"{theme.short}: {cell.level_name}"


def level_id(achievement: str, level: int) -> str:
    """Return the address of a level in an achievement's ladder."""
    return f"{achievement}#L{level}"


def _criteria(cell: CellNode) -> str:
    with override(settings.LANGUAGE_CODE):
        opening = _("A coach of the association read evidence of it, and found most of these clearly shown:")
    lines = "\n".join(f"- {statement.text_other}" for statement in cell.statements)
    return f"{opening}\n\n{lines}"


def _on_rubric(domain: DomainNode, cell: CellNode, tree: EditionTree) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": cell.level_name,
        "targetUrl": case_rubric_level(domain.uid, cell.uid),
        "targetFramework": tree.framework_name,
        "targetType": "CFRubricCriterionLevel",
    }
