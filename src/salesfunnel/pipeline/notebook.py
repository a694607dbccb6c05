"""A pipeline in a notebook: a table of stages and moves that reads well in every script."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..errors import InvalidValue, Refusal
from ..values.text import shown
from .diagram import (
    Drawn,
    Verdicts,
    conditions,
    leads_along,
    mermaid,
    outline,
    percent,
)
from .move import Move
from .permit import Permit
from .stage import Stage

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_HEADINGS = ("Stage", "Kind", "Chance", "Time limit", "Move", "Leads to", "If")


def html_table(
    pipeline: Drawn, *, current: str | None = None, verdicts: Verdicts | None = None
) -> str:
    """
    Write a pipeline as an HTML table, with a line for each way out of a stage.

    With the verdicts of `Pipeline.explain`, the moves from the current stage say whether they are
    open now, and if not, why. All names are escaped, and each is written in its own direction.
    Raises `InvalidValue` for a current stage that is not there.

    >>> from salesfunnel.pipeline import OPPORTUNITY_PIPELINE
    >>> html_table(OPPORTUNITY_PIPELINE, current="proposal").count("<tr>")
    10
    """
    names = [stage.name for stage in pipeline.stages]
    if current is not None and current not in names:
        raise InvalidValue("current", "is no stage of the pipeline", ", ".join(names))
    headings = _HEADINGS if verdicts is None else (*_HEADINGS, "Now")
    lines = [
        f'<table><caption dir="auto">{_safe(pipeline.name)}</caption>',
        "<thead><tr>" + "".join(f'<th scope="col">{h}</th>' for h in headings) + "</tr></thead>",
    ]
    for stage in pipeline.stages:
        is_current = stage.name == current
        lines.append('<tbody aria-current="step">' if is_current else "<tbody>")
        lines += _rows(pipeline, stage, (verdicts or {}) if is_current else {}, len(headings))
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


def _rows(pipeline: Drawn, stage: Stage, verdicts: Verdicts, columns: int) -> Iterator[str]:
    """Write the lines of one stage, the first of them headed by the stage itself."""
    moves = [move for move in pipeline.moves if stage.name in move.sources]
    facts = (
        str(stage.kind),
        "" if stage.probability is None else percent(stage.probability),
        "" if stage.limit is None else str(stage.limit),
    )
    span = f' rowspan="{len(moves) or 1}"'
    head = f'<th scope="rowgroup" dir="auto"{span}>{_safe(stage.title)}</th>'
    head += "".join(f"<td{span}>{fact}</td>" for fact in facts)
    if not moves:
        yield f'<tr>{head}<td colspan="{columns - 4}"></td></tr>'
    titles = {other.name: other.title for other in pipeline.stages}
    for move in moves:
        cells = [
            _safe(move.trigger),
            _safe(titles.get(move.destination, move.destination)),
            ", ".join(f"<bdi>{_safe(name)}</bdi>" for name in conditions(pipeline, move)),
            *([_now(move, verdicts.get(move.trigger))] if columns > len(_HEADINGS) else []),
        ]
        yield f"<tr>{head}" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"
        head = ""


def _now(move: Move, verdict: Permit | Refusal | None) -> str:
    if isinstance(verdict, Refusal):
        return "✗ " + "; ".join(f"<bdi>{_safe(str(o))}</bdi>" for o in verdict.objections)
    if verdict is None:
        return ""
    return "✓" if leads_along(verdict, move) else "✗ another way is taken"


def _safe(text: str) -> str:
    return shown(text).translate(_ESCAPES)
