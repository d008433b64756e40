"""What the framework registers elsewhere: its place in the navigation, search in the bar, a task for its keepers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trellis.core.registry import HomeTask, NavigationEntry, bar_links, home_tasks, navigation
from trellis.framework.access import keeps_framework, visible_editions
from trellis.framework.models import EditionStatus


def _keeping(request: HttpRequest) -> dict[str, Any] | None:
    """How many drafts wait, for who keeps the framework."""
    if not keeps_framework(request.user):
        return None
    return {"drafts": visible_editions(request.user).filter(status=EditionStatus.DRAFT).count()}


navigation.register(
    NavigationEntry(
        key="framework",
        label=_("Framework"),
        icon="layout-grid",
        url_name="framework:index",
        visible=lambda request: True,
        order=40,
        folds=True,
    )
)
bar_links.register(
    NavigationEntry(
        key="search",
        label=_("Search"),
        icon="search",
        url_name="framework:search",
        visible=lambda request: True,
        order=10,
    )
)
home_tasks.register(HomeTask(key="keeping", template="framework/home_task.html", context=_keeping, order=5))
