"""The tree of errors: as drawn, complete, and fit to travel."""

from __future__ import annotations

import ast
import copy
import pickle
import re

import attrs
import pytest

from salesfunnel import errors
from tests.architecture.source import FILES, nodes, offenders

EARLY = errors.Text("early", "it is {hours} hours too early", "wait {hours} hours")
SAMPLES = {
    "str": "words",
    "int": 3,
    "int | None": 7,
    "Text": EARLY,
    "Mapping[str, object]": {"hours": 3},
    "tuple[Problem, ...]": (EARLY.problem(where="$.moves", hours=3),),
    "Refusal": errors.Refusal("win", "proposal", (EARLY.objection(hours=3),)),
}
ERRORS = [
    thing
    for thing in vars(errors).values()
    if isinstance(thing, type) and issubclass(thing, errors.SalesFunnelError)
]
EXCEPTION = re.compile("(Error|Exception|Group|" + "|".join(e.__name__ for e in ERRORS) + ")$")
BRANCH = re.compile(r"^(?P<indent>[ │├└─]*)(?P<name>[A-Z]\w+)(?: +\((?P<builtin>\w+)\))?(?:  |$)")


def drawn_tree() -> dict[str, list[str]]:
    """Read each error's parents from the drawing in the module's docstring."""
    tree, path = {}, []
    for line in errors.__doc__.split("::\n")[1].splitlines():
        if branch := BRANCH.match(line):
            del path[len(branch["indent"]) // 4 - 1 :]
            tree[branch["name"]] = [*path[-1:], *filter(None, [branch["builtin"]])]
            path.append(branch["name"])
    return tree


def fields(error: type[errors.SalesFunnelError]) -> tuple[attrs.Attribute, ...]:
    """List the fields of an error; the root has none."""
    return attrs.fields(error) if attrs.has(error) else ()


def example(error: type[errors.SalesFunnelError]) -> errors.SalesFunnelError:
    """Make an error with something in every field."""
    return error(*(SAMPLES[field.type] for field in fields(error)))


def contents(error: errors.SalesFunnelError) -> list[object]:
    """List what the fields of an error hold."""
    return [getattr(error, field.name) for field in fields(type(error))]


def by_post(error: errors.SalesFunnelError) -> errors.SalesFunnelError:
    """Send an error through a pickle."""
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes


def test_the_tree_is_as_drawn():
    """The docstring of ``errors`` draws every error under its true parents."""
    real = {
        error.__name__: [base.__name__ for base in error.__bases__ if base is not Exception]
        for error in ERRORS
    }

    assert drawn_tree() == real


def exceptions(file: str) -> set[str]:
    """Name the exceptions that a file defines."""
    return {
        node.name
        for node in nodes(file)
        if isinstance(node, ast.ClassDef)
        and any(EXCEPTION.search(ast.unparse(base)) for base in node.bases)
    }


def test_errors_are_defined_in_one_place():
    """No other file defines an exception."""
    assert offenders(exceptions, [file for file in FILES if file != "errors.py"]) == {}
    assert exceptions("errors.py") == {error.__name__ for error in ERRORS}


def test_each_error_has_a_code_of_its_own():
    """Every error states its code itself, and no two share one."""
    codes = [vars(error)["code"] for error in ERRORS]

    assert len(set(codes)) == len(ERRORS)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("travel", [copy.copy, copy.deepcopy, by_post])
def test_an_error_survives_a_journey(error, travel):
    """Copied or sent to another process, an error holds and says what it did."""
    sent = example(error)

    received = travel(sent)

    assert type(received) is error
    assert (contents(received), str(received)) == (contents(sent), str(sent))


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_fits_on_one_line_of_a_log(error):
    """An error that has something to say says it on one line."""
    assert len(str(example(error)).splitlines()) == len(contents(example(error))[:1])
