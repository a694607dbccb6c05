"""
Straight-line code: one function where a call for each part would cost more than the part does.

The text of the function consists of our own templates and running numbers only. Whatever comes from
a definition, be it the name of a fact, a limit, points, or a function, is bound to a numbered name
as a value; and the fields of a class have numbers, too, until the text has become code. So no word
of a definition ever becomes code, and two definitions of the same shape have the same text.
Templates are of the type `LiteralString`, to which type checkers hold us.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any, LiteralString, NamedTuple


class Lines(NamedTuple):
    """
    A template with a name in braces for each value, and those values; ``{place}`` is a number.

    >>> Lines("return {points}", {"points": 30}).place
    0
    """

    template: LiteralString
    values: Mapping[str, object]
    place: int = 0


def numbered(parts: Iterable[Lines]) -> tuple[str, dict[str, object]]:
    """
    Write templates one below the other, with numbered names, and list what the names stand for.

    >>> numbered([Lines("fact = get{place}({name})", {"name": "need"}, 1)])
    ('fact = get1(v0)', {'v0': 'need'})
    """
    texts: list[str] = []
    values: dict[str, object] = {}
    for part in parts:
        names = {name: f"v{n}" for n, name in enumerate(part.values, len(values))}
        values.update(zip(names.values(), part.values.values(), strict=True))
        texts.append(part.template.format(place=int(part.place), **names))
    return "\n".join(texts), values


def function_of(parts: Iterable[Lines], *, fields: Iterable[str] = ()) -> Callable[..., Any]:
    """
    Make the function ``run`` that the templates define.

    In the templates, fields and arguments called ``field0``, ``field1`` … have these names in fact.

    >>> from types import SimpleNamespace
    >>> read = function_of([Lines("def run(lead): return lead.field0", {})], fields=["need"])
    >>> read(SimpleNamespace(need="generators"))
    'generators'
    """
    text, values = numbered(parts)
    written = _written(text)
    code, named = written.__code__, {f"field{n}": name for n, name in enumerate(fields)}
    code = code.replace(
        co_names=tuple([named.get(name, name) for name in code.co_names]),
        co_varnames=tuple([named.get(name, name) for name in code.co_varnames]),
    )
    run = FunctionType(code, values, "run", written.__defaults__)
    values["run"] = run
    return run


@functools.lru_cache(maxsize=128)
def _written(text: str) -> FunctionType:
    """Turn a text into code, once for all definitions of the same shape."""
    namespace: dict[str, Any] = {}
    exec(text, namespace)  # noqa: S102 - nothing but our own templates, see above
    run: FunctionType = namespace["run"]
    return run
