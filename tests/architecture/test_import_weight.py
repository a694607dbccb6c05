"""What an import of the library costs, and where its few dependencies may be imported."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.source import (
    EDGES,
    FILES,
    STATIONS,
    foreign_imports,
    offenders,
    station,
)

HOMES = {
    "transitions": {"pipeline/_machine.py"},
    "django": {"integrations/django.py"},
    "sqlalchemy": {"integrations/sqlalchemy.py"},
    "pydantic": {"integrations/pydantic.py"},
    "pydantic_core": {"integrations/pydantic.py"},
    "hypothesis": {file for file in FILES if station(file) == "testing"},
    "pytest": {file for file in FILES if station(file) == "testing"},
}
HEAVY = {
    *("argparse", "asyncio", "csv", "email", "http", "logging", "multiprocessing", "pathlib"),
    *("pickle", "socket", "sqlite3", "subprocess", "tempfile", "unittest", "urllib", "xml"),
}
PURE = [f"salesfunnel.{name}" for name in STATIONS if name not in EDGES]
PROBE = """
import attrs, sys
before = set(sys.modules)
import {modules}
print(*sorted({{name.split(".")[0] for name in set(sys.modules) - before}}))
"""
RANK_A_LIST = """
import sys
from salesfunnel.cli.command_line import main
main(["qualify", "--example", "--json"])
print(*sys.modules, file=sys.stderr)
"""
NEEDED_BY_FEW = {
    *("asyncio", "email", "http", "importlib.metadata", "multiprocessing", "pickle", "sqlite3"),
    *("logging", "subprocess", "transitions", "unittest", "xml", "python_calamine", "xlsxwriter"),
    *("phonenumbers", "rapidfuzz", "salesfunnel.frames", "salesfunnel.pictures"),
    *("salesfunnel.storage", "salesfunnel.conversion", "salesfunnel.duplicates"),
    *("salesfunnel.analytics", "salesfunnel.opportunities", "salesfunnel.accounts"),
}


def imported_by(*modules: str) -> set[str]:
    """Name the top-level packages that a fresh Python loads on top of attrs."""
    probe = PROBE.format(modules=", ".join(modules))
    done = subprocess.run(
        [sys.executable, "-I", "-c", probe], capture_output=True, check=True, text=True
    )
    return set(done.stdout.split())


def test_the_library_is_light_to_import():
    """Importing the library loads no package but attrs, and nothing heavy of Python's own."""
    loaded = imported_by("salesfunnel")

    assert loaded - sys.stdlib_module_names == {"salesfunnel"}
    assert loaded & HEAVY == set()


def test_the_machine_is_loaded_only_when_a_pipeline_is_compiled():
    """Not even all stations below the edges together load the state machine."""
    loaded = imported_by("salesfunnel", *PURE)

    assert loaded - sys.stdlib_module_names == {"salesfunnel"}


def test_a_plain_list_is_ranked_with_little():
    """Packages are not searched for policies, and no library for workbooks or numbers is loaded."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", RANK_A_LIST], capture_output=True, check=True, text=True
    )

    assert set(done.stderr.split()) & NEEDED_BY_FEW == set()


def strays(file: str) -> set[str]:
    """Find the packages that a file imports although another file is their home."""
    return {name for name, home in HOMES.items() if file not in home} & foreign_imports(file)


def test_each_dependency_has_one_home():
    """The state machine is imported by one file, and the testing tools only for testing."""
    assert offenders(strays) == {}


def test_below_the_edges_only_attrs_and_the_machine_are_needed():
    """No file below the edges imports a package that is not installed with the library."""
    installed = sys.stdlib_module_names | {"attrs", "transitions"}
    core = [file for file in FILES if station(file) not in EDGES]

    assert offenders(lambda file: foreign_imports(file) - installed, core) == {}
