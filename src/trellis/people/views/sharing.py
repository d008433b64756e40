"""Who sees my file: three choices, what each means today by name, changed at once and as often as one likes."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from trellis.core.viewer import viewer_of
from trellis.people.actions import change_sharing
from trellis.people.forms import SharingForm
from trellis.people.models import Person, Sharing, Term
from trellis.people.queries import watchers_of

_CHOICES = (
    (
        Sharing.ME,
        "lock",
        gettext_lazy("Nobody else sees your answers, your standing or your plan. You do not count in any team."),
    ),
    (
        Sharing.COACH,
        "heart-handshake",
        gettext_lazy("A coach of your worksite or local sees where you stand, to help you grow."),
    ),
    (
        Sharing.LEADERS,
        "users",
        gettext_lazy("Who leads your worksite or local sees where you stand, and you count in what the team can do."),
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the three, and whose terms would open the file today."""

    value: str
    label: Any
    icon: str
    meaning: Any
    chosen: bool
    terms: tuple[Term, ...]

    @property
    def needs_someone(self) -> bool:
        """Whether it means anything only while somebody holds a role."""
        return self.value != Sharing.ME


def _choices(person: Person) -> list[Choice]:
    watchers = watchers_of(person)
    terms: dict[str, tuple[Term, ...]] = {Sharing.COACH: watchers.coaches, Sharing.LEADERS: watchers.leaders}
    return [
        Choice(value, value.label, icon, meaning, person.sharing == value, terms.get(value, ()))
        for value, icon, meaning in _CHOICES
    ]


def _said(person: Person) -> str:
    if person.sharing == Sharing.ME:
        return _("Saved. From now on only you see your file.")
    if person.sharing == Sharing.COACH:
        return _("Saved. From now on you and your coach see your file.")
    return _("Saved. From now on you and the leaders of your unit see your file.")


@login_required
@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest) -> HttpResponse:
    """Show the choices; a posted one holds at once. A fragment is answered with the message alone."""
    viewer = viewer_of(request, Person)
    wrong = ""
    if request.method == "POST":
        form = SharingForm(request.POST)
        if form.is_valid():
            change_sharing(viewer, form.cleaned_data["sharing"], by=viewer)
            if request.headers.get("HX-Request"):
                return render(request, "people/sharing.html#saved", {"said": _said(viewer)})
            messages.success(request, _said(viewer))
            return redirect("people:sharing")
        wrong = " ".join(map(str, form.errors["sharing"]))
    context = {"nav": "sharing", "choices": _choices(viewer), "wrong": wrong}
    return render(request, "people/sharing.html", context, status=422 if wrong else 200)
