"""What all tests share: how hard Hypothesis tries, and where real files may lie."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# HYPOTHESIS_PROFILE chooses. A slow machine is never a failure, so no profile has a deadline.
settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, max_examples=100
)
settings.register_profile("quick", settings.get_profile("ci"), max_examples=20)
settings.register_profile("campaign", deadline=None, max_examples=20_000, stateful_step_count=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"
MERMAID = Path(os.environ.get("SALESFUNNEL_MERMAID", ROOT / ".cache" / "mermaid"))

# What not every machine has. A test that asks for the fixture is left out where it is missing.
MISSING = {
    fixture: sentence
    for fixture, is_there, sentence in (
        ("real_data", REAL_DATA.is_dir(), "Tests of real files: there is no ../shared/data."),
        (
            "mermaid_folder",
            shutil.which("node") and (MERMAID / "node_modules" / "mermaid").is_dir(),
            "Tests of pictures: npm install --prefix .cache/mermaid mermaid jsdom",
        ),
    )
    if not is_there
}


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files beside the repository."""
    return REAL_DATA


@pytest.fixture(scope="session")
def mermaid_folder() -> Path:
    """The folder in which Mermaid was installed for Node."""
    return MERMAID


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that ask for what is missing."""
    asking = [item for item in items if MISSING.keys() & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=asking)
    items[:] = [item for item in items if item not in asking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once what was left out, and what it wants."""
    for sentence in MISSING.values():
        terminalreporter.write_line(f"Not run. {sentence}")
