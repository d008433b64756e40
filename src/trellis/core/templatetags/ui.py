"""Template tags of the look: icons, ladders, fields."""
from django import template
register = template.Library()
