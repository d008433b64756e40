"""The real server on a folder of its own: made once for all browser tests, stopped and started again by some."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trellis  # noqa: F401  (puts the newer SQLite in the place of the standard module)
from trellis.project.environment import VARIABLES

ROOT = Path(__file__).resolve().parents[2]
TRELLIS = Path(sys.executable).with_name("trellis")
START_SECONDS = 30


def free_port() -> int:
    """Return a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Site:
    """`trellis demo --no-serve`, then `trellis serve` on a free port; `rows` looks into its database."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.outbox = folder / "outbox"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "server.log"
        self._read = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.run([str(TRELLIS), "demo", "--no-serve"])

    @property
    def environment(self) -> Mapping[str, str]:
        """What the server reads: the defaults, whatever the developer's shell says."""
        named = {variable.name for variable in VARIABLES}
        return {name: value for name, value in os.environ.items() if name not in named} | {
            "TRELLIS_DATA": str(self.data),
            "TRELLIS_EMAIL_URL": self.outbox.as_uri(),
            "DJANGO_SETTINGS_MODULE": "trellis.project.settings",
        }

    def run(self, command: list[str]) -> str:
        """Run a command on the site's data and return what it printed."""
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(TRELLIS), "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, f"no answer after {START_SECONDS} s"
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/sw.js", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """Take the server away as a power cut would."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let the server take connections and answer none, as on a network that hardly moves."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self._process.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End the server, if it runs."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()

    def new_complaints(self) -> list[str]:
        """Return the lines of trouble that the server has written since this was last asked."""
        written = self._log.read_bytes()
        fresh, self._read = written[self._read :], len(written)
        return [line for line in fresh.decode().splitlines() if line.startswith(("Traceback", "Internal Server Error"))]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the server's database while it runs."""
        connection = sqlite3.connect(f"file:{self.data / 'trellis.sqlite3'}?mode=ro", uri=True)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()
