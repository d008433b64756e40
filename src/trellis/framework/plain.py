"""Reads a plain-language edition from its folder: a manifest and its YAML files, each checked by its JSON Schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trellis.core.checked import DataFileError, read_checked

DATA = Path(__file__).parent / "data"
SHIPPED = (DATA / "nea-lcf" / "2020", DATA / "bargaining-attributes" / "2020")


@dataclass(frozen=True, slots=True)
class PlainEdition:
    """The checked content of one edition's folder; `parts` are domains, or the attribute groups of one file."""

    manifest: dict[str, Any]
    parts: list[dict[str, Any]]

    @property
    def kind(self) -> str:
        """`framework` or `attributes`."""
        return str(self.manifest["kind"])


def read_folder(folder: Path) -> PlainEdition:
    """Read and check an edition; raises DataFileError that names file and place for anything wrong."""
    manifest = checked_file(folder / "manifest.yaml", "manifest")
    schema = "domain" if manifest["kind"] == "framework" else "attributes"
    parts = [checked_file(folder / name, schema) for name in manifest["files"]]
    edition = PlainEdition(manifest, parts)
    _refuse_twins(folder, edition)
    if edition.kind == "framework":
        _refuse_gaps(folder, edition)
    return edition


def checked_file(path: Path, schema: str) -> dict[str, Any]:
    """Return the content of a YAML file; raises DataFileError that names the place where it breaks the schema."""
    return dict(read_checked(path, DATA / f"{schema}.schema.json"))


def _marks(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key in ("uid", "code"):
            if key in node:
                yield key, node[key]
        for value in node.values():
            yield from _marks(value)
    elif isinstance(node, list):
        for value in node:
            yield from _marks(value)


def _refuse_twins(folder: Path, edition: PlainEdition) -> None:
    seen: set[tuple[str, str]] = set()
    for mark in _marks([edition.manifest, edition.parts]):
        if mark in seen:
            raise DataFileError(f"{folder}: {mark[0]} {mark[1]} stands twice")
        seen.add(mark)


def _refuse_gaps(folder: Path, edition: PlainEdition) -> None:
    numbers = [level["number"] for level in edition.manifest.get("levels", ())]
    if not numbers:
        raise DataFileError(f"{folder / 'manifest.yaml'}: a framework needs levels")
    for domain in edition.parts:
        for theme in domain["themes"]:
            codes = [cell["code"] for cell in theme["cells"]]
            if codes != [f"{theme['code']}.L{number}" for number in numbers]:
                raise DataFileError(f"{folder}: theme {theme['code']} needs one cell for each level of {numbers}")
