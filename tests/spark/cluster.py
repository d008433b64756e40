"""A Spark cluster on this machine: a master and two workers, processes of their own, on loopback."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark

WORKERS = 2
_HOME = Path(pyspark.__file__).parent
_SECONDS = 90


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a cluster that keeps its files in a folder; yields the master's address, and stops every process after."""
    port = _free_port()
    master = f"spark://127.0.0.1:{port}"
    running = [_start(folder, "master", "Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")]
    try:
        _wait(folder / "master.log", "I have been elected leader")
        for number in range(1, WORKERS + 1):
            where = ("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g")
            work = ("--work-dir", str(folder / f"work-{number}"))
            running.append(_start(folder, f"worker-{number}", "Worker", *where, *work, master))
        for number in range(1, WORKERS + 1):
            _wait(folder / f"worker-{number}.log", "Successfully registered with master")
        yield master
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(timeout=_SECONDS)


def _start(folder: Path, name: str, role: str, *words: str) -> "subprocess.Popen[bytes]":
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [_HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{role.lower()}.{role}", *words],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(folder),
        )


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "SPARK_HOME": str(_HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOG_DIR": str(folder),
        "SPARK_NO_DAEMONIZE": "1",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(log: Path, line: str) -> None:
    until = time.monotonic() + _SECONDS
    while line not in log.read_text(errors="replace"):
        if time.monotonic() > until:
            raise TimeoutError(f"Spark did not start; see {log}:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)
