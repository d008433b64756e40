"""What the badge of a programme is for, and its picture; only where somebody has completed it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from trellis.exchange.badges.achievements import programme_achievement
from trellis.exchange.badges.answers import LINKED_DATA, asks_for, file_answer, json_answer
from trellis.exchange.badges.artwork import drawn, picture_of_programme
from trellis.exchange.badges.credential_document import CONTEXTS
from trellis.growth.credential_access import programmes_with_badges
from trellis.people.queries import association_name

_HOUR = 60 * 60  # a programme may still be described better


@require_safe
def programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what somebody has done who holds the badge of a programme: a page to a browser, else the document."""
    found = get_object_or_404(programmes_with_badges(), uid=uid)
    if asks_for(request) == "page":
        context = {"programme": found, "cells": found.cells.all(), "issuer": association_name()}
        answer = render(request, "exchange/badges/programme.html", context)
    else:
        document = {"@context": CONTEXTS[:2], **programme_achievement(found)}
        answer = json_answer(request, document, LINKED_DATA, seconds=_HOUR)
    patch_vary_headers(answer, ["Accept"])
    return answer


@require_safe
def programme_png(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the picture."""
    found = get_object_or_404(programmes_with_badges(), uid=uid)
    return file_answer(request, drawn(picture_of_programme(found.title), "png"), "image/png", seconds=_HOUR)


@require_safe
def programme_svg(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand out the drawing."""
    found = get_object_or_404(programmes_with_badges(), uid=uid)
    return file_answer(request, drawn(picture_of_programme(found.title), "svg"), "image/svg+xml", seconds=_HOUR)
