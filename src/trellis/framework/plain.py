"""Reads a plain-language edition from its folder: a manifest and its YAML files, each checked by its JSON Schema."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

DATA = Path(__file__).parent / "data"
SHIPPED = (DATA / "nea-lcf" / "2020", DATA / "bargaining-attributes" / "2020")
# libyaml reads ten times faster where it is compiled in; the safe loader is the same either way.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class EditionFileError(Exception):
    """A file of an edition that cannot be used; the text names the file and the place in it."""


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
    """Read and check an edition; raises EditionFileError that names file and place for anything wrong."""
    manifest = checked_file(folder / "manifest.yaml", "manifest")
    schema = "domain" if manifest["kind"] == "framework" else "attributes"
    parts = [checked_file(folder / name, schema) for name in manifest["files"]]
    edition = PlainEdition(manifest, parts)
    _refuse_twins(folder, edition)
    if edition.kind == "framework":
        _refuse_gaps(folder, edition)
    return edition


def checked_file(path: Path, schema: str) -> dict[str, Any]:
    """Return the content of a YAML file; raises EditionFileError that names the place where it breaks the schema."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe loader)
    except FileNotFoundError as error:
        raise EditionFileError(f"{path}: there is no such file") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise EditionFileError(f"{path}: {' '.join(str(error).split())}") from error
    validator = Draft202012Validator(json.loads((DATA / f"{schema}.schema.json").read_text(encoding="utf-8")))
    for problem in sorted(validator.iter_errors(content), key=lambda found: list(map(str, found.absolute_path))):
        place = "/".join(map(str, problem.absolute_path)) or "the top"
        raise EditionFileError(f"{path}: at {place}: {problem.message[:200]}")
    return dict(content)


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
            raise EditionFileError(f"{folder}: {mark[0]} {mark[1]} stands twice")
        seen.add(mark)


def _refuse_gaps(folder: Path, edition: PlainEdition) -> None:
    numbers = [level["number"] for level in edition.manifest.get("levels", ())]
    if not numbers:
        raise EditionFileError(f"{folder / 'manifest.yaml'}: a framework needs levels")
    for domain in edition.parts:
        for theme in domain["themes"]:
            codes = [cell["code"] for cell in theme["cells"]]
            if codes != [f"{theme['code']}.L{number}" for number in numbers]:
                raise EditionFileError(f"{folder}: theme {theme['code']} needs one cell for each level of {numbers}")
