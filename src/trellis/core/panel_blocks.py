"""Renders what other apps show on a page: every panel of a registry that has something to say."""

import uuid

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.core.registry import Panel, Registry


def panel_blocks(panels: Registry[Panel], request: HttpRequest, uid: uuid.UUID) -> list[SafeString]:
    """Return the panels for a subject in their order, rendered; each template finds its context as `panel`."""
    filled = ((panel.template, panel.context(request, uid)) for panel in panels)
    return [render_to_string(template, {"panel": context}, request) for template, context in filled if context]
