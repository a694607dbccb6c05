"""A PostgreSQL of the tests' own: a cluster in a folder, without a port, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT_ONLY = hasattr(os, "geteuid") and os.geteuid() == 0  # the server refuses to run as root


def binaries() -> Path | None:
    """Find the folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_the_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_the_path).parent if on_the_path else None


def _version(path: Path) -> float:
    return float(path.parts[-3])


@contextmanager
def running() -> Iterator[Path]:
    """Start a cluster, and give the folder of its socket."""
    folder, bin_ = Path(tempfile.mkdtemp(prefix="pg")), binaries()
    who = {"user": "postgres", "group": "postgres"} if ROOT_ONLY else {}
    if ROOT_ONLY:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def run(program: str, *options: str) -> None:
        command = [str(bin_ / program), "-D", str(data), *options]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, **who)

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
