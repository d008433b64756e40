"""What a badge is for: one page for each cell of a published edition."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from trellis.exchange.badges.achievements import cell_achievement
from trellis.exchange.badges.answers import LINKED_DATA, json_answer
from trellis.exchange.badges.credential_document import CONTEXTS
from trellis.framework.access import visible_edition
from trellis.framework.queries import edition_tree
from trellis.framework.tree import CellNode, EditionTree, ThemeNode

_DAY = 24 * 60 * 60


@require_safe
def achievement(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Say what somebody has shown who holds the badge of a cell."""
    document = {"@context": CONTEXTS[:2], **cell_achievement(*_place(framework, edition, code))}
    return json_answer(request, document, LINKED_DATA, seconds=_DAY)


def _place(framework: str, edition: str, code: str) -> tuple[EditionTree, ThemeNode, CellNode]:
    """Find a cell in the site's own language; drafts have no badges, whoever asks. Raises Http404."""
    found = visible_edition(AnonymousUser(), framework, edition)
    with override(settings.LANGUAGE_CODE):
        tree = edition_tree(found)
    for theme in tree.themes:
        for cell in theme.cells:
            if cell.code == code:
                return tree, theme, cell
    raise Http404
