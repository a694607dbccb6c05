"""A rule on a frame: what it answers in each row, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from ..errors import InvalidValue, Text
from ..rules.kinds import NO_ZONE, TEXT
from ..rules.operators import OPERATORS, may_be_known
from ..rules.rule import Rule
from ..rules.truth import Truth
from .columns import FactColumn, fact_column
from .engine import Expr, constant, narwhals
from .known_frame import KnownFrame
from .operators import ON_COLUMNS
from .truths import Truths, negated, where_all, where_enough

_FUNCTION = Text(
    "function_on_frame",
    "{field} asks a Python function, which no engine can run",
    "use a rule, or judge row by row as the page on frames shows",
)
_OTHER = Text(
    "column_of_other_kind",
    "each value of column {field} is {found}, and criterion {what} asks for {wanted}",
    "{remedy} first",
)
_ZONE = 'say its zone, such as dt.tz_localize("UTC") or dt.replace_time_zone("UTC")'


@attrs.define
class FrameJudge:
    """
    Judges the rows of one frame at one instant. Each different text is looked at once.

    Of a lazy frame, the different texts of a column are asked for by a small query of its own.
    """

    frame: KnownFrame
    columns: Mapping[str, str]
    at: datetime
    _facts: dict[str, tuple[str, FactColumn]] = attrs.field(factory=dict, init=False)
    _texts: dict[str, list[str]] = attrs.field(factory=dict, init=False)

    def judge(self, rule: Rule, *, what: str) -> Truths:
        """Say in which rows a rule is a yes, a no, or unknown."""
        if rule.function is not None:
            raise InvalidValue(what, _FUNCTION)
        if rule.op in OPERATORS:
            return self._one_fact(rule, what=what)
        parts = [self.judge(part, what=what) for part in rule.parts]
        if rule.op == "not":
            return negated(parts[0])
        return (
            where_enough(rule.operand, parts) if isinstance(rule.operand, int) else where_all(parts)
        )

    def _one_fact(self, rule: Rule, *, what: str) -> Truths:
        if rule.path not in self._facts:
            self._facts[rule.path] = fact_column(rule.path, self.frame, self.columns)
        name, column = self._facts[rule.path]
        if not may_be_known(column.kind, rule.op, rule.operand):
            wanted = " or ".join(OPERATORS[rule.op].fits(rule.operand))
            remedy = _ZONE if column.kind == NO_ZONE else f"cast the column to {wanted}"
            params = {"found": column.kind, "what": what, "wanted": wanted, "remedy": remedy}
            raise InvalidValue(name, _OTHER, params)
        if column.kind == TEXT:
            return self._text(rule, name, column)
        answers = ON_COLUMNS[rule.op](column, rule.operand, self.at)
        if rule.op == "answered" or column.kind in OPERATORS[rule.op].fits(rule.operand):
            return answers
        # Of a kind that can tell some of its options, and that is not asked for.
        return attrs.evolve(answers, amiss=column.known & answers.unknown)

    def _text(self, rule: Rule, name: str, column: FactColumn) -> Truths:
        """Let the rule itself judge each different text, and look up what it said."""
        alone = Rule(rule.op, "text", rule.operand)
        judge = alone.compiled()
        said: dict[Truth, list[str]] = {True: [], False: [], None: []}
        amiss: list[str] = []
        for text in self._different(name, column):
            truth = judge({"text": text}, self.at)
            said[truth].append(text)
            if truth is None and alone.problem({"text": text}, at=self.at):
                amiss.append(text)
        yes = column.known & self._among(column, said[True], [*said[False], *said[None]])
        if rule.op == "answered":
            return Truths(yes, constant(True))
        known = column.known & self._among(column, [*said[True], *said[False]], said[None])
        again = column.known & column.fact.is_in(amiss) if amiss else None
        return Truths(yes, known, again)

    def _among(self, column: FactColumn, texts: list[str], others: list[str]) -> Expr:
        """Tell the texts of a list from others; the shorter list is looked up."""
        if not texts or not others:
            return constant(bool(texts))
        if len(texts) <= len(others):
            return column.fact.is_in(texts)
        return ~column.fact.is_in(others)

    def _different(self, name: str, column: FactColumn) -> list[str]:
        if name not in self._texts:
            texts = self.frame.rows.select(text=column.fact)
            if self.frame.is_eager:
                found = texts.unique()
            else:
                # Counted, since databases number all rows to tell which of them are unique.
                found = texts.group_by("text").agg(rows=narwhals().len()).collect()
            self._texts[name] = [text for text in found["text"].to_list() if isinstance(text, str)]
        return self._texts[name]
