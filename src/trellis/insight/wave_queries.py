"""Reads of waves that pages need beside their releases."""

from trellis.insight.models import Wave


def waiting_wave() -> Wave | None:
    """Return the newest wave that has no release yet, None when all have one; one query."""
    return Wave.objects.filter(release=None).order_by("-opens_on").first()
