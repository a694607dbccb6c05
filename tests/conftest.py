"""What all tests share: how hard Hypothesis tries, and where real files may lie."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import mariadb, postgresql, spark_cluster

# HYPOTHESIS_PROFILE chooses. A slow machine is never a failure, so no profile has a deadline.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, max_examples=100
)
settings.register_profile("quick", settings.get_profile("ci"), max_examples=20)
settings.register_profile("campaign", deadline=None, max_examples=20_000, stateful_step_count=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# Programs that are run by hand, or only read by type checkers.
collect_ignore = ["benchmarks", "mutation.py", "typing"]

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"
MERMAID = Path(os.environ.get("SALESFUNNEL_MERMAID", ROOT / ".cache" / "mermaid"))

# What not every machine has: the fixture by which a test asks for it, and what to do.
MISSING = {
    fixture: sentence
    for fixture, is_there, sentence in (
        ("node", shutil.which("node"), "tests of JavaScript: there is no node"),
        ("real_data", REAL_DATA.is_dir(), "tests of real files: there is no ../shared/data"),
        (
            "mermaid_folder",
            shutil.which("node") and (MERMAID / "node_modules" / "mermaid").is_dir(),
            "tests of pictures: npm install --prefix .cache/mermaid mermaid jsdom",
        ),
    )
    if not is_there
}
_skipped: Counter[str] = Counter()
_absent: set[str] = set()


@pytest.fixture(scope="session")
def node() -> str:
    """The interpreter of JavaScript."""
    return str(shutil.which("node"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files beside the repository."""
    return REAL_DATA


@pytest.fixture(scope="session")
def mermaid_folder() -> Path:
    """The folder in which Mermaid was installed for Node."""
    return MERMAID


@pytest.fixture(scope="session")
def spark_master() -> Iterator[str]:
    """The address of a master of Spark that has one worker."""
    with spark_cluster.cluster() as address:
        yield address


@pytest.fixture(scope="module")
def spark(spark_master: str) -> Iterator[Any]:
    """A session of Spark on that master; a module may let it die."""
    with spark_cluster.session(spark_master) as session:
        yield session


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and count, the tests that ask for what is missing."""
    servers = {
        "postgresql": ("tests of PostgreSQL: apt-get install postgresql", postgresql.binaries()),
        "mariadb": ("tests of MariaDB: apt-get install mariadb-server", mariadb.server()),
        "spark": (
            "tests of Spark: pip install 'salesfunnel[clusters]', and Java 17",
            spark_cluster.home(),
        ),
    }
    for marker, (sentence, server) in servers.items():
        for item in items:
            if server is None and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=sentence))
                _skipped[sentence] += 1
    for item in items:
        for fixture in sorted(MISSING.keys() & set(getattr(item, "fixturenames", ()))):
            item.add_marker(pytest.mark.skip(reason=MISSING[fixture]))
            _skipped[MISSING[fixture]] += 1


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Note what a file of tests could not import."""
    if report.failed:
        _absent.update(re.findall(r"No module named '(\w+)", report.longreprtext))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not be imported, and how many tests of each kind were skipped."""
    if _absent:
        names = ", ".join(sorted(_absent))
        terminalreporter.write_line(f"missing: {names}; do: python -m pip install -e '.[test]'")
    for sentence, count in sorted(_skipped.items()):
        terminalreporter.write_line(f"{count} skipped: {sentence}")
