"""What a badge is for: one page for each cell of a published edition, and its picture."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_safe

from trellis.exchange.badges.achievements import Place, cell_achievement
from trellis.exchange.badges.answers import LINKED_DATA, asks_for, file_answer, json_answer
from trellis.exchange.badges.artwork import Kind, drawn, picture_of_cell
from trellis.exchange.badges.credential_document import CONTEXTS
from trellis.framework.access import visible_edition
from trellis.framework.models import Edition
from trellis.framework.queries import edition_tree
from trellis.people.queries import association_name

_DAY = 24 * 60 * 60


@require_safe
def achievement(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Say what somebody has shown who holds the badge of a cell: a page to a browser, else the document."""
    found = _published(framework, edition)
    if asks_for(request) == "page":
        tree, theme, cell = _place(found, code)
        context = {"tree": tree, "theme": theme, "cell": cell, "issuer": association_name()}
        answer = render(request, "exchange/badges/achievement.html", context)
    else:
        with override(settings.LANGUAGE_CODE):
            document = {"@context": CONTEXTS[:2], **cell_achievement(*_place(found, code))}
        answer = json_answer(request, document, LINKED_DATA, seconds=_DAY)
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
def achievement_png(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Hand out the picture."""
    return file_answer(request, _drawn(framework, edition, code, "png"), "image/png", seconds=_DAY)


@require_safe
def achievement_svg(request: HttpRequest, framework: str, edition: str, code: str) -> HttpResponse:
    """Hand out the drawing."""
    return file_answer(request, _drawn(framework, edition, code, "svg"), "image/svg+xml", seconds=_DAY)


def _drawn(framework: str, edition: str, code: str, kind: Kind) -> bytes:
    with override(settings.LANGUAGE_CODE):
        place = _place(_published(framework, edition), code)
    return drawn(picture_of_cell(*place), kind)


def _published(framework: str, edition: str) -> Edition:
    """Drafts have no badges, whoever asks; raises Http404."""
    return visible_edition(AnonymousUser(), framework, edition)


def _place(edition: Edition, code: str) -> Place:
    tree = edition_tree(edition)
    for theme in tree.themes:
        for cell in theme.cells:
            if cell.code == code:
                return tree, theme, cell
    raise Http404
