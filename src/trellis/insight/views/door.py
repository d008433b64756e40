"""What every page of insight begins with: a second factor, the unit and the wave, and what to show before a release."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.insight.access import sees_insight
from trellis.insight.chosen import LEVELS, Chosen
from trellis.insight.taken_along import FILES
from trellis.people.decorators import second_factor_of

second_factor = second_factor_of(sees_insight)


def page(request: HttpRequest, chosen: Chosen, template: str, tab: str, **context: Any) -> HttpResponse:
    """Show a page about a unit: `tab` is the key of its tab. Its template extends insight/page.html."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    given = {"nav": "insight", "tab": tab, "chosen": chosen, "levels": LEVELS, "here": here, "files": FILES.items()}
    return render(request, template, given | context)


def before_release(request: HttpRequest, chosen: Chosen, tab: str) -> HttpResponse:
    """Say that nothing is released yet, and when there will be something."""
    return page(request, chosen, "insight/waiting.html", tab)
