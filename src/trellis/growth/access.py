"""Whose plans and standings a viewer may see."""

from django.db.models import QuerySet

from trellis.growth.models import Goal, Plan, Step
from trellis.people.access import visible_files
from trellis.people.models import Person


def visible_standings(viewer: Person) -> QuerySet[Person]:
    """Return the persons whose standing the viewer may see: their own, and the files that are shared with them."""
    return visible_files(viewer)


def own_plan(viewer: Person) -> QuerySet[Plan]:
    """Return the viewer's plan; nobody else's is ever shown."""
    return Plan.objects.filter(person=viewer)


def own_goals(viewer: Person) -> QuerySet[Goal]:
    """Return the goals of the viewer's plan."""
    return Goal.objects.filter(plan__person=viewer)


def own_steps(viewer: Person) -> QuerySet[Step]:
    """Return the steps of the viewer's plan."""
    return Step.objects.filter(goal__plan__person=viewer).select_related("goal")
