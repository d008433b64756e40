"""The further ways to sign in that other apps offer below the form."""

from django import template

from trellis.core.registry import NavigationEntry, ways_to_sign_in

register = template.Library()


@register.simple_tag(takes_context=True)
def further_ways(context: template.Context) -> list[NavigationEntry]:
    """Return those that are there for this visitor, in their order."""
    return [way for way in ways_to_sign_in if way.visible(context["request"])]
