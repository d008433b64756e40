"""Registries: ordered, one entry for each key, and all of them known."""

import random

import pytest

from trellis.core import registry
from trellis.core.registry import DemoPart, Registry


def part(key: str, order: int = 50) -> DemoPart:
    return DemoPart(key=key, load=lambda source: None, order=order)


@pytest.fixture
def parts() -> Registry[DemoPart]:
    return Registry("parts", "for a test")


def test_entries_come_in_their_order_and_then_by_key(parts: Registry[DemoPart]) -> None:
    entries = [part("last", 90), part("b"), part("a"), part("first", 10)]
    random.shuffle(entries)
    for entry in entries:
        parts.register(entry)
    assert [entry.key for entry in parts] == ["first", "a", "b", "last"]
    assert len(parts) == 4


def test_a_key_can_be_taken_only_once(parts: Registry[DemoPart]) -> None:
    parts.register(part("a"))
    with pytest.raises(ValueError, match="'a' is registered already"):
        parts.register(part("a"))
    assert len(parts) == 1


def test_an_entry_is_found_by_its_key(parts: Registry[DemoPart]) -> None:
    kept = parts.register(part("a"))
    assert parts.get("a") is kept
    assert parts.get("b") is None


def test_an_entry_can_be_taken_out_again(parts: Registry[DemoPart]) -> None:
    parts.register(part("a"))
    parts.unregister("a")
    assert list(parts) == []
    with pytest.raises(KeyError):
        parts.unregister("a")


def test_all_names_every_registry_of_the_module() -> None:
    in_module = {name: value for name, value in vars(registry).items() if isinstance(value, Registry)}
    assert {found.name: found for found in registry.ALL} == in_module
