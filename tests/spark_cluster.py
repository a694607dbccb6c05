"""A Spark of the tests' own: a master and a worker on loopback, and sessions on them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Processes that live for a minute have no time for the second compiler.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
QUIET = """
rootLogger.level = off
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
"""


def home() -> Path | None:
    """Find Spark, where pyspark, Dask and Java are installed."""
    found = find_spec("pyspark") if find_spec("dask") else None
    java = shutil.which("java", path=f"{os.environ.get('JAVA_HOME', '')}/bin:{os.environ['PATH']}")
    return Path(str(found.origin)).parent if found and java else None


@contextmanager
def cluster(cores: int = 1, memory: str = "1g", options: str = QUICK) -> Iterator[str]:
    """Start a master and one worker on 127.0.0.1, and give the address of the master."""
    folder = Path(tempfile.mkdtemp(prefix="spark"))
    (folder / "log4j2.properties").write_text(QUIET, "utf-8")
    settings = {
        "SPARK_HOME": str(home()),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_JAVA_OPTS": options,
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    before = dict(os.environ)
    os.environ.update(settings)
    address = f"spark://127.0.0.1:{_free_port()}"
    place = ["--host", "127.0.0.1", "--webui-port", "0"]
    room = ["--cores", str(cores), "--memory", memory, "--work-dir", str(folder / "work")]
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(_daemon("master.Master", *place, "--port", address.rpartition(":")[2]))
        started.append(_daemon("worker.Worker", *place, *room, address))
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            _wait(process)
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def session(address: str, memory: str = "512m", options: str = QUICK, **more: str) -> Iterator[Any]:
    """Open a session on a master; its driver is gone at the end, whatever became of it."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": memory,
        "spark.driver.extraJavaOptions": options,
        "spark.executor.extraJavaOptions": options,
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        **more,
    }
    builder = SparkSession.builder.master(address).appName("salesfunnel")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    driver = SparkContext._gateway.proc
    try:
        yield spark
    finally:
        with suppress(Exception):  # it may have died in a test
            spark.stop()
        driver.kill()
        driver.communicate()
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
        SparkSession._instantiatedSession = None


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _daemon(name: str, *arguments: str) -> subprocess.Popen[bytes]:
    start = [str(Path(str(home())) / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
    return subprocess.Popen(
        [*start, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
