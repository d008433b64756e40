"""Puts the rows that speak of one offering together, and finds out which of those that are there it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trellis.exchange.catalogue.known import KnownOfferings, KnownSessions
from trellis.exchange.catalogue.plan import Likeness
from trellis.exchange.catalogue.said import Said
from trellis.exchange.tables.mapping import plain
from trellis.learning.models import Offering

NEW = "new"  # the answer that an offering is none of those that are there


@dataclass(slots=True)
class Group:
    """One offering of the file: which one it is, if it is there, and what its rows say of it together."""

    known: Offering | None
    first: Said
    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Said] = field(default_factory=dict)

    def add(self, said: Said) -> None:
        """Take in a row; raises TableError where it contradicts an earlier one, and then nothing of it counts."""
        for key, value in said.offering.items():
            if key in self.values and not _says_the_same(key, self.values[key], value):
                place = self.sources[key].record.place(key)
                raise said.refuse(key, _("%(place)s says something else of the same offering.") % {"place": place.cell})
        for key, value in said.offering.items():
            self.values.setdefault(key, value)
            self.sources.setdefault(key, said)


def _says_the_same(key: str, one: Any, other: Any) -> bool:
    return bool(one == other or (key == "title" and plain(one) == plain(other)))


class Grouping:
    """Groups rows as they come; `likenesses` are the questions that it could not answer by itself."""

    def __init__(self, known: KnownOfferings, sessions: KnownSessions, answers: Mapping[str, str]) -> None:
        self.known = known
        self.sessions = sessions
        self.answers = answers
        self.groups: list[Group] = []
        self.likenesses: list[Likeness] = []
        self._of_known: dict[int, Group] = {}
        self._of_key: dict[str, Group] = {}
        self._of_title: dict[str, Group] = {}

    def add(self, said: Said) -> Group:
        """Return the group of a row, with the row in it; raises TableError when it cannot be told, or contradicts."""
        offering = self._known(said)
        group = self._of_known.get(offering.pk) if offering else self._new(said)
        if group is None:
            group = Group(offering, said)
        group.add(said)
        self._remember(group)
        return group

    def _remember(self, group: Group) -> None:
        if group not in self.groups:
            self.groups.append(group)
        if group.known is not None:
            self._of_known[group.known.pk] = group
            return
        if "key" in group.values:
            self._of_key.setdefault(group.values["key"], group)
        if "title" in group.values:
            self._of_title.setdefault(plain(group.values["title"]), group)

    def _known(self, said: Said) -> Offering | None:
        uid, key, title = (said.offering.get(name) for name in ("uid", "key", "title"))
        if uid is not None:
            if uid not in self.known.by_uid:
                raise said.refuse("uid", _("there is no offering of this ID; leave it empty for a new one."))
            return self.known.by_uid[uid]
        if key is not None and key in self.known.by_key:
            return self.known.by_key[key]
        if title is None and key is None:
            session = self.sessions.named(said.session)
            return session.offering if session else None
        # Somebody who gives it a number now has not had one for it before.
        twins = [one for one in self.known.by_title.get(plain(title or ""), ()) if key is None or not one.key]
        if len(twins) > 1:
            raise said.refuse("title", _("several offerings have this title; give the number or the ID of one."))
        return twins[0] if twins else None

    def _new(self, said: Said) -> Group | None:
        key, title = said.offering.get("key"), said.offering.get("title")
        if key is None and title is None:
            raise said.refuse("title", _("the row names no offering that is there; a new one needs a title."))
        if key is not None and key in self._of_key:
            return self._of_key[key]
        same = self._of_title.get(plain(title)) if title else None
        if same is not None and (key is None or same.values.get("key", key) == key):
            return same
        return self._asked(said, title) if title else None

    def _asked(self, said: Said, title: str) -> Group | None:
        like = self.known.likest(title)
        if like is None:
            return None
        token = hashlib.sha256(plain(title).encode()).hexdigest()[:12]
        answer = self.answers.get(token)
        if answer == str(like.uid):
            return self._of_known.get(like.pk) or Group(like, said)
        if answer != NEW:
            self.likenesses.append(Likeness(token, said.record.place("title"), title, like))
        return None
