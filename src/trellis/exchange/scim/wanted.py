"""What a directory says of a person, in plain values, without the library that speaks SCIM."""

from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from trellis.people.models import Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a directory says of a person, checked and in plain values; `is_active` is None when it says nothing."""

    user_name: str
    external_id: str
    display_name: str
    given: str
    family: str
    title: str
    is_active: bool | None
    emails: list[dict[str, Any]] = field(default_factory=list)

    @property
    def user_key(self) -> str:
        """The user name as it is compared."""
        return compared(self.user_name)

    @property
    def addresses(self) -> list[str]:
        """The addresses as they are compared, the main one first."""
        ranked = sorted(self.emails, key=lambda each: (not each.get("primary"), each.get("type") != "work"))
        return list(dict.fromkeys(compared(each["value"]) for each in ranked))

    @property
    def email(self) -> str:
        """The main address, empty when there is none."""
        return next(iter(self.addresses), "")


def compared(value: str) -> str:
    """Return a user name or an address in the form in which two of them are held against each other."""
    return normalize("NFC", normalize("NFC", value).lower())


def known_as(person: Person) -> str:
    """Return the user name of somebody to whom no directory has given one."""
    return person.email or str(person.uid)
