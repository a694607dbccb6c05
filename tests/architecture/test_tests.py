"""The tests and examples themselves: each of them can fail."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

from tests.architecture.test_public_api import THINGS

TESTS = Path(__file__).resolve().parents[1]
FILES = sorted(path for path in TESTS.rglob("*.py") if path.name != "real_files.py")
SEARCHING = {"glob", "iterdir", "rglob"}
ONLY_A_NAME = re.compile(r"(from|import) .*|[\w.]+")


def loops_over_a_search(tree: ast.AST) -> list[int]:
    """List the lines where a test loops over what it finds, which may be nothing."""
    return [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
        for node in ast.walk(function)
        if isinstance(node, ast.For)
        and any(isinstance(n, ast.Attribute) and n.attr in SEARCHING for n in ast.walk(node.iter))
    ]


def only_names(thing: object) -> bool:
    """Tell whether the example of a public name only names what it should show."""
    examples = doctest.DocTestParser().get_examples(thing.__doc__ or "")
    sources = [example.source.strip() for example in examples]
    return bool(sources) and all(ONLY_A_NAME.fullmatch(source) for source in sources)


def test_no_test_passes_because_a_folder_is_empty():
    """A test that loops over files asks ``files_in``, which wants at least one."""
    looping = {
        str(path.relative_to(TESTS)): lines
        for path in FILES
        if (lines := loops_over_a_search(ast.parse(path.read_text("utf-8"))))
    }

    assert looping == {}


def test_an_example_does_something():
    """No example only names what it should show."""
    assert [name for name, thing in THINGS.items() if only_names(thing)] == []


def test_a_loop_over_a_search_is_found():
    """The search is found inside ``sorted`` as well, and only in tests."""
    looping = "def test_it():\n    for p in sorted(here.glob('*')): assert p"

    assert loops_over_a_search(ast.parse(looping)) == [2]
    assert loops_over_a_search(ast.parse(looping.replace("test_it", "helper"))) == []
