"""The commands of the shell: demo loads once, verify names what is broken, serve refuses what would do harm."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from trellis.assessment.models import Rating, Response
from trellis.core import audit, clock
from trellis.core.models import AuditEntry
from trellis.growth.models import Plan, RoleProfile
from trellis.people.models import Person
from trellis.web.management.commands import demo, serve


def output(*command: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def behind(framework: object) -> None:
    """A database that lacks a migration."""
    MigrationRecorder.Migration.objects.filter(app="growth").delete()


# demo


def test_the_demo_is_complete_and_loading_it_again_changes_nothing(framework: object) -> None:
    first = output("demo", "--no-serve")
    assert [line.partition(":")[0] for line in first.splitlines()] == [
        "people",
        "assessment",
        "readiness",
        "three-sixty",
        "learning",
        "programmes",
        "instruments",
        "growth",
        "mentors",
        "plans",
        "effects",
        "exchange",
        "insight",
    ]

    def counts() -> list[int]:
        return [model.objects.count() for model in (Person, Response, Rating, Plan, RoleProfile, AuditEntry)]

    before = counts()
    assert before[0] > 500
    assert before[3:5] == [46, 5]
    assert output("demo", "--no-serve") == "The fictional association is there already.\n"
    assert counts() == before
    assert "none changed or missing" in output("verify")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What the demo asks other commands to do."""
    made: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(demo, "call_command", lambda name, **options: made.append((name, options)))
    return made


def test_the_demo_says_what_to_click_and_serves(db: None, calls: list[tuple[str, dict[str, Any]]]) -> None:
    text = output("demo", "--port", "8123")
    assert [name for name, _ in calls] == ["load_demo", "serve"]
    assert calls[1][1]["port"] == 8123
    assert "http://127.0.0.1:8123" in text
    for name in ("Linh Tran", "Rosa Delgado", "Samuel Okonjo"):
        assert name in text


def test_the_demo_makes_the_database_first_where_it_is_behind(
    behind: None, calls: list[tuple[str, dict[str, Any]]]
) -> None:
    assert "Making the database" in output("demo", "--no-serve")
    assert [name for name, _ in calls] == ["migrate", "load_demo"]


def test_the_demo_stays_out_of_production(
    db: None, calls: list[tuple[str, dict[str, Any]]], settings: Settings
) -> None:
    settings.TRELLIS_DEMO = False
    with pytest.raises(CommandError, match="production") as refusal:
        output("demo")
    assert refusal.value.returncode == 2
    assert calls == []


# verify


def test_a_sound_database_is_said_to_be_sound(framework: object) -> None:
    text = output("verify")
    assert f"Audit trail: {AuditEntry.objects.count()} rows, none changed or missing" in text
    assert ("Database file: whole" in text) is (connection.vendor == "sqlite")


def test_a_broken_chain_is_named(framework: object) -> None:
    broken = AuditEntry.objects.create(
        at=clock.now(), actor="", action="test.forged", target="x:1", detail={}, previous_hash="0" * 64, hash="f" * 64
    )
    with transaction.atomic():
        audit.record(by=None, action="test.after", target="x:2")
    with pytest.raises(CommandError, match=rf"broken at row {broken.pk} \(.+ UTC, test\.forged\)") as refusal:
        output("verify")
    assert refusal.value.returncode == 1


def test_a_row_that_points_nowhere_is_damage(framework: object, tree: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks after its own file")
    with transaction.atomic():
        Rating.objects.create(response_id=0, theme_id=tree.themes[0].id, value=1)
        with pytest.raises(CommandError, match=r"damaged.+assessment_rating"):
            output("verify")
        transaction.set_rollback(True)


# serve


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server is started with; none is, and the tests' connection stays open."""
    started: list[dict[str, Any]] = []

    class Server:
        def __init__(self, target: str, **options: Any) -> None:
            started.append({"target": target, **options})

        def serve(self) -> None:
            started[-1]["serves"] = True

    monkeypatch.setattr(serve, "Granian", Server)
    monkeypatch.setattr(serve, "gather", lambda: True)
    monkeypatch.setattr(serve.Command, "check_database", lambda self: None)
    monkeypatch.setattr(serve, "connection", SimpleNamespace(close=lambda: None))
    return started


def test_it_serves_on_this_machine(db: None, served: list[dict[str, Any]]) -> None:
    text = output("serve", "--port", "8124", "--workers", "3")
    assert "http://127.0.0.1:8124" in text
    (server,) = served
    assert server["target"] == "trellis.project.wsgi:application"
    assert (server["address"], server["port"], server["workers"]) == ("127.0.0.1", 8124, 3)
    assert server["serves"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "trellis.example.org", ""])
def test_the_demo_is_never_served_beyond_this_machine(db: None, served: list[dict[str, Any]], host: str) -> None:
    with pytest.raises(CommandError, match="this machine only") as refusal:
        output("serve", "--host", host)
    assert refusal.value.returncode == 2
    assert served == []


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("localhost", "http://localhost:8000"), ("::1", "http://[::1]:8000")],
)
def test_the_demo_may_be_served_on_any_name_of_this_machine(
    db: None, served: list[dict[str, Any]], host: str, address: str
) -> None:
    assert address in output("serve", "--host", host)
    assert served[0]["address"] == host


def test_production_may_be_served_beyond_it(db: None, served: list[dict[str, Any]], settings: Settings) -> None:
    settings.TRELLIS_DEMO = False
    output("serve", "--host", "0.0.0.0")
    assert served[0]["address"] == "0.0.0.0"


def test_a_database_that_is_behind_is_not_served(behind: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "Granian", lambda *args, **options: pytest.fail("it was started"))
    with pytest.raises(CommandError, match="run: trellis migrate") as refusal:
        output("serve")
    assert refusal.value.returncode == 2
