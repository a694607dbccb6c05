"""
Straight-line code: one function for one scorecard, since a call for each rule costs more than it.

The text of the function consists of our own templates and running numbers only. Whatever comes from
a definition, be it the name of a fact, a limit, points, or a function, is bound to a numbered name
as a value. So no word of a definition ever becomes code, and two scorecards of the same shape have
the same text. Templates are of the type `LiteralString`, to which type checkers hold us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
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


def function_of(parts: Iterable[Lines]) -> Callable[[Any, datetime], Any]:
    """
    Make the function ``judge`` that the templates define.

    >>> from datetime import UTC
    >>> give = function_of([Lines("def judge(lead, at): return {points}", {"points": 30})])
    >>> give({}, datetime(2026, 3, 2, tzinfo=UTC))
    30
    """
    text, namespace = numbered(parts)
    exec(text, namespace)  # noqa: S102 - nothing but our own templates, see above
    judge: Any = namespace["judge"]
    return judge  # type: ignore[no-any-return]
