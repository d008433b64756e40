"""Languages in which something is taught, in the reader's own words for them."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, gettext_lazy

# Spoken in American schools, and not among those that Django is translated into. (ISO 639 codes.)
_OTHERS = {
    "am": gettext_lazy("Amharic"),
    "ase": gettext_lazy("American Sign Language"),
    "hmn": gettext_lazy("Hmong"),
    "ht": gettext_lazy("Haitian Creole"),
    "nv": gettext_lazy("Navajo"),
    "so": gettext_lazy("Somali"),
    "tl": gettext_lazy("Tagalog"),
}


def language_name(code: str) -> str:
    """Return what a language is called: "Spanish", "Español"; a code that nobody knows stays as it is."""
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return str(_OTHERS.get(code, code))


def language_choices(usual: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the languages for a list to choose from: these first, then the others by name."""
    others = {code for code, known in LANG_INFO.items() if "name" in known and "-" not in code} | _OTHERS.keys()
    rest = sorted(((code, language_name(code)) for code in others - set(usual)), key=lambda pair: pair[1])
    return [(code, language_name(code)) for code in usual] + rest
