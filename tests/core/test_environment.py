"""The environment's reader: good values are understood, and a bad one ends in one line that names the variable."""

import stat
from pathlib import Path

import pytest

from trellis.project.environment import VARIABLES, Environment, SettingError, read

SECRET = "s" * 50
PRODUCTION = {"TRELLIS_MODE": "production", "TRELLIS_SECRET_KEY": SECRET, "TRELLIS_HOSTS": "trellis.example.org"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def look(data: Path, **environ: str) -> Environment:
    return read({"TRELLIS_DATA": str(data), **environ})


def test_nothing_needs_to_be_set_for_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = read({})
    assert found.demo
    assert found.data == tmp_path / "var"
    assert found.database["NAME"] == str(tmp_path / "var" / "trellis.sqlite3")
    assert found.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert (found.workers, found.trusted_proxies, found.time_zone) == (2, 0, "UTC")


def test_production_is_read_as_it_is_written(data: Path) -> None:
    found = look(
        data, **PRODUCTION, TRELLIS_WORKERS="4", TRELLIS_TRUSTED_PROXIES="1", TRELLIS_TIME_ZONE="America/Chicago"
    )
    assert not found.demo
    assert (found.secret_key, found.hosts) == (SECRET, ["trellis.example.org"])
    assert (found.workers, found.trusted_proxies, found.time_zone) == (4, 1, "America/Chicago")
    assert not (data / "secret-key").exists()
    assert (found.spark, look(data, TRELLIS_SPARK="spark://one:7077,two:7077").spark) == (
        "",
        "spark://one:7077,two:7077",
    )


def test_links_in_mails_lead_to_the_first_host_unless_another_address_is_named(data: Path) -> None:
    assert look(data).url == "http://127.0.0.1:8000"
    assert look(data, **PRODUCTION).url == "https://trellis.example.org"
    assert look(data, TRELLIS_URL="https://grow.example.org/").url == "https://grow.example.org"


def test_mails_become_files_for_trying_out(data: Path) -> None:
    email = look(data, TRELLIS_EMAIL_URL=f"file://{data}/outbox").email
    assert email["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert email["EMAIL_FILE_PATH"] == f"{data}/outbox"


def test_several_hosts_are_separated_by_commas(data: Path) -> None:
    assert look(data, TRELLIS_HOSTS="a.example.org, b.example.org,").hosts == ["a.example.org", "b.example.org"]


def test_the_demo_keeps_one_secret_key_that_only_its_owner_reads(data: Path) -> None:
    first, second = look(data).secret_key, look(data).secret_key
    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert [path.name for path in data.iterdir()] == ["secret-key"]


def test_sqlite_gets_our_backend_and_its_rules(data: Path) -> None:
    database = look(data, DATABASE_URL=f"sqlite:///{data}/other.sqlite3").database
    assert (database["ENGINE"], database["NAME"]) == ("trellis.core.sqlite", f"{data}/other.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "mmap" not in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_read_from_its_address(data: Path, scheme: str) -> None:
    database = look(data, DATABASE_URL=f"{scheme}://ana:pw@db.example.org:5433/trellis").database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "trellis")
    assert (database["USER"], database["PASSWORD"]) == ("ana", "pw")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://ana:pw@mail.example.org", 587, False, True),
        ("smtps://ana:pw@mail.example.org", 465, True, False),
        ("smtp://ana:pw@mail.example.org:2525", 2525, False, True),
    ],
)
def test_mail_goes_encrypted_to_the_server_that_is_named(data: Path, url: str, port: int, ssl: bool, tls: bool) -> None:
    email = look(data, TRELLIS_EMAIL_URL=url).email
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (email["EMAIL_HOST_USER"], email["EMAIL_HOST_PASSWORD"]) == ("ana", "pw")
    assert (email["EMAIL_USE_SSL"], email["EMAIL_USE_TLS"]) == (ssl, tls)


