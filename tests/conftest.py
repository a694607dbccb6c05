"""What all tests share: how hard Hypothesis tries, and where real files may lie."""

from __future__ import annotations

import os
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

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files beside the repository; without it the tests that ask are not run."""
    return REAL_DATA


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of real files where there are none."""
    asking = [item for item in items if "real_data" in getattr(item, "fixturenames", ())]
    if asking and not REAL_DATA.is_dir():
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once that they were left out."""
    if not REAL_DATA.is_dir():
        terminalreporter.write_line("Tests of real files were not run: there is no ../shared/data.")
