"""A person as SCIM has a user: only what Trellis keeps, so that the schema promises no more."""

import hashlib
import json
from typing import Annotated, Any

from pydantic import EmailStr
from scim2_models import (
    URN,
    ComplexAttribute,
    InvalidValueException,
    Meta,
    Required,
    Resource,
    Returned,
    Uniqueness,
)

from trellis.exchange.models import DirectoryEntry
from trellis.exchange.scim.wanted import Wanted, known_as
from trellis.people.models import Person

NAME = "User"
_LONGEST = {"user_name": 255, "external_id": 255, "display_name": 255, "title": 80, "given": 80, "family": 80}
_SPELLED = {
    "user_name": "userName", "external_id": "externalId", "display_name": "displayName", "title": "title",
    "given": "name.givenName", "family": "name.familyName",
}  # fmt: skip
_MOST_EMAILS = 10


class Name(ComplexAttribute):
    """The parts of a name."""

    given_name: str | None = None
    """The given name."""

    family_name: str | None = None
    """The family name."""


class Email(ComplexAttribute):
    """One e-mail address."""

    value: EmailStr | None = None
    """The address."""

    type: str | None = None
    """What it is for, such as "work"."""

    primary: bool | None = None
    """Whether it is the main one."""


class User(Resource[Any]):
    """One of an affiliate's people."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true, Returned.default] = None
    """What the affiliate's directory calls the person when they sign in; often an e-mail address."""

    name: Name | None = None
    """The person's name."""

    display_name: str | None = None
    """The name as the directory shows it."""

    title: str | None = None
    """The person's job."""

    active: bool | None = None
    """Whether the person may come in. False ends all access at once, and erases nothing."""

    emails: list[Email] | None = None
    """E-mail addresses."""


def read(user: Any) -> Wanted:
    """Return what a directory says; raises InvalidValueException for what is too long to be kept."""
    name = user.name or Name()
    values = {
        "user_name": user.user_name, "external_id": user.external_id, "display_name": user.display_name,
        "title": user.title, "given": name.given_name, "family": name.family_name,
    }  # fmt: skip
    plain = {key: (value or "").strip() for key, value in values.items()}
    for key, value in plain.items():
        if len(value) > _LONGEST[key] or "\0" in value:
            raise InvalidValueException(detail=f"{_SPELLED[key]} has more than {_LONGEST[key]} letters, or a NUL")
    if not plain["user_name"]:
        raise InvalidValueException(detail="userName is empty")
    emails = [each.model_dump() for each in user.emails or [] if each.value]
    if len(emails) > _MOST_EMAILS:
        raise InvalidValueException(detail=f"There are more than {_MOST_EMAILS} emails")
    if any(len(each["value"]) > 254 or len(each.get("type", "")) > 40 for each in emails):
        raise InvalidValueException(detail="An e-mail address or its type is too long")
    return Wanted(**plain, is_active=user.active, emails=emails)


def shown(person: Person, entry: DirectoryEntry | None) -> User:
    """Return a person as the directory reads them; without an entry, as they are known here."""
    user = User(
        id=str(person.uid),
        user_name=entry.user_name if entry else known_as(person),
        external_id=(entry.external_id or None) if entry else None,
        display_name=(entry.display_name or None) if entry else None,
        title=person.occupation or None,
        active=_activity(person, entry),
        name=_name(person),
        emails=[Email.model_validate(each) for each in _emails(person, entry)] or None,
    )
    user.meta = Meta(
        resource_type=NAME,
        created=entry.created_at if entry else person.created_at,
        last_modified=entry.changed_at if entry else person.created_at,
        version=_version(user),
    )
    return user


def _activity(person: Person, entry: DirectoryEntry | None) -> bool | None:
    if entry is None:
        return person.is_active
    return entry.is_active if entry.tells_active else None


def _name(person: Person) -> Name | None:
    if not (person.given_name or person.family_name):
        return None
    return Name(given_name=person.given_name or None, family_name=person.family_name or None)


def _emails(person: Person, entry: DirectoryEntry | None) -> list[dict[str, Any]]:
    if entry is not None:
        return list(entry.emails)
    return [{"value": person.email, "type": "work", "primary": True}] if person.email else []


def _version(user: User) -> str:
    """The same for the same content, and another for any other."""
    content = json.dumps(user.model_dump(), sort_keys=True, default=str)
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
