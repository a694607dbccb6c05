"""A MariaDB of the tests' own: a server in a folder, without a port, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT_ONLY = hasattr(os, "geteuid") and os.geteuid() == 0  # the server refuses to run as root


def server() -> str | None:
    """Find the server, where one is installed."""
    return shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def running() -> Iterator[Path]:
    """Start a server, and give its socket."""
    folder = Path(tempfile.mkdtemp(prefix="maria"))
    who = {"user": "mysql", "group": "mysql"} if ROOT_ONLY else {}
    if ROOT_ONLY:
        shutil.chown(folder, "mysql", "mysql")
    data, socket = folder / "data", folder / "socket"
    place = ["--no-defaults", f"--datadir={data}"]
    install = ["mariadb-install-db", *place, "--auth-root-authentication-method=normal"]
    quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0", "--innodb-fast-shutdown=2"]
    try:
        subprocess.run(
            [*install, "--skip-test-db"], check=True, capture_output=True, cwd=folder, **who
        )
        process = subprocess.Popen(
            [str(server()), *place, f"--socket={socket}", f"--pid-file={folder / 'pid'}", *quick],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            **who,
        )
        try:
            deadline = time.monotonic() + 60
            while not socket.exists() and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
            yield socket
        finally:
            process.terminate()
            process.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
