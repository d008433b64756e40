"""Where SCIM reads and writes: our own tables, seen with the eyes of one directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from scim2_models import (
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from trellis.exchange.models import Directory, DirectoryEntry, DirectoryToken
from trellis.exchange.scim.access import reachable_people
from trellis.exchange.scim.actions import change, take_in, take_out
from trellis.exchange.scim.matching import TakenError
from trellis.exchange.scim.resource import User, read, shown
from trellis.exchange.scim.search import found
from trellis.people.models import Person


class DirectoryStorage(ScimStorage):
    """The people whom one directory reaches; what it `writes` is done in one transaction, one after the other."""

    def __init__(self, token: DirectoryToken, *, writes: bool) -> None:
        self._token, self._directory, self._writes = token, token.directory, writes

    @contextmanager
    def operation(self) -> Iterator[None]:
        """Enclose a request that writes in a transaction in which no other writes for this directory."""
        if not self._writes:
            yield
            return
        try:
            with transaction.atomic():
                Directory.objects.select_for_update().get(pk=self._directory.pk)
                yield
        except TakenError as error:
            raise UniquenessException(detail=f"Somebody else has this: {error}") from error
        except IntegrityError as error:
            # Somebody was quicker, by another way. What the database says names persons, so it goes no further.
            raise UniquenessException(detail="Somebody else has one of these values") from error

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """Return a person; raises NotFoundException for whom the directory does not reach."""
        return self._shown(self._person(resource_id))

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        """Return one page of people."""
        return found(self._directory, search_request)

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Take a person in."""
        entry = take_in(self._directory, read(resource), by=self._token)
        return shown(entry.person, entry)

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        """Store what the directory says of a person from now on."""
        person = self._person(resource.id)
        self._expect(person, expected_version)
        entry = change(self._directory, person, read(resource), by=self._token)
        return shown(entry.person, entry)

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        """Take a person out."""
        person = self._person(resource_id)
        self._expect(person, expected_version)
        take_out(self._directory, person, by=self._token)

    def _person(self, uid: str | None) -> Person:
        try:
            key = UUID(uid or "")
        except ValueError:
            key = None
        person = reachable_people(self._directory).filter(uid=key).first() if key and str(key) == uid else None
        if person is None:
            raise NotFoundException(detail="There is no such user")
        return person

    def _shown(self, person: Person) -> User:
        return shown(person, DirectoryEntry.objects.filter(directory=self._directory, person=person).first())

    def _expect(self, person: Person, version: str | None) -> None:
        meta = self._shown(person).meta
        if version is not None and (meta is None or meta.version != version):
            raise PreconditionFailedException
