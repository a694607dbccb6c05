"""Below the edges the library reads no clock, draws no lots, and touches nothing outside itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import (
    EDGES,
    FILES,
    TREES,
    foreign_imports,
    nodes,
    offenders,
    station,
)

PURE = [file for file in FILES if station(file) not in EDGES | {"__init__"}]
CLOCKLESS = [file for file in FILES if station(file) not in {"testing", "cli", "__main__"}]

CLOCK_AND_CHANCE = {"random", "secrets", "time"}
OUTSIDE_WORLD = {
    *("asyncio", "builtins", "ctypes", "glob", "importlib", "io", "locale", "logging", "os"),
    *("pathlib", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading"),
    *("urllib", "warnings"),
}
CLOCK_READINGS = {"now", "today", "utcnow", "uuid1", "uuid4"}
DOORS = {"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"}
# What runs text, or makes a function or a class out of anything but its own lines.
WRITERS = {
    *("CodeType", "FunctionType", "LambdaType", "MethodType", "compile", "create_function"),
    *("eval", "exec", "make_class", "new_class"),
}
WRITES_STILL: set[str] = set()
CONTAINERS = {"bytearray", "Counter", "defaultdict", "deque", "dict", "list", "OrderedDict", "set"}
CHANGES = {
    *("add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem"),
    *("remove", "reverse", "setdefault", "sort", "update"),
}


def uses(file: str, names: set[str]) -> set[str]:
    """Find which of the names a file imports, or reads behind a dot."""
    found: set[str] = set()
    for node in nodes(file):
        match node:
            case ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case _:
                pass
    return found & names


def calls(file: str) -> set[str]:
    """Name the functions that a file calls without a dot."""
    return {
        node.func.id
        for node in nodes(file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def generated_code(code: Iterable[ast.AST]) -> list[str]:
    """List the places where code is made at run time, as ``line: what``."""
    found: list[tuple[int, str]] = []
    for node in code:
        match node:
            case ast.Attribute(value=ast.Name(id="re"), attr="compile"):
                pass
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in WRITERS:
                found.append((node.lineno, name))
            case ast.ImportFrom(names=names):
                found += [(node.lineno, alias.name) for alias in names if alias.name in WRITERS]
            case ast.Call(func=ast.Name(id="type"), args=[_, _, _, *_]):
                found.append((node.lineno, "type of three arguments"))
            case _:
                pass
    return [f"{line}: {what}" for line, what in sorted(found)]


def is_mutable(value: ast.expr | None) -> bool:
    """Tell whether an expression plainly makes a list, a dictionary or a set."""
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in CONTAINERS
        case _:
            return False


def containers(file: str) -> set[str]:
    """Name the lists, dictionaries and sets at the top of a file."""
    names: set[str] = set()
    for node in TREES[file].body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                names |= {name} if is_mutable(value) else set()
            case _:
                pass
    return names - {"__all__"}


def changed_names(file: str) -> set[str]:
    """Name what a file changes in place, by an index or by a method that changes its owner."""
    found: set[str] = set()
    for node in nodes(file):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=verb)):
                found |= {name} if verb in CHANGES else set()
            case _:
                pass
    return found


def test_time_and_identity_are_arguments():
    """No file reads the clock or draws a random number or id."""
    assert offenders(lambda file: foreign_imports(file) & CLOCK_AND_CHANCE, CLOCKLESS) == {}
    assert offenders(lambda file: uses(file, CLOCK_READINGS), CLOCKLESS) == {}


def test_nothing_below_the_edges_touches_the_outside_world():
    """No file opens, prints, logs, or looks at the system."""
    assert offenders(lambda file: foreign_imports(file) & OUTSIDE_WORLD, PURE) == {}
    assert offenders(lambda file: calls(file) & DOORS, PURE) == {}


def test_all_code_can_be_read_in_its_file():
    """No file makes code at run time, so a debugger steps through every judgement."""
    assert offenders(lambda file: generated_code(nodes(file))) == {}


@pytest.mark.parametrize(
    "written",
    [
        "exec(text)",
        "run = eval",
        "compile(text, '', 'exec')",
        "builtins.exec(text)",
        "types.FunctionType(code, {})",
        "from types import FunctionType as F",
        "type('Draft', (), {})",
        "attrs.make_class('Draft', [])",
    ],
)
def test_code_made_at_run_time_is_found(written):
    """The search finds each way of making code, and lets patterns and plain types be."""
    harmless = "re.compile('a'); type(written); compiled(written)"

    assert len(generated_code(ast.walk(ast.parse(written)))) == 1
    assert generated_code(ast.walk(ast.parse(harmless))) == []


def test_no_function_changes_a_global():
    """No function rebinds a name of its module."""
    rebound = offenders(lambda file: [n.names for n in nodes(file) if isinstance(n, ast.Global)])

    assert rebound == {}


def test_what_a_module_offers_cannot_be_changed():
    """What stands at the top of a module is immutable, unless it is a table of the file's own."""
    offered = offenders(lambda file: {n for n in containers(file) if not n.startswith("_")})

    assert offered == {}


def test_a_table_is_never_written_to():
    """No file keeps a memory: it changes none of the tables that it defines."""
    assert offenders(lambda file: changed_names(file) & containers(file)) == {}
