"""Template tags of the look. Small marks are built here; each larger component has a template in core/ui/."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.shortcuts import resolve_url
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trellis.core import registry

register = template.Library()

_LADDER = (
    '<rect class="a" x="1" y="18" width="18" height="7" rx="2"/>'
    '<rect class="b" x="1" y="9.5" width="18" height="7" rx="2"/>'
    '<rect class="c" x="1" y="1" width="18" height="7" rx="2"/>'
)
TRACK = (
    '<rect class="a" x="0.5" y="0.5" width="26" height="11" rx="3"/>'
    '<rect class="b" x="29" y="0.5" width="26" height="11" rx="3"/>'
    '<rect class="c" x="57.5" y="0.5" width="26" height="11" rx="3"/>'
)


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is always decoration, so the words stand beside it."""
    # Kept whole: a page has dozens, and where the sprite lies does not change while a process runs.
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("core/icons.svg"), name)


@register.simple_tag
def ladder(level: int, to: int = 0) -> SafeString:
    """Draw the three-rung mark at a level (0 to 3), with the rung to climb next drawn as growth."""
    classes = f"rungs-i v{int(level)}" + (f" to{int(to)}" if to else "")
    return mark_safe(  # noqa: S308  (whole numbers in a fixed text)
        f'<svg class="{classes}" viewBox="0 0 20 26" aria-hidden="true">{_LADDER}</svg>'
    )


@register.simple_tag
def steps(level: int) -> SafeString:
    """Draw the mark of a step in the assessment: the rungs up to this one are filled when it is chosen."""
    return mark_safe(  # noqa: S308
        f'<svg class="steps" viewBox="0 0 20 26" aria-hidden="true">{_LADDER}</svg>'
    )


@register.simple_tag
def track(level: int) -> SafeString:
    """Draw a level (0 to 3) as three boxes in a row, with the number for those who do not see it."""
    return format_html(
        '<svg class="track v{}" viewBox="0 0 84 12" aria-hidden="true">{}</svg><span class="vh">{}</span>',
        int(level),
        mark_safe(TRACK),  # noqa: S308  (a fixed text)
        int(level),
    )


@register.inclusion_tag("core/ui/empty.html")
def empty_state(
    title: str, text: str = "", href: str = "", action: str = "", icon_name: str = "sprout"
) -> dict[str, Any]:
    """Say that there is nothing here yet, and what to do about it."""
    return {"title": title, "text": text, "href": href, "action": action, "icon_name": icon_name}


@register.inclusion_tag("core/ui/notice.html")
def notice(text: str, tone: str = "info", title: str = "") -> dict[str, Any]:
    """Show a short notice; tones: info, good, warn, bad."""
    names = {"info": "circle-help", "good": "check", "warn": "circle-help", "bad": "circle-help"}
    return {"text": text, "tone": tone, "title": title, "icon_name": names[tone]}


@register.inclusion_tag("core/ui/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """Show where the page stands: label, address, label, address ...; the last label needs no address."""
    trail = [(pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    return {"trail": trail}


@register.inclusion_tag("core/ui/field.html")
def field(bound: Any, hint: str = "") -> dict[str, Any]:
    """Show a form field with its label, hint and errors tied together for a screen reader."""
    described = " ".join(
        part
        for part in (
            f"{bound.auto_id}-hint" if hint or bound.help_text else "",
            f"{bound.auto_id}-error" if bound.errors else "",
        )
        if part
    )
    widget = bound.as_widget(attrs={"aria-describedby": described} if described else {})
    return {"bound": bound, "hint": hint or bound.help_text, "widget": widget}


@register.inclusion_tag("core/ui/table_files.html", takes_context=True)
def table_files(context: template.Context, name: str, label: str) -> dict[str, Any]:
    """Link a table of this page as files: the one with `data-file="name"`; the label says which, to who hears it."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    links = []
    for ending, words in (("xlsx", _("For Excel")), ("csv", _("As CSV"))):
        query["table"], query["as"] = name, ending
        links.append((words, query.urlencode()))
    return {"links": links, "label": label}


@register.inclusion_tag("core/ui/progress.html")
def progress(done: int, whole: int, label: str) -> dict[str, Any]:
    """Show how much of a whole is done, in words and as a bar."""
    return {"done": done, "whole": whole, "label": label}


@register.simple_tag
def start_address() -> str:
    """Return the address of the page that the settings name as the start."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _links(context: template.Context, entries: registry.Registry[registry.NavigationEntry]) -> dict[str, Any]:
    request = context["request"]
    return {"entries": [entry for entry in entries if entry.visible(request)], "here": context.get("nav", "")}


@register.simple_tag(takes_context=True)
def feeds(context: template.Context) -> SafeString:
    """Name the feeds of this page in its head, so that programs find them."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = [entry for entry in registry.feeds if match is not None and match.view_name in entry.pages]
    return format_html_join(
        "",
        '<link rel="alternate" type="{}" title="{}" href="{}">',
        ((entry.media_type, entry.title, reverse(entry.url_name)) for entry in here),
    )


@register.inclusion_tag("core/ui/tabs.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """Show the main navigation: every registered entry that this request may see."""
    folds = context["request"].user.is_authenticated  # a visitor has no menu to fold into
    return {**_links(context, registry.navigation), "label": _("Main"), "folds": folds}


@register.inclusion_tag("core/ui/bar_links.html", takes_context=True)
def bar_links(context: template.Context) -> dict[str, Any]:
    """Show the icons at the end of the bar; each has its words for a screen reader."""
    return _links(context, registry.bar_links)


@register.inclusion_tag("core/ui/person_menu.html", takes_context=True)
def person_menu(context: template.Context) -> dict[str, Any]:
    """Show the links of the signed-in person's menu, and those of the main navigation that fold into it on a phone."""
    main = _links(context, registry.navigation)["entries"]
    links = _links(context, registry.person_menu)
    parts = {part.name: [entry for entry in links["entries"] if entry.part == part] for part in registry.MenuPart}
    return {**links, "parts": parts, "folded": [entry for entry in main if entry.folds]}
