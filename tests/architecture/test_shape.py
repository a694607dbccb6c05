"""The shape of the files: named after the business, and saying what they are about."""

from __future__ import annotations

import ast

from tests.architecture.source import FILES, TEXTS, TREES, offenders

NAMELESS = {"base", "common", "core", "helpers", "misc", "models", "types", "util", "utils"}


def words(file: str) -> set[str]:
    """Name the file and its folders, as one says them."""
    return {part.strip("_") for part in file.removesuffix(".py").split("/")}


def test_a_file_has_a_business_name():
    """No file or folder has a name that says nothing."""
    assert offenders(lambda file: words(file) & NAMELESS) == {}


def test_a_file_begins_by_saying_what_it_is_about():
    """Each file starts with a docstring."""
    assert offenders(lambda file: not ast.get_docstring(TREES[file])) == {}


def test_annotations_cost_nothing_at_run_time():
    """Each file that defines something leaves its annotations unevaluated."""
    defining = [file for file in FILES if not file.endswith("__init__.py")]
    line = "\nfrom __future__ import annotations\n"

    assert offenders(lambda file: line not in TEXTS[file], defining) == {}
