"""One site of a run: a data folder, Trellis's own commands on it, and its real server on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.client import HOST, Connection, request

ROOT = Path(__file__).resolve().parents[1]
_TRELLIS = [sys.executable, "-m", "trellis.project"]
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Site:
    """A data folder with its database."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which commands work on this site, and find the floor wherever they are called."""
        return {**os.environ, "TRELLIS_DATA": str(self.folder), "PYTHONPATH": str(ROOT)}

    def run(self, *words: str) -> float:
        """Run a `trellis` command to its end; returns seconds, raises RuntimeError with its words when it fails."""
        start = time.perf_counter()
        done = subprocess.run([*_TRELLIS, *words], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"trellis {' '.join(words)}: {done.stdout}{done.stderr}")
        return time.perf_counter() - start


class Server:
    """`trellis serve` as a process of its own, from start to first answer and until it is told to stop."""

    def __init__(self, site: Site) -> None:
        self.port = free_port()
        start = time.perf_counter()
        # A session of its own: the signal to stop reaches the workers too, and nobody else.
        self._process = subprocess.Popen(
            [*_TRELLIS, "serve", "--port", str(self.port)],
            env=site.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        self.started_in = time.perf_counter() - start

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *problem: object) -> None:
        self.stop()

    def _wait(self) -> None:
        prepared = request("/")
        until = time.perf_counter() + _PATIENCE
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"trellis serve ended with status {self._process.returncode}")
            try:
                with Connection(self.port) as connection:
                    if connection.send(prepared).status == 200:
                        return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("trellis serve does not answer")

    def cpu(self) -> float:
        """Return the seconds of processor time that server and workers have used; 0 where the system does not tell."""
        nanoseconds = 0
        for task in Path("/proc").glob("[0-9]*/task/[0-9]*"):
            # A worker may end while we look.
            with suppress(OSError):
                if int((task / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[2]) == self._process.pid:
                    nanoseconds += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return nanoseconds / 1e9

    def stop(self) -> None:
        """End the server and its workers."""
        if self._process.poll() is not None:
            return
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def free_port() -> int:
    """Return a port of loopback's that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
