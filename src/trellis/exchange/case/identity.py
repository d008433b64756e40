"""Identifiers and addresses: what has a uid keeps it, what has none gets one that is the same for ever."""

import hashlib
import uuid

from trellis.exchange.case.model import Link, NodeLink

BASE_PATH = "/ims/case/v1p1"


def derived(uid: uuid.UUID, *names: str) -> uuid.UUID:
    """Return the identifier of a part that has none of its own, made from its owner's random one and the part's name.

    It has the form of a random UUID (version 4), which CTDL asks for, and is as unlikely to meet another. Nothing has
    to be stored, and what was imported from another Trellis gets the same ones there and here.
    """
    digest = hashlib.sha256("\n".join((str(uid), *names)).encode()).digest()
    return uuid.UUID(bytes=digest[:16], version=4)


class Addresses:
    """Makes the addresses of one provider, such as `https://trellis.example.org/ims/case/v1p1/CFItems/...`."""

    def __init__(self, site: str) -> None:
        self._base = site.rstrip("/") + BASE_PATH

    def uri(self, collection: str, identifier: uuid.UUID | str) -> str:
        """Return where an object is to be had; `collection` is the name in the path, such as `CFItems`."""
        return f"{self._base}/{collection}/{identifier}"

    def link(self, collection: str, identifier: uuid.UUID | str, title: str) -> Link:
        """Return a link to an object of this provider."""
        return Link(title=title, identifier=str(identifier), uri=self.uri(collection, identifier))

    def node(self, collection: str, identifier: uuid.UUID | str, title: str) -> NodeLink:
        """Return an end of an association."""
        uri = self.uri(collection, identifier)
        return NodeLink(title=title, identifier=str(identifier), uri=uri, targetType="CASE")
