"""The six persons whose part a visitor of the demo may take, and what each is good for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class CastMember:
    """A named person of the fictional association; role, place and what to try are lazy translations."""

    key: str
    given_name: str
    family_name: str
    occupation: str
    role: Any
    place: Any
    what_to_try: Any

    @property
    def name(self) -> str:
        """Full name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """The address that the person is known by; example.org belongs to nobody."""
        return f"{self.given_name}.{self.family_name}@example.org".lower()


CAST = (
    CastMember(
        "building-representative", "Rosa", "Delgado", "Paraeducator",
        _("Building representative"), "Lincoln Elementary · Riverside ESP Association",
        _("See where Rosa stands after two years, and choose what she does next."),
    ),
    CastMember(
        "local-president", "Samuel", "Okonjo", "School bus driver",
        _("Local president"), "Riverside ESP Association",
        _("See what a board of twelve can do together, and where it is thin."),
    ),
    CastMember(
        "new-member", "Linh", "Tran", "Library assistant",
        _("New member"), "Harbor View Middle School · Riverside ESP Association",
        _("Start from nothing: take the short self-assessment, about ten minutes."),
    ),
    CastMember(
        "coach", "Miriam", "Castellan", "Reading specialist",
        _("Coach"), "Riverside ESP Association",
        _("Look at the file of somebody who asked for a coach."),
    ),
    CastMember(
        "state-staff", "Keoni", "Makana", "Leadership development specialist",
        _("State leadership staff"), "Alder Education Association",
        _("See the locals of a state, and that nobody's file opens from here."),
    ),
    CastMember(
        "data-steward", "Anneke", "Brandt", "Data steward",
        _("Data steward"), "Common Ground Educators",
        _("Read, compare and publish the editions of the framework."),
    ),
)  # fmt: skip


def cast_member(key: str) -> CastMember | None:
    """Return the one of that key, or None."""
    return next((one for one in CAST if one.key == key), None)
