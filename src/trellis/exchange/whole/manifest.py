"""The list of what is in the file: of which version it is, and how many rows and bytes each part has, with a digest."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from trellis import __version__

NAME, README = "manifest.json", "README.md"
KIND, FORM = "trellis-whole", 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside: rows of a model, or an uploaded file (which has no rows)."""

    name: str
    bytes: int
    sha256: str
    rows: int = 0
    model: str = ""
    fields: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it; `migrations` are the newest of each app, `missing` uploaded files that were not on the disk."""

    made_at: str
    trellis: str
    migrations: dict[str, str]
    data: tuple[Part, ...]
    files: tuple[Part, ...]
    missing: tuple[str, ...]

    def dump(self) -> str:
        """Return it as JSON."""
        return json.dumps({"kind": KIND, "form": FORM, **asdict(self)}, ensure_ascii=False, indent=1)


class ManifestError(ValueError):
    """What is read is no manifest of ours."""


def read_manifest(text: bytes) -> Manifest:
    """Return what the text says; raises ManifestError."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found.pop("kind") != KIND or found.pop("form") != FORM:
            raise ManifestError("it is of another kind, or of a newer form")
        data, files = (tuple(Part(**one) for one in found.pop(name)) for name in ("data", "files"))
        manifest = Manifest(**found, data=data, files=files)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise ManifestError("it is not a list that Trellis has written") from error
    except json.JSONDecodeError as error:
        raise ManifestError("it is no JSON") from error
    return manifest


def newest_migrations() -> dict[str, str]:
    """Return the name of the newest migration of each app, as this version of Trellis has them."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    return dict(sorted(graph.leaf_nodes())) if apps.ready else {}


def version() -> str:
    """Return the version of Trellis."""
    return __version__
