"""The shape of the files: named after the business, and saying what they are about."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FILES, TEXTS, TREES

NAMELESS = {"base", "common", "core", "helpers", "misc", "models", "types", "util", "utils"}


@pytest.mark.parametrize("file", FILES)
def test_a_file_has_a_business_name(file):
    """No file or folder has a name that says nothing."""
    parts = file.removesuffix(".py").split("/")

    assert {part.strip("_") for part in parts} & NAMELESS == set()


@pytest.mark.parametrize("file", FILES)
def test_a_file_begins_by_saying_what_it_is_about(file):
    """Each file starts with a docstring."""
    assert ast.get_docstring(TREES[file])


@pytest.mark.parametrize("file", [f for f in FILES if not f.endswith("__init__.py")])
def test_annotations_cost_nothing_at_run_time(file):
    """Each file that defines something leaves its annotations unevaluated."""
    assert "\nfrom __future__ import annotations\n" in TEXTS[file]
