"""Template tag of evidence: the viewer's own pieces for a theme, for pages of growth that know nothing of evidence."""

from django import template

from trellis.framework.tree import ThemeNode
from trellis.growth.access import own_evidence
from trellis.growth.models import Evidence, EvidenceStatus
from trellis.people.models import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def own_pieces(context: template.Context, theme: ThemeNode) -> list[Evidence]:
    """Return the viewer's own evidence for a theme that was not taken back, highest level first; one query."""
    viewer = context["request"].user
    if not isinstance(viewer, Person):
        return []
    found = own_evidence(viewer).filter(theme_uid=theme.uid).exclude(status=EvidenceStatus.WITHDRAWN)
    return list(found.order_by("-level", "-submitted_at", "-pk"))
