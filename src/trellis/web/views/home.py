"""The home page: for a visitor what Trellis is, for a person what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.core import registry


def home(request: HttpRequest) -> HttpResponse:
    """Show the task list, one line for each thing that has something to say to this person."""
    tasks = []
    if request.user.is_authenticated:
        for task in registry.home_tasks:
            context = task.context(request)
            if context is not None:
                tasks.append({"template": task.template, **context})
    return render(request, "web/home.html", {"nav": "home", "tasks": tasks})
