"""The files of the role profiles: those that are shipped are sound, and a wrong one is refused with its place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trellis.core.checked import DataFileError
from trellis.framework.actions import retire_edition
from trellis.framework.models import Edition
from trellis.framework.tree import EditionTree
from trellis.growth import profiles
from trellis.growth.models import RoleProfile
from trellis.growth.profiles import suggested
from trellis.people.roles import read_roles

GOOD = "{framework: nea-lcf, role: coach, why: Helps others grow., targets: {SEI.1: 2}}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of profiles in place of ours, with the schema and no profile."""
    (tmp_path / "profiles").mkdir()
    shutil.copy(profiles.DATA / "profile.schema.json", tmp_path)
    monkeypatch.setattr(profiles, "DATA", tmp_path)
    suggested.cache_clear()
    yield tmp_path / "profiles"
    suggested.cache_clear()


def test_every_profile_asks_for_themes_and_levels_that_there_are(framework: Edition, tree: EditionTree) -> None:
    assert len(suggested()) == 5
    for content in suggested():
        assert content["framework"] == framework.framework.code
        assert set(content["targets"]) <= set(tree.theme_by_code)
        assert all(1 <= level <= tree.top for level in content["targets"].values())


def test_every_profile_is_of_a_role_that_comes_with_trellis_and_of_one_only() -> None:
    roles = [content["role"] for content in suggested()]
    assert len(set(roles)) == len(roles)
    assert set(roles) <= {role["code"] for role in read_roles()}


def test_each_role_asks_most_where_its_work_is() -> None:
    targets = {content["role"]: content["targets"] for content in suggested()}
    assert set(targets["local-president"]) > set(targets["building-representative"])
    assert max(targets["building-representative"].values()) == 2
    highest = {code for code, level in targets["local-treasurer"].items() if level == 3}
    assert {code.partition(".")[0] for code in highest} == {"SFH"}


def test_the_files_are_read_in_order(folder: Path) -> None:
    (folder / "b.yaml").write_text(GOOD)
    (folder / "a.yaml").write_text(GOOD.replace("coach", "local-president"))
    assert [content["role"] for content in suggested()] == ["local-president", "coach"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD.replace("SEI.1: 2", "SEI.1: 0"), "at targets/SEI.1"),
        (GOOD.replace("SEI.1: 2", "SEI.1: two"), "at targets/SEI.1"),
        (GOOD.replace("SEI.1", "sei-1"), "at targets"),
        (GOOD.replace("SEI.1: 2", ""), "at targets"),
        (GOOD.replace("coach", "A coach"), "at role"),
        (GOOD.replace("why: Helps others grow., ", ""), "at the top: 'why' is a required property"),
        (GOOD.replace("role", "job"), "at the top"),
        ("", "at the top"),
        ("{framework", "line 1"),
        ("a: \x07", "characters are not allowed"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(folder: Path, text: str, place: str) -> None:
    (folder / "a.yaml").write_text(text)
    with pytest.raises(DataFileError, match=place) as refusal:
        suggested()
    assert str(refusal.value).startswith(str(folder / "a.yaml"))
    assert "\n" not in str(refusal.value)


def test_the_command_stores_them_once(framework: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_profiles")
    call_command("load_profiles")
    assert capsys.readouterr().out.splitlines() == [
        "Role profiles: 5 new", "Ready plans: 6 new", "Role profiles: nothing new", "Ready plans: nothing new",
    ]  # fmt: skip
    assert RoleProfile.objects.count() == 5


def test_the_command_says_what_comes_first(framework: Edition) -> None:
    retire_edition(framework, by=None)
    with pytest.raises(CommandError, match="load_framework") as refusal:
        call_command("load_profiles")
    assert refusal.value.returncode == 2
