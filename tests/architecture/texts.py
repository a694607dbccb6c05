"""All sentences that a user may meet, as the tests read them: the texts and where they are used."""

from __future__ import annotations

import ast
import importlib
import string
from collections.abc import Iterator, Mapping

import attrs
import pytest

from salesfunnel.errors import Objection, Problem, Text
from salesfunnel.interop.rows.row_fault import RowFault
from tests.architecture.source import FILES, nodes

# The modules of the integrations say texts as well, and want these; without them, all texts are
# not to be had, and the tests of texts are skipped.
for package in ("django", "pydantic", "sqlalchemy"):
    pytest.importorskip(package)
import tests.django_settings  # noqa: E402, F401 - before any module with models is read

# What says a text with parameters: the function's name, and the places of text and parameters.
SAYING = {
    "CurrencyMismatch": (1, 2),
    "InvalidHistory": (1, 2),
    "InvalidValue": (1, 2),
    "Objection": (0, 1),
    "Problem": (0, 1),
    "UnreadableFile": (1, 2),
    "WrongKind": (1, 2),
}
# Filled in by the error itself, or no parameter of the sentence.
GIVEN_ANYWAY = {"field", "where", "is_error"}


@attrs.frozen
class Use:
    """One place where a text is said: which text, and the parameters that it is given."""

    file: str
    line: int
    text: Text
    given: frozenset[str]
    is_all: bool
    """Whether these are all parameters; not so where more come by ``**``."""


def placeholders(text: Text) -> frozenset[str]:
    """Name the parameters that a template and its remedy want."""
    parsed = [*string.Formatter().parse(text.template), *string.Formatter().parse(text.remedy)]
    return frozenset(name.partition(".")[0].partition("[")[0] for _, name, _, _ in parsed if name)


def module_of(file: str) -> object:
    """Import the module that a file of the library is."""
    dotted = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return importlib.import_module(
        "salesfunnel" if dotted == "__init__" else f"salesfunnel.{dotted}"
    )


def inside(thing: object) -> Iterator[Text]:
    """Find the texts in a constant: itself, or what a table or a tuple holds."""
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, Objection | Problem | RowFault):
        yield thing.text
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from inside(value)
    elif isinstance(thing, tuple | frozenset):
        for value in thing:
            yield from inside(value)


def collected() -> dict[Text, set[str]]:
    """List every text that is a constant of a module, with the files that know it."""
    found: dict[Text, set[str]] = {}
    for file in FILES:
        if file != "__main__.py" and not file.endswith("/__main__.py"):
            for thing in vars(module_of(file)).values():
                for text in inside(thing):
                    found.setdefault(text, set()).add(file)
    return found


def made_in_functions() -> list[str]:
    """List where a text is made while the program runs, which no test could collect."""
    return [
        f"{file}:{node.lineno}"
        for file in FILES
        for function in nodes(file)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"
    ]


def uses() -> Iterator[Use]:
    """List every place that says a text by its name."""
    for file in FILES:
        names = {
            name: thing
            for name, thing in (vars(module_of(file)) if file != "__main__.py" else {}).items()
            if isinstance(thing, Text)
        }
        for node in nodes(file):
            if isinstance(node, ast.Call):
                yield from _use(file, node, names)


def _use(file: str, call: ast.Call, names: Mapping[str, Text]) -> Iterator[Use]:
    match call.func:
        case ast.Attribute(value=ast.Name(id=name), attr="objection" | "problem") if name in names:
            given = {word.arg for word in call.keywords if word.arg}
            is_all = all(word.arg for word in call.keywords)
            yield Use(file, call.lineno, names[name], frozenset(given - GIVEN_ANYWAY), is_all)
        case ast.Name(id=function) if function in SAYING:
            text_at, params_at = SAYING[function]
            match call.args[text_at : text_at + 1]:
                case [ast.Name(id=name)] if name in names:
                    yield from _with_table(file, call, names[name], call.args[params_at:])
                case _:
                    pass
        case _:
            pass


def _with_table(file: str, call: ast.Call, text: Text, rest: list[ast.expr]) -> Iterator[Use]:
    match rest[:1] or [word.value for word in call.keywords if word.arg in {"params", "_params"}]:
        case []:
            yield Use(file, call.lineno, text, frozenset(), is_all=True)
        case [ast.Dict(keys=keys)]:
            given = {key.value for key in keys if isinstance(key, ast.Constant)}
            yield Use(file, call.lineno, text, frozenset(given), is_all=None not in keys)
        case _:
            pass  # a table that was made elsewhere


TEXTS = collected()
USES = list(uses())
