"""What the tests of the reading pages share: a draft with official texts, a keeper, and frameworks of other shapes."""

import uuid
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from trellis.framework.actions import load_plain_edition, publish_edition
from trellis.framework.models import Cell, Edition
from trellis.framework.plain import SHIPPED, PlainEdition, read_folder
from trellis.people.models import Person

BEHAVIOUR = "Officially does the first thing <b>well</b>"
CONSIDERATIONS = "Officially learns one thing.\n\nAnd another."


@pytest.fixture(scope="session")
def shipped() -> PlainEdition:
    """The files of the grid that comes with Trellis."""
    return read_folder(SHIPPED[0])


@pytest.fixture
def draft(framework: Edition, shipped: PlainEdition) -> Edition:
    """A draft of the main framework, in which one cell has official texts."""
    manifest = deepcopy(shipped.manifest)
    manifest["edition"] = {"code": "2031", "uid": str(uuid.uuid4()), "name": "2031, not yet out"}
    edition, _ = load_plain_edition(PlainEdition(manifest, shipped.parts), by=None)
    Cell.objects.filter(edition=edition, code="ADV.1.L2").update(behaviour=BEHAVIOUR, considerations=CONSIDERATIONS)
    return edition


@pytest.fixture
def person(db: None) -> Person:
    """Somebody who signs in and holds no office."""
    return Person.objects.create_user("reader@example.org", "a long enough password", given_name="Rea")


@pytest.fixture
def keeper(person: Person, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser in which somebody who keeps the framework is signed in."""
    monkeypatch.setattr(Person, "keeps_framework", True)
    client.force_login(person)
    return client


@pytest.fixture
def other_shape(db: None) -> Callable[..., Edition]:
    """Publish a small framework with any number of levels and with whatever names are asked for."""

    def publish(levels: int = 2, name: str = "Ladder of cooks", term: str = "Each/All") -> Edition:
        def uid() -> str:
            return str(uuid.uuid4())

        def cell(code: str) -> dict[str, Any]:
            said = {"uid": uid(), "version": 1, "i": f"I cook {code}.", "they": f"They cook {code}."}
            done = {"uid": uid(), "version": 1, "kind": "read", "minutes": 600, "clauses": [1], "text": f"Read {code}."}
            return {"uid": uid(), "code": code, "statements": [said], "activities": [done]}

        def theme(number: int) -> dict[str, Any]:
            code = f"KIT-2.{number}"
            cells = [cell(f"{code}.L{level}") for level in range(1, levels + 1)]
            return {"uid": uid(), "code": code, "name": f"{name}: {number}", "short": f"Pan {number}", "cells": cells}

        manifest = {
            "kind": "framework",
            "framework": {"code": "cooks", "uid": uid(), "name": name, "purpose": "", "owner": ""},
            "edition": {"code": "one", "uid": uid(), "name": "One"},
            "levels": [{"uid": uid(), "number": n, "name": f"Rank {n}"} for n in range(1, levels + 1)],
            "definitions": [{"uid": uid(), "term": term, "text": "What we mean."}],
        }
        kitchen = {"uid": uid(), "code": "KIT-2", "name": "Kitchen", "purpose": "Cook.", "themes": [theme(1), theme(2)]}
        edition, _ = load_plain_edition(PlainEdition(manifest, [kitchen]), by=None)
        return publish_edition(edition, by=None)

    return publish
