"""The component gallery at /ui/: every component with its variants, colours, type and icons, in light and in dark."""

import re
from functools import lru_cache
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

_ICON = r'<symbol id="([\w-]+)"'
_COLOUR = r"--([\w-]+):\s*#"
TYPE_SIZES = ("3xl", "2xl", "xl", "lg", "md", "sm", "xs")


class SampleForm(forms.Form):
    """A form with each state that a field can be in: filled, wrong, optional, a choice."""

    name = forms.CharField(label=_("Your name"), help_text=_("As your colleagues know you."))
    email = forms.EmailField(label=_("E-mail"))
    note = forms.CharField(label=_("A note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    level = forms.ChoiceField(label=_("Level"), choices=[("1", _("Foundational")), ("2", _("Mobilizing"))])


@lru_cache(maxsize=4)
def _names(file: str, pattern: str) -> list[str]:
    """Return what a static file of core defines, in its order and each once; raises LookupError without the file."""
    path = finders.find(file)
    if path is None:
        raise LookupError(f"{file} is not among the static files")
    return list(dict.fromkeys(re.findall(pattern, Path(path).read_text(encoding="utf-8"))))


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the look twice on one page, once for each colour scheme; it holds no data of anyone."""
    schemes = [
        {
            "key": key,
            "label": label,
            "form": SampleForm({f"{key}-name": "Ana Reyes", f"{key}-email": "ana", f"{key}-level": "2"}, prefix=key),
        }
        for key, label in (("light", _("Light")), ("dark", _("Dark")))
    ]
    context = {
        "nav": "gallery",
        "schemes": schemes,
        "colours": _names("core/tokens.css", _COLOUR),
        "icons": _names("core/icons.svg", _ICON),
        "type_sizes": TYPE_SIZES,
        "levels": range(4),
    }
    return render(request, "web/gallery.html", context)
