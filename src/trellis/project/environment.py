"""Reads the environment: every setting is named here once, with its check and its plain message."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url

MODES = ("demo", "production")
_SCHEMES = ("sqlite", "postgres", "postgresql")


class SettingError(Exception):
    """A setting that cannot be used; its text names the variable and says what to do."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable, for the reader, the start-up check and the page in docs/settings.md."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("TRELLIS_MODE", "demo", "`demo` (fictional people, one-click sign-in, loopback only) or `production`."),
    Variable("TRELLIS_DATA", "./var", "Folder of the database, files and, in the demo, the secret key."),
    Variable(
        "DATABASE_URL", "sqlite in TRELLIS_DATA", "`sqlite:///path` or `postgres://user:password@host:port/name`."
    ),
    Variable(
        "TRELLIS_SECRET_KEY",
        "kept in TRELLIS_DATA in the demo",
        "At least 50 random characters; required in production.",
    ),
    Variable(
        "TRELLIS_HOSTS",
        "127.0.0.1,localhost",
        "Host names that the site answers to, separated by commas; required in production.",
    ),
    Variable(
        "TRELLIS_TRUSTED_PROXIES",
        "0",
        "How many proxies of yours stand in front (for addresses in rate limits, and https).",
    ),
    Variable("TRELLIS_WORKERS", "2", "Server processes of `trellis serve`."),
    Variable(
        "TRELLIS_EMAIL_URL",
        "console",
        "`console`, `smtp://user:password@host:port` (smtps:// for TLS from the start), or `file:///folder`.",
    ),
    Variable("TRELLIS_EMAIL_FROM", "trellis@localhost", "The address that mail comes from."),
    Variable(
        "TRELLIS_URL",
        "the first host, by https",
        "Where people find the site, for links in mails; the demo is at http://127.0.0.1:8000.",
    ),
    Variable(
        "TRELLIS_SPARK",
        "none",
        "Address of an Apache Spark cluster for figures about groups, `spark://host:port`; without it DuckDB counts.",
    ),
    Variable("TRELLIS_TIME_ZONE", "UTC", "Time zone of the association's dates, such as America/Chicago."),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The checked settings; what is secret stays out of the printed form."""

    demo: bool
    data: Path
    database: dict[str, Any] = field(repr=False)
    secret_key: str = field(repr=False)
    hosts: list[str]
    trusted_proxies: int
    workers: int
    email: dict[str, Any] = field(repr=False)
    email_from: str
    url: str
    spark: str
    time_zone: str


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read and check every variable; raises SettingError with one plain line at the first that is wrong."""
    mode = environ.get("TRELLIS_MODE", "demo")
    if mode not in MODES:
        raise SettingError(f"TRELLIS_MODE is {mode!r}; it must be one of: {', '.join(MODES)}.")
    demo = mode == "demo"
    data = _folder(environ.get("TRELLIS_DATA", "./var"))
    hosts = _hosts(environ.get("TRELLIS_HOSTS", ""), demo=demo)
    return Environment(
        demo=demo,
        data=data,
        database=_database(environ.get("DATABASE_URL", ""), data),
        secret_key=_secret(environ.get("TRELLIS_SECRET_KEY", ""), demo=demo, data=data),
        hosts=hosts,
        trusted_proxies=_whole(environ, "TRELLIS_TRUSTED_PROXIES", default=0, least=0, most=10),
        workers=_whole(environ, "TRELLIS_WORKERS", default=2, least=1, most=64),
        email=_email(environ.get("TRELLIS_EMAIL_URL", "console")),
        email_from=_address(environ.get("TRELLIS_EMAIL_FROM", "trellis@localhost")),
        url=_url(environ.get("TRELLIS_URL", "http://127.0.0.1:8000" if demo else f"https://{hosts[0]}")),
        spark=_spark(environ.get("TRELLIS_SPARK", "none")),
        time_zone=_time_zone(environ.get("TRELLIS_TIME_ZONE", "UTC")),
    )


def _folder(value: str) -> Path:
    folder = Path(value).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingError(f"TRELLIS_DATA: cannot make the folder {folder} ({error.strerror}).") from error
    if not os.access(folder, os.W_OK):
        raise SettingError(f"TRELLIS_DATA: the folder {folder} cannot be written to.")
    return folder


def _database(url: str, data: Path) -> dict[str, Any]:
    url = url or f"sqlite:///{data / 'trellis.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme not in _SCHEMES:
        raise SettingError(f"DATABASE_URL starts with {scheme!r}; use sqlite:/// or postgres://.")
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    except ValueError as error:
        raise SettingError(
            "DATABASE_URL cannot be read; it must look like postgres://user:password@host:port/name."
        ) from error
    if not found.get("NAME"):
        raise SettingError("DATABASE_URL names no database.")
    if scheme == "sqlite":
        found["ENGINE"] = "trellis.core.sqlite"
        # FULL: a lost answer is a broken promise. Memory-mapping stays off: it corrupted files under load.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; "
                "PRAGMA secure_delete=ON"
            ),
        }
    return found


def _secret(value: str, *, demo: bool, data: Path) -> str:
    if value:
        if len(value) < 50:
            raise SettingError("TRELLIS_SECRET_KEY is shorter than 50 characters.")
        return value
    if not demo:
        raise SettingError("TRELLIS_SECRET_KEY is missing; production needs at least 50 random characters.")
    kept = data / "secret-key"
    if not kept.exists():
        # A second process may be starting too: write aside, then link into place, so that one key wins.
        aside = data / f"secret-key.{os.getpid()}"
        aside.write_text(secrets.token_urlsafe(60), encoding="ascii")
        aside.chmod(0o600)
        try:
            kept.hardlink_to(aside)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return kept.read_text(encoding="ascii").strip()


def _hosts(value: str, *, demo: bool) -> list[str]:
    hosts = [host.strip() for host in value.split(",") if host.strip()]
    if not hosts and not demo:
        raise SettingError(
            "TRELLIS_HOSTS is missing; name the hosts that the site answers to, such as trellis.example.org."
        )
    return hosts or ["127.0.0.1", "localhost", "[::1]"]


def _whole(environ: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    value = environ.get(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(f"{name} is {value!r}; it must be a whole number from {least} to {most}.")
    return int(value)


def _email(url: str) -> dict[str, Any]:
    if url == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    try:
        port = parts.port or (465 if parts.scheme == "smtps" else 587)
    except ValueError:
        port = 0
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not port:
        raise SettingError(
            "TRELLIS_EMAIL_URL must be `console`, or look like smtp://user:password@host:port or file:///folder."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": parts.username or "",
        "EMAIL_HOST_PASSWORD": parts.password or "",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }


def _address(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+|[^<>\r\n]+ <[^@\s]+@[^@\s]+>", value):
        raise SettingError(f"TRELLIS_EMAIL_FROM is {value!r}; it must be an address, such as trellis@example.org.")
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise SettingError(f"TRELLIS_URL is {value!r}; it must look like https://trellis.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def _spark(value: str) -> str:
    if value != "none" and not re.fullmatch(r"spark://[\w.-]+:\d+(,[\w.-]+:\d+)*|local(\[(\d+|\*)\])?", value):
        raise SettingError(f"TRELLIS_SPARK is {value!r}; it must be `none` or look like spark://host:7077.")
    return "" if value == "none" else value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(
            f"TRELLIS_TIME_ZONE is {value!r}; it must be a name such as America/Chicago or UTC."
        ) from error
    return value
