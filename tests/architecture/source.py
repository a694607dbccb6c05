"""The library's own source, as the architecture tests read it: the tree or the installed wheel."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterable
from pathlib import Path

from salesfunnel import errors

PACKAGE = Path(errors.__file__).parent
# The second tier: what may change in a minor version. All other stations are the core.
EDGES = {
    *("duplicates", "storage", "analytics", "pictures", "interop", "frames", "sql"),
    *("testing", "integrations", "cli", "__main__"),
}

TEXTS = {p.relative_to(PACKAGE).as_posix(): p.read_text("utf-8") for p in PACKAGE.rglob("*.py")}
TREES = {file: ast.parse(text) for file, text in sorted(TEXTS.items())}
FILES = tuple(TREES)
STATIONS = tuple(
    f.removesuffix("/__init__.py") for f in FILES if f.count("/") == 1 and "__init__" in f
)


def station(file: str) -> str:
    """Name the station to which a file belongs; the package's own ``__init__`` is one as well."""
    return file.partition("/")[0].removesuffix(".py")


@functools.cache
def nodes(file: str) -> tuple[ast.AST, ...]:
    """List every piece of code in a file."""
    return tuple(ast.walk(TREES[file]))


def offenders(found: Callable[[str], object], files: Iterable[str] = FILES) -> dict[str, object]:
    """Name the files in which something is found that should not be there, and what it is."""
    looked_at = {file: found(file) for file in files}
    assert looked_at  # or no file could ever offend
    return {file: what for file, what in looked_at.items() if what}


@functools.cache
def foreign_imports(file: str) -> set[str]:
    """Name the top-level packages that a file imports from outside the library."""
    names: set[str] = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


@functools.cache
def own_imports(file: str) -> set[tuple[str, str]]:
    """List the pairs of file and name that a file imports from inside the library."""
    found: set[tuple[str, str]] = set()
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = file.split("/")[: -node.level]
            path = "/".join([*folder, *(node.module or "").split(".")]).strip("/")
            found |= {_locate(path, alias.name) for alias in node.names}
    return found


def _locate(path: str, name: str) -> tuple[str, str]:
    """Find the file that ``from path import name`` reads, and what it takes from there."""
    inner = f"{path}/{name}".strip("/")
    choices = ((f"{inner}.py", "*"), (f"{inner}/__init__.py", "*"), (f"{path}.py", name))
    inits = (f"{path}/__init__.py".strip("/"), name)
    return next((choice for choice in choices if choice[0] in TREES), inits)


def defined(tree: ast.Module) -> set[str]:
    """Name what a file itself defines at its top level."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                names.add(node.name)
            case ast.Assign(targets=targets):
                names |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case _:
                pass
    return names
