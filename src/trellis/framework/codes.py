"""How the codes of domains, themes and cells stand in addresses: `ADV`, `ADV.1`, `ADV.1.L2`."""

from django.urls.converters import StringConverter

# Capitals only: lower-case words in the same place, such as `print`, are free for pages.
_PART = "[A-Z0-9][A-Z0-9_-]*"


class DomainCode(StringConverter):
    """A code without a dot."""

    regex = _PART


class ThemeCode(StringConverter):
    """A code with one dot."""

    regex = rf"{_PART}\.{_PART}"


class CellCode(StringConverter):
    """The code of a theme, and a level from 1 to 9."""

    regex = rf"{_PART}\.{_PART}\.L[1-9]"
