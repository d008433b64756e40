"""What the framework registers elsewhere: its place in the navigation, and search at the end of the bar."""

from django.utils.translation import gettext_lazy as _

from trellis.core.registry import NavigationEntry, bar_links, navigation

navigation.register(
    NavigationEntry(
        key="framework",
        label=_("Framework"),
        icon="layout-grid",
        url_name="framework:index",
        visible=lambda request: True,
        order=40,
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
