"""A PostgreSQL server of the run's own on loopback, made from what Debian installs; gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import HOST
from bench.site import free_port

_USER = "trellis"


def programs() -> Path | None:
    """Return where the newest server's programs are, None where there is no server."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name)) if found and shutil.which("psql") else None


@contextmanager
def cluster(where: Path) -> Iterator[str]:
    """Start a server with its defaults; gives the address that database names are added to."""
    # The server does not run as root, and may not look into root's folders.
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="trellis-bench-pg-", dir="/tmp"))
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()

    def run(program: str, *words: str) -> None:
        subprocess.run([*owner, str(where / program), *words], check=True, stdout=subprocess.DEVNULL, cwd="/")

    try:
        run("initdb", "-D", str(data), f"--username={_USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-h {HOST} -p {port} -k {folder}"
        run("pg_ctl", "start", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgres://{_USER}@{HOST}:{port}/"
        finally:
            run("pg_ctl", "stop", "-D", str(data), "-m", "fast", "-w", "-t", "60")
    finally:
        shutil.rmtree(folder)


def sql(address: str, *commands: str) -> None:
    """Let psql run commands, each by itself."""
    words = [word for command in commands for word in ("-c", command)]
    quiet = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
    subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", *words, address], check=True, env=quiet)
