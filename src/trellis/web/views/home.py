"""The home page: for a visitor what Trellis is, for a person what to do next."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core import registry
from trellis.people.models import Person
from trellis.people.queries import demo_cast, place_of

# The three bars of the mark: where each stands, and how many rungs it has.
_BARS = ((0, 1), (66, 2), (132, 3))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the task list, a line for each thing with something to say; to a visitor the idea, and the demo's cast."""
    if not isinstance(request.user, Person):
        cast = demo_cast() if settings.TRELLIS_DEMO else ()
        return render(request, "web/home.html", {"nav": "home", "cast": cast, "bars": _BARS})
    tasks = []
    for task in registry.home_tasks:
        context = task.context(request)
        if context is not None:
            tasks.append({"template": task.template, **context})
    return render(request, "web/home.html", {"nav": "home", "tasks": tasks, "place": place_of(request.user)})
