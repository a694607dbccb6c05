"""Stages that a file has and no pipeline: all of them as they are found, or those that lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, islice
from types import MappingProxyType

from ...errors import InvalidValue, Text
from ...pipeline.codes import is_name
from ...pipeline.pipeline import Pipeline
from ...pipeline.presets.free import free_pipeline
from ...pipeline.stage import Stage, StageKind
from ..cells.cell_text import one_line, without_controls
from ..rows.records import Record
from ..rows.row_fault import Refused, RowFault
from .file_stages import AS_FOUND, FileStages
from .mapped_columns import MappedColumns
from .noun_mapping import NounMapping, key, without_remark

Rows = Iterable[Record | Refused]
Ways = Mapping[str, Sequence[str]]
_NO_WAYS: Ways = MappingProxyType({})
_MOST_STAGES = 60
_IN_ORDER_OF_ROWS = Text(
    "stages_in_order_of_rows",
    "the stages come in the order in which the rows have them: {stages}",
    "a history (--history FILE, history=…) tells their order, or a pipeline of your own",
)


def as_found(
    columns: MappedColumns, rows: Rows, ways: Ways = _NO_WAYS
) -> tuple[Pipeline, MappedColumns]:
    """
    Make a pipeline of the stages of a file, in the order in which its deals came through them.

    Where no history tells it, that is the order of the rows, which the columns that come back have
    among their guesses. Won and lost are those whose words are known as such; what is missing of
    them is added.

    Args:
        columns: the columns of the file.
        rows: its rows, which are read more than once.
        ways: the words of the stages through which each deal came, by its id, the first one first.
    """
    told = [ways[one] for one in _cells(columns, rows, "id") if one in ways] if ways else []
    usable = (word for word in chain.from_iterable(told) if _is_word(word, columns))
    first = islice(_words(columns, rows), _MOST_STAGES)
    words = {key(word): word for word in chain(first, usable)}
    found = {
        one: Stage(words[one], kind=_kind(columns.noun, words[one]))
        for one in ordered_by_ways([*words][:_MOST_STAGES], [[*map(key, way)] for way in told])
    }
    kinds = {stage.kind for stage in found.values()}
    usual = {StageKind.OPEN: "Open", StageKind.WON: "Won", StageKind.LOST: "Lost"}
    more = (Stage(name, kind=kind) for kind, name in usual.items() if kind not in kinds)
    order = list(StageKind)
    stages = sorted((*found.values(), *more), key=lambda stage: order.index(stage.kind))
    pipeline = free_pipeline(AS_FOUND, stages)
    return pipeline, columns if told else columns.with_guess(assumed_order(pipeline))


def assumed_order(pipeline: Pipeline) -> RowFault:
    """
    Say in which order the stages of a file are taken where nothing tells it.

    >>> from salesfunnel.pipeline import SALESFORCE
    >>> assumed_order(SALESFORCE).params["stages"][:25]
    'Prospecting, Qualificatio'
    """
    names = ", ".join(stage.title for stage in pipeline.stages if stage.is_open)
    return RowFault(_IN_ORDER_OF_ROWS, {"stages": names})


def ordered_by_ways(found: Sequence[str], ways: Iterable[Sequence[str]]) -> list[str]:
    """
    Put stages into the order in which most went through them; those of no way come last.

    >>> ordered_by_ways(
    ...     ["won", "offer", "visit"], [["visit", "offer"], ["visit", "won"], ["offer", "won"]]
    ... )
    ['visit', 'offer', 'won']
    """
    before: Counter[tuple[str, str]] = Counter()
    told = set[str]()
    for way in ways:
        told.update(way)
        before.update(combinations(dict.fromkeys(way), 2))
    left, order = list(found), list[str]()

    def behind(one: str) -> tuple[bool, int]:
        return one not in told, sum(before[other, one] > before[one, other] for other in left)

    while left:
        order.append(min(left, key=behind))
        left.remove(order[-1])
    return order


def completed(pipeline: Pipeline, columns: MappedColumns, rows: Rows) -> Pipeline:
    """
    Add to the pipeline of a CRM the stages of a file that it lacks, if their words are known.

    Who uses a CRM renames its stages, and keeps most of them.
    """
    stages = FileStages(pipeline, columns.noun)
    added: dict[str, Stage] = {}
    for word in islice(_words(columns, rows), _MOST_STAGES):
        name = without_remark(word)
        try:
            stages.find(word)
        except InvalidValue:
            if columns.noun.meaning_of(name, field="stage"):
                added.setdefault(key(name), Stage(name))
    if not added:
        return pipeline
    opened = [stage for stage in pipeline.stages if stage.is_open]
    closed = [stage for stage in pipeline.stages if not stage.is_open]
    return free_pipeline(pipeline.name, [*opened, *added.values(), *closed])


def _words(columns: MappedColumns, rows: Rows) -> Iterator[str]:
    """List the words of the stages of a file, each once, in the order of its rows."""
    seen: set[str] = set()
    for cell in _cells(columns, rows, "stage"):
        if cell in seen:
            continue
        seen.add(cell)
        word = one_line(without_controls(cell)[0]).strip()
        if _is_word(word, columns) and key(word) not in seen:
            seen.add(key(word))
            yield word


def _cells(columns: MappedColumns, rows: Rows, field: str) -> Iterator[str]:
    places = [place for place, _ in columns.places.get(field, ())]
    return (row.cells[at].strip() for row in rows if isinstance(row, Record) for at in places)


def _is_word(word: str, columns: MappedColumns) -> bool:
    return is_name(word) and word not in columns.blanks


def _kind(noun: NounMapping, word: str) -> StageKind:
    meaning = noun.meaning_of(word, field="stage") or noun.meaning_of(word, field="outcome")
    return StageKind(meaning) if meaning in ("won", "lost") else StageKind.OPEN
