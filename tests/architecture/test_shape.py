"""The shape of the files: short, and named after the business."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import FILES, TEXTS, TREES

LONGEST_FILE = 300
MOST_METHODS = 12
NAMELESS = {"base", "common", "core", "helpers", "misc", "models", "types", "util", "utils"}
CLASSES = [
    pytest.param(node, id=f"{file}:{node.name}")
    for file, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef)
]


@pytest.mark.parametrize("file", FILES)
def test_a_file_can_be_read_in_one_sitting(file):
    """No file is longer than 300 lines."""
    assert TEXTS[file].count("\n") <= LONGEST_FILE


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


@pytest.mark.parametrize("node", CLASSES)
def test_a_class_can_be_learned_at_once(node):
    """No class has more than a dozen public methods; properties are facts, not methods."""
    methods = {
        member.name
        for member in node.body
        if isinstance(member, ast.FunctionDef)
        and not member.name.startswith("_")
        and "property" not in map(ast.unparse, member.decorator_list)
    }

    assert len(methods) <= MOST_METHODS
