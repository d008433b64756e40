"""What the shell registers: the way home."""

from django.utils.translation import gettext_lazy as _

from trellis.core.registry import NavigationEntry, navigation

navigation.register(NavigationEntry("home", _("Home"), "house", "home", lambda request: True, order=10))
