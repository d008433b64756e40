"""Forms of growth: focus, a step of one's own, the date of a step, a profile's targets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.framework.tree import EditionTree
from trellis.growth.models import RoleProfile

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def theme_choices(tree: EditionTree) -> list[tuple[Any, Any]]:
    """Return the themes by domain, for a list to choose from that begins with nothing."""
    domains = [(domain.name, [(theme.code, theme.short) for theme in domain.themes]) for domain in tree.domains]
    return [("", _("Choose a theme")), *domains]


def level_options(tree: EditionTree) -> list[tuple[str, str]]:
    """Return the levels with number and name."""
    return [(str(level.number), f"{level.number} {level.name}") for level in tree.levels]


class FocusForm(forms.Form):
    """Choose what to grow towards: a role, a domain, or whatever the own role asks for."""

    towards = forms.ChoiceField(label=_("Grow towards"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, tree: EditionTree, profiles: list[RoleProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._profiles = {str(profile.uid): profile for profile in profiles}
        self.fields["towards"].choices = [  # type: ignore[attr-defined]
            ("", _("What my role asks for, or the step that is nearest")),
            (_("A role"), [(f"role:{uid}", profile.role.name) for uid, profile in self._profiles.items()]),
            (_("A domain"), [(f"domain:{domain.code}", domain.name) for domain in tree.domains]),
        ]
        self.fields["towards"].required = False

    def choice(self) -> tuple[RoleProfile | None, str]:
        """Return the chosen profile (or None) and domain code (or empty)."""
        kind, _colon, value = self.cleaned_data["towards"].partition(":")
        return (self._profiles[value], "") if kind == "role" else (None, value)


class OwnStepForm(forms.Form):
    """A step of one's own."""

    text = forms.CharField(label=_("Something of my own"), max_length=300)
    due_on = forms.DateField(label=_("By when"), required=False, widget=DATE)


class StepDateForm(forms.Form):
    """Another date for a step."""

    due_on = forms.DateField(label=_("By when"), required=False, widget=DATE)


class ProfileForm(forms.Form):
    """A target level for each theme; empty where the role asks for none."""

    def __init__(self, *args: Any, tree: EditionTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [("", _("not asked"))] + [(str(level.number), f"{level.number} {level.name}") for level in tree.levels]
        for theme in tree.themes:
            self.fields[theme.code] = forms.ChoiceField(label=theme.short, choices=levels, required=False)

    def targets(self) -> dict[str, int]:
        """Return the chosen levels by theme code."""
        return {code: int(level) for code, level in self.cleaned_data.items() if level}