def test_the_demo_writes_mail_to_the_console(data: Path) -> None:
    assert look(data).email["EMAIL_BACKEND"].endswith("console.EmailBackend")


BAD = [
    ("TRELLIS_MODE", "prod"),
    ("TRELLIS_MODE", ""),
    ("DATABASE_URL", "mysql://u:hidden@h/n"),
    ("DATABASE_URL", "trellis.sqlite3"),
    ("DATABASE_URL", "postgres://u:hidden@h:port/n"),
    ("DATABASE_URL", "postgres://u:hidden@h:5432/"),
    ("TRELLIS_SECRET_KEY", "hidden"),
    ("TRELLIS_TRUSTED_PROXIES", "-1"),
    ("TRELLIS_TRUSTED_PROXIES", "11"),
    ("TRELLIS_TRUSTED_PROXIES", "yes"),
    ("TRELLIS_WORKERS", "0"),
    ("TRELLIS_WORKERS", "65"),
    ("TRELLIS_WORKERS", "1.5"),
    ("TRELLIS_WORKERS", ""),
    ("TRELLIS_EMAIL_URL", "mail.example.org"),
    ("TRELLIS_EMAIL_URL", "smtp://"),
    ("TRELLIS_EMAIL_URL", "http://mail.example.org"),
    ("TRELLIS_EMAIL_URL", "smtp://u:hidden@mail.example.org:port"),
    ("TRELLIS_EMAIL_URL", "file://host/folder"),
    ("TRELLIS_EMAIL_URL", "file:///"),
    ("TRELLIS_EMAIL_FROM", "nobody"),
    ("TRELLIS_URL", "trellis.example.org"),
    ("TRELLIS_URL", "ftp://trellis.example.org"),
    ("TRELLIS_URL", "https://trellis.example.org/somewhere"),
    ("TRELLIS_URL", ""),
    ("TRELLIS_SPARK", "spark"),
    ("TRELLIS_SPARK", "https://spark.example.org:7077"),
    ("TRELLIS_TIME_ZONE", "Chicago"),
    ("TRELLIS_TIME_ZONE", "../../etc/passwd"),
    ("TRELLIS_TIME_ZONE", ""),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_ends_in_one_line_that_names_the_variable(data: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        look(data, **{name: value})
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message
    assert message.endswith(".")
    assert "hidden" not in message, "a password or key must not be printed"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SettingError, match=r"^TRELLIS_DATA: cannot make the folder"):
        look(tmp_path / "file" / "data")


def test_a_data_folder_that_cannot_be_written_to_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trellis.project.environment.os.access", lambda *_: False)
    with pytest.raises(SettingError, match=r"^TRELLIS_DATA: .* cannot be written to"):
        look(data)


@pytest.mark.parametrize("name", ["TRELLIS_SECRET_KEY", "TRELLIS_HOSTS"])
def test_production_refuses_to_start_without(data: Path, name: str) -> None:
    without = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(SettingError, match=rf"^{name} is missing"):
        look(data, **without)


def test_every_variable_that_is_declared_is_read_and_the_other_way_round(data: Path) -> None:
    asked: set[str] = set()

    class Listening(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            asked.add(key)
            return super().get(key, default)

    read(Listening({"TRELLIS_DATA": str(data)}))
    assert asked == {variable.name for variable in VARIABLES}


def test_every_variable_that_is_checked_has_a_bad_value_here() -> None:
    covered_above = {"TRELLIS_DATA", "TRELLIS_HOSTS"}
    assert {name for name, _ in BAD} | covered_above == {variable.name for variable in VARIABLES}


def test_what_is_secret_stays_out_of_the_printed_form(data: Path) -> None:
    printed = repr(look(data, TRELLIS_SECRET_KEY=SECRET, DATABASE_URL="postgres://ana:pw-hidden@h/n"))
    assert SECRET not in printed
    assert "pw-hidden" not in printed
