"""The home page: for a visitor what Trellis is, for a person what to do next."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
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
    for task in _with_something_to_do(request, request.user):
        context = task.context(request)
        if context is not None:
            tasks.append({"template": task.template, **context})
    return render(request, "web/home.html", {"nav": "home", "tasks": tasks, "place": place_of(request.user)})


def _with_something_to_do(request: HttpRequest, person: Person) -> list[registry.HomeTask]:
    """Keep the tasks that have rows waiting, and those that name no rows; one query for all."""
    rows = {task.key: task.waits(request) for task in registry.home_tasks if task.waits is not None}
    named = {
        key: ExpressionWrapper(reduce(or_, (Q(Exists(each)) for each in waiting)), BooleanField())
        for key, waiting in rows.items()
        if waiting
    }
    found = Person.objects.filter(pk=person.pk).values_list(*named.values()).get() if named else ()
    waiting = {key for key, is_there in zip(named, found, strict=True) if is_there}
    return [task for task in registry.home_tasks if task.waits is None or task.key in waiting]
