"""Forms of plan templates, for who keeps the framework."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.framework.tree import ActivityNode, EditionTree, ThemeNode
from trellis.growth.forms import level_options, theme_choices
from trellis.growth.models import PlanTemplate
from trellis.growth.template_actions import About
from trellis.learning.models import Offering, OfferingStatus
from trellis.people.models import Role

_LONGEST_DAYS = 730


class TemplateForm(forms.Form):
    """What a template is."""

    title = forms.CharField(label=_("Title"), max_length=80, error_messages={"required": _("Give it a title.")})
    about = forms.CharField(
        label=_("What it is for"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.ModelChoiceField(
        label=_("For which role"), required=False, queryset=Role.objects.none(), empty_label=_("Any"),
        to_field_name="code",
    )  # fmt: skip
    is_listed = forms.BooleanField(
        label=_("Everybody may take it up"), required=False,
        help_text=_("Leave it empty for a plan that only a cohort gets."),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, template: PlanTemplate | None = None, **kwargs: Any) -> None:
        kept = template
        kwargs["initial"] = (
            {"title": kept.title, "about": kept.about, "role": kept.role, "is_listed": kept.is_listed}
            if kept
            else {"is_listed": True}
        )
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.all()  # type: ignore[attr-defined]

    def chosen(self) -> About:
        """Return what was said, for the actions."""
        return About(**self.cleaned_data)


class TemplateGoalForm(forms.Form):
    """A goal of a template."""

    theme = forms.ChoiceField(label=_("Theme"), error_messages={"required": _("Choose a theme.")})
    level = forms.TypedChoiceField(label=_("To which level?"), coerce=int)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
    use_required_attribute = False

    def __init__(self, *args: Any, tree: EditionTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = theme_choices(tree)  # type: ignore[attr-defined]
        self.fields["level"].choices = level_options(tree)  # type: ignore[attr-defined]


class TemplateStepForm(forms.Form):
    """A step of a template: an activity of the theme, something from the catalogue, or words of one's own."""

    what = forms.ChoiceField(label=_("From the framework or the catalog"), required=False)
    text = forms.CharField(label=_("Or in your own words"), required=False, max_length=300)
    days = forms.IntegerField(
        label=_("How many days after the start?"), min_value=1, max_value=_LONGEST_DAYS,
        error_messages={"required": _("Say after how many days.")},
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, theme: ThemeNode, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._activities = {
            str(activity.uid): activity for cell in theme.cells if cell.level <= level for activity in cell.activities
        }
        taught = Offering.objects.filter(
            status=OfferingStatus.LISTED, cells__theme_uid=theme.uid, cells__place="teaches"
        ).distinct()
        self._offerings = {str(offering.uid): offering for offering in taught}
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one, or write your own below")),
            *(
                (cell.level_name, [(str(each.uid), each.text) for each in cell.activities])
                for cell in theme.cells
                if cell.level <= level
            ),
            *(
                [(_("Catalog"), [(uid, each.title) for uid, each in self._offerings.items()])]
                if self._offerings
                else []
            ),
        ]

    def _from_catalogue(self) -> list[tuple[Any, list[tuple[str, str]]]]:
        titles = [(uid, each.title) for uid, each in self._offerings.items()]
        return [(_("Catalog"), titles)] if titles else []

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("what") and not found.get("text"):
            self.add_error("what", _("Choose one, or write your own."))
        return found

    @property
    def activity(self) -> ActivityNode | None:
        """The chosen activity."""
        return self._activities.get(self.cleaned_data["what"])

    @property
    def offering(self) -> Offering | None:
        """The chosen offering."""
        return self._offerings.get(self.cleaned_data["what"])
