"""How a reading page answers: its words made once per edition and language, its shell for each visitor."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trellis.framework.kept import Kept
from trellis.framework.models import Edition
from trellis.framework.tree import AttributeTree, EditionTree
from trellis.framework.words import wording_print

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# An edition like the one that comes with Trellis has 142 pages of about 10 KB in each language.
_blocks: Kept[SafeString] = Kept(most=600)
_pages: Kept[bytes] = Kept(most=600)


def content(
    template: str, editions: Iterable[Edition], place: str, build: Callable[[], Mapping[str, Any]]
) -> SafeString:
    """Return the `content` partial of a template, filled with what `build` returns; nothing of the visitor is in it.

    `place` tells the pages of one template apart. The block is kept while every edition in it is past its draft: then
    its words cannot change.
    """
    prints = _prints(editions)
    if prints is None:
        return _rendered(template, build)
    return _blocks.get((template, place, get_language(), prints), lambda: _rendered(template, build))


def _prints(editions: Iterable[Edition]) -> tuple[Hashable, ...] | None:
    """What tells these editions from all others; None when one is a draft, whose words may change."""
    prints = []
    for edition in editions:
        if edition.is_draft:
            return None
        prints.append((edition.pk, edition.uid, edition.status, edition.published_at, wording_print(edition)))
    return tuple(prints)


def _rendered(template: str, build: Callable[[], Mapping[str, Any]]) -> SafeString:
    return render_to_string(f"{template}#content", dict(build()))


def page(
    request: HttpRequest,
    template: str,
    editions: Sequence[Edition],
    build: Callable[[], Mapping[str, Any]],
    *,
    place: str = "",
    panels: Sequence[SafeString] = (),
    **shell: Any,
) -> HttpResponse:
    """Render a page of the framework; `build` gives what its content needs, `shell` is for what stands around it.

    A visitor without a session has nothing of their own in the shell either (no name, no message, no form token), so
    the whole page is kept for all of them, in their language.
    """

    def rendered() -> HttpResponse:
        block = content(template, editions, place, build)
        return render(request, template, {"nav": "framework", "content": block, "panels": panels, **shell})

    prints = _prints(editions)
    if prints is None or panels or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return rendered()
    return HttpResponse(_pages.get((template, place, get_language(), prints), lambda: rendered().content))


def edition_page(
    request: HttpRequest,
    template: str,
    edition: Edition,
    build: Callable[[], Mapping[str, Any]],
    *,
    title: str,
    names: EditionTree | AttributeTree,
    place: str = "",
    panels: Sequence[SafeString] = (),
) -> HttpResponse:
    """Render a page of one edition; `build` gives what its content needs beside the edition and its `names`."""
    return page(
        request,
        template,
        [edition],
        lambda: {"edition": edition, "names": names, **build()},
        place=place,
        panels=panels,
        edition=edition,
        title=title,
    )


def same_for_visitors(view: View[P]) -> View[P]:
    """Let caches keep a page for visitors by an ETag over its bytes, asked again each time; a person's page is private.

    The bytes decide, and not the edition's date: the shell, a message and a new release of Trellis change the page too.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
            return response
        patch_cache_control(response, public=True, no_cache=True)
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response.headers["ETag"] = etag
        conditional = get_conditional_response(request, etag=etag, response=response)
        return conditional if isinstance(conditional, HttpResponse) else response

    return require_safe(answer)
