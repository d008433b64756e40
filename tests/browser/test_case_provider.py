"""The official description of CASE 1.1, asked of the real server: every answer is as it promises."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site
from tests.exchange.case.official import FOLDER

pytestmark = [pytest.mark.browser, pytest.mark.seeds]
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS = "response_schema_conformance,not_a_server_error,content_type_conformance"


def _get(site: Site, path: str) -> Any:
    with urllib.request.urlopen(f"{site.address}/ims/case/v1p1{path}", timeout=30) as answer:
        return json.load(answer)


def _identifiers(site: Site) -> dict[str, str]:
    """One that exists, for every collection that has any."""
    document = _get(site, "/CFDocuments?filter=title~'Competency'")["CFDocuments"][0]["identifier"]
    package = _get(site, f"/CFPackages/{document}")
    first = {name: things[0]["identifier"] for name, things in package["CFDefinitions"].items()}
    first |= {name: package[name][0]["identifier"] for name in ("CFItems", "CFAssociations", "CFRubrics")}
    return first | {"CFDocuments": document, "CFPackages": document, "CFItemAssociations": first["CFItems"]}


def _ask(site: Site, folder: Path, identifiers: dict[str, str], examples: int) -> str:
    lines = ["[phases.stateful]", "enabled = false"]
    for collection, identifier in identifiers.items():
        lines += ["[[operations]]", f'include-path = "/{collection}/{{sourcedId}}"']
        lines += [f'parameters = {{ "path.sourcedId" = "{identifier}" }}']
    settings = folder / "schemathesis.toml"
    settings.write_text("\n".join(lines), encoding="utf-8")
    command = [SCHEMATHESIS, "--no-color", "--config-file", settings, "run", FOLDER / "case-v1p1-openapi-3.0.0.json"]
    command += ["--url", f"{site.address}/ims/case/v1p1", "--phases", "coverage,fuzzing", "--checks", CHECKS]
    done = subprocess.run(
        [*command, "--max-examples", str(examples), "--generation-database", "none"],
        capture_output=True, text=True, timeout=300, check=False, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr
    return done.stdout


def test_every_answer_about_what_exists_is_as_the_official_description_promises(site: Site, tmp_path: Path) -> None:
    said = _ask(site, tmp_path, _identifiers(site), 30)
    assert "Selected: 12/12" in said
    assert "Tested: 12" in said


def test_every_refusal_is_as_the_official_description_promises(site: Site, tmp_path: Path) -> None:
    assert "Tested: 12" in _ask(site, tmp_path, {}, 60)
