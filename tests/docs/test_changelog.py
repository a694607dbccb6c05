"""The changelog names what is there."""

from __future__ import annotations

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

CHANGELOG = (Path(__file__).resolve().parents[2] / "CHANGELOG.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([a-z]+(?:\.\w+)+)(?:\(|`)", CHANGELOG)))
STATIONS = {"errors", "values", "history", "rules", "pipeline", "qualification", "activities"}
STATIONS |= {"leads", "opportunities", "accounts", "conversion", "privacy"}
STATIONS |= {"analytics", "interop", "integrations", "storage", "testing"}


@pytest.mark.parametrize("name", [name for name in NAMED if name.partition(".")[0] in STATIONS])
def test_a_name_in_the_changelog_exists(name):
    """What the changelog tells of can be imported from where it says."""
    *path, thing = name.split(".")
    module = importlib.import_module(f"salesfunnel.{path[0]}")
    if path[1:]:  # a submodule such as interop.policies, or a class
        try:
            module = importlib.import_module(f"salesfunnel.{'.'.join(path)}")
        except ModuleNotFoundError:
            module = reduce(getattr, path[1:], module)

    if not hasattr(module, thing):  # a module that its station does not load
        importlib.import_module(f"salesfunnel.{name}")
