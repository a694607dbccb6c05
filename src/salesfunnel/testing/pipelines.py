"""
A check of your own pipeline, and pipelines for tests: sound definitions of many kinds.

The check looks at the definition alone; `walk_through` tries it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..pipeline.guard import Guard
from ..pipeline.move import Destination, Move
from ..pipeline.pipeline import Pipeline
from ..pipeline.short_guards import requires
from ..pipeline.stage import Stage
from ..rules.fields import field, yes
from ..rules.rule import Rule
from ..values import converters
from .strategies import names

_SATURDAY = 5


def _on_a_workday(_entity: object, at: datetime) -> bool:
    return at.weekday() < _SATURDAY


# Each kind of rule asks about facts of its own, so that no two of them contradict each other.
_RULES = (
    st.sampled_from([yes("ready"), ~yes("ready"), yes("ready") | yes("urgent")]),
    st.integers(0, 3).map(lambda bound: field("score") >= bound),
    st.integers(0, 3).map(lambda bound: field("company.employees") < bound),
)
_WORKDAY = Guard("on a workday", _on_a_workday, message="it is no workday")
_names = names().filter(lambda name: name not in set(Destination))
_limits = st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=90))
_labels = st.just("") | _names
_codes: SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {},
        {"reasons": {"price": "Price", "other": ""}, "note_for": "other"},
        {"reasons": {"انبار": "در انبار نیست", "duplicate": ""}, "uncounted": ["duplicate"]},
    ]
)
_lists: SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {},
        {"roles": {"chef": "رئیس"}, "reasons": {"hold": {"budget": "Waits for the budget"}}},
        {"activity_kinds": {"call": "Call"}, "reasons": {"decline": {"poor_fit": "Poor fit"}}},
    ]
)
_chances = st.lists(st.sampled_from(["0", "0.1", "0.25", "0.7", "1"]), min_size=4, max_size=4)


def check_pipeline(pipeline: object, *, noun: type | None = None) -> None:
    """
    Check that nothing about a pipeline is doubtful; raise `AssertionError` with every doubt.

    Args:
        pipeline: a `Pipeline`.
        noun: the class that goes through it, such as `Opportunity`: then the facts that its rules
            ask for must be facts that the class can have.

    >>> from salesfunnel import Opportunity
    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> check_pipeline(OPPORTUNITY_PIPELINE, noun=Opportunity)
    """
    definition = converters.one(Pipeline, pipeline, "pipeline")
    doubts = [*definition.problems(), *(definition.unknown_facts(noun) if noun else ())]
    if doubts:
        raise AssertionError("\n".join([f"{definition.name} is doubtful:", *map(str, doubts)]))


@st.composite
def pipelines(draw: DrawFn) -> Pipeline:
    """
    Sound pipelines of up to eight stages, named in many scripts.

    They have guards of rules and functions, codes of their own, moves back and into the same stage,
    moves that stay, stages of rest, forks where one trigger leads two ways, several ends, and ways
    to reopen.

    >>> pipelines().validate()
    """
    numbers = [draw(st.integers(1, most)) for most in (4, 2, 2)]
    titles = iter(draw(st.lists(_names, min_size=8, max_size=8, unique=True)))
    opened, won, lost = ([next(titles) for _ in range(number)] for number in numbers)
    chances = sorted(draw(_chances))
    wanted, roles = draw(st.sampled_from([((), ()), (("contract",), ()), ((), ("user",))]))
    stages = [
        *(
            Stage(name, probability=chance, limit=draw(_limits), label=draw(_labels))
            for name, chance in zip(opened, chances, strict=False)
        ),
        *(Stage(name, kind="won", requires=wanted, roles=roles) for name in won),
        *(Stage(name, kind="lost", **draw(_codes)) for name in lost),
    ]
    closed = [*won, *lost]
    moves = [
        *(Move("advance", one, other, guards=_guards(draw)) for one, other in pairwise(opened)),
        *(Move(f"end {n}", _some(draw, opened), end) for n, end in enumerate(closed)),
        Move("give up", opened, lost[0], guards=_guards(draw)),
        *_detours(draw, opened),
        *_fork(draw, opened),
        *_reopening(draw, opened, closed),
    ]
    return Pipeline(draw(_names), stages=stages, moves=moves, **draw(_lists))


def _some(draw: DrawFn, stages: Sequence[str]) -> list[str]:
    return draw(st.lists(st.sampled_from(stages), min_size=1, unique=True))


def _rule(draw: DrawFn) -> Rule:
    return draw(st.one_of(*_RULES))


def _asking(rule: Rule) -> Guard:
    return requires(rule, f"not so: {rule}")


def _guards(draw: DrawFn) -> list[Guard]:
    """Draw up to three guards that do not contradict each other, and now and then a function."""
    rules = [draw(rule) for rule in _RULES if draw(st.booleans())]
    workday = [_WORKDAY] if draw(st.booleans()) else []
    return [*(_asking(rule) for rule in rules), *workday]


def _detours(draw: DrawFn, opened: Sequence[str]) -> Iterator[Move]:
    """Lead back, or into the same stage anew, or nowhere at all."""
    here = draw(st.integers(0, len(opened) - 1))
    if draw(st.booleans()):
        back = draw(st.integers(0, here))
        yield Move("go back", opened[here], opened[back], guards=_guards(draw))
    if draw(st.booleans()):
        yield Move("stay", _some(draw, opened), Destination.STAYS)
    if len(opened) > 1 and draw(st.booleans()):
        # The last open stage is one of rest: from there it goes on where it was before.
        yield Move("go on", opened[-1], Destination.LAST_OPEN, guards=_guards(draw))


def _fork(draw: DrawFn, opened: Sequence[str]) -> Iterator[Move]:
    """Lead one way if a rule holds, and another if it does not, or in all other cases."""
    source, here, there = (draw(st.sampled_from(opened)) for _ in range(3))
    if draw(st.booleans()):
        rule = _rule(draw)
        otherwise = [_asking(~rule)] if draw(st.booleans()) else []
        yield Move("fork", source, here, guards=[_asking(rule)])
        yield Move("fork", source, there, guards=otherwise)


def _reopening(draw: DrawFn, opened: Sequence[str], closed: Sequence[str]) -> Iterator[Move]:
    if draw(st.booleans()):
        destination = draw(st.sampled_from([Destination.LAST_OPEN, *opened]))
        yield Move("reopen", _some(draw, closed), destination, reopening=True)
