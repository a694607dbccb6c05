"""A pipeline in a notebook: a table of stages and moves that reads well in every script."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..errors import InvalidValue, Refusal
from ..values.lengths import said_length
from ..values.text import shown
from .diagram import (
    NOT_A_STAGE,
    Drawn,
    conditions,
    mermaid,
    outline,
    percent,
    reasons_of,
)
from .move import Destination, Move
from .stage import Stage
from .verdicts import Way

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_HEADINGS = ("Stage", "Kind", "Chance", "Time limit", "Move", "Leads to", "If")


def html_table(pipeline: Drawn, *, current: str | None = None, ways: Sequence[Way] = ()) -> str:
    """
    Write a pipeline as an HTML table, with a line for each way out of a stage.

    With the ways out of the current stage, the moves from there say whether they are open now, and
    if not, why. All names are escaped, and each is written in its own direction.
    Raises `InvalidValue` for a current stage that is not there.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> html_table(OPPORTUNITY_PIPELINE, current="proposal").count("<tr>")
    13
    """
    names = [stage.name for stage in pipeline.stages]
    if current is not None and current not in names:
        raise InvalidValue("current", NOT_A_STAGE, {"stages": ", ".join(names)})
    headings = (*_HEADINGS, "Now") if ways else _HEADINGS
    lines = [
        f'<table><caption dir="auto">{_safe(pipeline.name)}</caption>',
        "<thead><tr>" + "".join(f'<th scope="col">{h}</th>' for h in headings) + "</tr></thead>",
    ]
    for stage in pipeline.stages:
        is_current = stage.name == current
        lines.append('<tbody aria-current="step">' if is_current else "<tbody>")
        lines += _rows(pipeline, stage, ways if is_current else (), len(headings))
        lines.append("</tbody>")
    return "\n".join([*lines, "</table>"])


def mimebundle(
    pipeline: Drawn,
    *,
    include: Collection[str] | None = None,
    exclude: Collection[str] | None = None,
) -> dict[str, str]:
    """
    Write a pipeline in every form that a notebook may ask for: words, table and Mermaid.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> sorted(mimebundle(OPPORTUNITY_PIPELINE))
    ['text/html', 'text/plain', 'text/vnd.mermaid']
    """
    forms = {"text/plain": outline, "text/html": html_table, "text/vnd.mermaid": mermaid}
    wanted = set(include or forms) - set(exclude or ())
    return {kind: write(pipeline) for kind, write in forms.items() if kind in wanted}


def _rows(pipeline: Drawn, stage: Stage, ways: Sequence[Way], columns: int) -> Iterator[str]:
    """Write the lines of one stage, the first of them headed by the stage itself."""
    moves = [move for move in pipeline.moves if stage.name in move.sources]
    facts = (
        str(stage.kind),
        "" if stage.probability is None else percent(stage.probability),
        "" if stage.limit is None else said_length(stage.limit),
    )
    span = f' rowspan="{len(moves) or 1}"'
    since = f'<br><small dir="auto">{_safe(reasons_of(stage))}</small>' if stage.reasons else ""
    head = f'<th scope="rowgroup" dir="auto"{span}>{_safe(stage.title)}{since}</th>'
    head += "".join(f"<td{span}>{fact}</td>" for fact in facts)
    if not moves:
        yield f'<tr>{head}<td colspan="{columns - 4}"></td></tr>'
    titles = {other.name: other.title for other in pipeline.stages}
    for move in moves:
        cells = [
            _safe(move.trigger),
            _safe(titles.get(move.destination, move.destination)),
            ", ".join(f"<bdi>{_safe(name)}</bdi>" for name in conditions(pipeline, move)),
            *([_now(move, ways)] if columns > len(_HEADINGS) else []),
        ]
        yield f"<tr>{head}" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"
        head = ""


def _now(move: Move, ways: Sequence[Way]) -> str:
    verdicts = [way.verdict for way in ways if way.trigger == move.trigger and _is_along(way, move)]
    if not verdicts:
        return ""
    if isinstance(verdicts[0], Refusal):
        return "✗ " + "; ".join(f"<bdi>{_safe(str(o))}</bdi>" for o in verdicts[0].objections)
    return "✓"


def _is_along(way: Way, move: Move) -> bool:
    return move.destination in (way.destination.name, *Destination)


def _safe(text: str) -> str:
    return shown(text).translate(_ESCAPES)
