"""The public names: listed in order, explained by an example, and called in one way."""

from __future__ import annotations

import ast
import importlib
import inspect

import pytest

import salesfunnel
from salesfunnel import interop
from tests.architecture.source import STATIONS, TREES

MOST_POSITIONAL = 3
ALWAYS_BY_NAME = {"at", "by", "note"}
# Said as people say them: `deal.win("quality")`, `lead.move("nurture")`, or `move(to=…)`.
SAID_FIRST = {
    *("Lead.answer(value)", "Lead.move(trigger)", "Opportunity.answer(value)"),
    *("Opportunity.agree(amount)", "Opportunity.move(trigger)", "Opportunity.win(reason)"),
    "withdraw(channel)",
}
ABOUT_A_TIME = {"as_of"}  # the time is what the question is about
# What a verb is about, although it may be left out: an answer that is not known yet, the amount
# where it stays, the reason where there is one, the stage instead of the trigger, and no data.
MAIN_THING = {
    *("answer(value)", "agree(amount)", "win(reason)", "move(trigger)", "record(data)"),
}


def public_things():
    """Yield each public class and function of each station, by its full name."""
    for station in STATIONS:
        module = importlib.import_module(f"salesfunnel.{station}")
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{station}.{name}", thing
            if inspect.ismodule(thing):
                for verb in verbs_of_a_module(thing):
                    yield f"{station}.{name}.{verb.__name__}", verb


def verbs_of_a_module(module):
    """Yield the functions of a module that is used as a whole, such as ``consent.give``."""
    for name, thing in vars(module).items():
        if inspect.isfunction(thing) and thing.__module__ == module.__name__ and name[0] != "_":
            yield thing


def verbs(thing):
    """Yield the functions that a user calls: the thing itself, or its own public methods."""
    if not inspect.isclass(thing):
        yield thing
        return
    for name, member in vars(thing).items():
        verb = getattr(member, "__func__", member)
        if inspect.isfunction(verb) and not name.startswith("_"):
            yield verb


def imported(tree: ast.Module) -> list[str]:
    """List the names that a file takes from the library, if only in the eyes of type checkers."""
    blocks = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.If))]
    return sorted(
        alias.asname or alias.name
        for block in blocks
        for node in block
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    )


def is_explained(thing):
    """Tell whether a thing has a docstring, and but for errors a doctest."""
    is_error = inspect.isclass(thing) and issubclass(thing, BaseException)
    return bool(thing.__doc__) and (is_error or ">>>" in thing.__doc__)


def left_out_by_place(thing):
    """Find the arguments by place that have a default, or are a time, an author or a note."""
    return {
        f"{verb.__qualname__}({parameter.name})"
        for verb in verbs(thing)
        if verb.__name__ not in ABOUT_A_TIME
        for place, parameter in enumerate(inspect.signature(verb).parameters.values())
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD and place > 0
        if parameter.default is not parameter.empty or parameter.name in ALWAYS_BY_NAME
    }


def crowded(thing):
    """Find the verbs that take so many arguments by place that one must look up their order."""
    by_place = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    return {
        verb.__qualname__
        for verb in verbs(thing)
        if sum(
            parameter.kind in by_place
            for name, parameter in inspect.signature(verb).parameters.items()
            if name not in {"self", "cls"}
        )
        > MOST_POSITIONAL
    }


THINGS = dict(public_things())


@pytest.mark.parametrize("station", STATIONS)
def test_a_station_lists_all_that_it_offers(station):
    """``__all__`` of a station is sorted and is exactly what it imports."""
    module = importlib.import_module(f"salesfunnel.{station}")

    assert list(module.__all__) == imported(TREES[f"{station}/__init__.py"])


def test_the_root_lists_all_that_it_offers():
    """``salesfunnel.__all__`` is sorted and is exactly what type checkers see imported."""
    names = [name for name in salesfunnel.__all__ if not name.startswith("__")]

    assert list(salesfunnel.__all__) == sorted(salesfunnel.__all__)
    assert names == imported(TREES["__init__.py"])
    assert set(names) <= set(dir(salesfunnel))


@pytest.mark.parametrize("name", salesfunnel.__all__)
def test_each_name_of_the_root_can_be_had(name):
    """What the root lists it also gives."""
    assert getattr(salesfunnel, name) is getattr(salesfunnel, name)


@pytest.mark.parametrize("package", [salesfunnel, interop])
def test_a_name_that_is_not_listed_is_an_attribute_error(package):
    """Where names are loaded when they are used, a misspelt one fails as in any module."""
    with pytest.raises(AttributeError, match=r"module 'salesfunnel.*' has no attribute 'Laed'"):
        _ = package.Laed
    assert set(package.__all__) <= set(dir(package))


def test_a_public_name_is_explained_by_an_example():
    """Each public class and function has a docstring, and but for errors a doctest."""
    assert [name for name, thing in THINGS.items() if not is_explained(thing)] == []


def test_what_may_be_left_out_is_given_by_name():
    """An argument with a default, and every time, author or note, is given by name."""
    by_place = set().union(*map(left_out_by_place, THINGS.values()))

    assert by_place == SAID_FIRST


def test_few_arguments_are_given_by_place():
    """A call never has so many arguments by place that their order must be looked up."""
    assert set().union(*map(crowded, THINGS.values())) == set()
