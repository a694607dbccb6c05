"""A rule in SQL: what it answers in each row, as conditions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from ..errors import InvalidValue, Text, WrongKind, did_you_mean
from ..rules.kinds import TEXT
from ..rules.operators import OPERATORS, may_be_known
from ..rules.rule import Rule
from ..rules.truth import Truth
from .columns import SqlColumn
from .dialect import Dialect
from .fact_texts import FactText
from .operators import IN_SQL
from .truth_texts import NO, TruthText, all_hold, enough_hold, turned

_FUNCTION = Text(
    "function_in_sql",
    "{field} asks a Python function, which no database can run",
    "use a rule, or judge row by row",
)
_NO_COLUMN = Text(
    "no_sql_column",
    "{field} is the path of a fact of which no column is named{meant}",
    "columns={{{path!r}: SqlColumn(…)}}",
)
_NO_WORDS = Text(
    "sql_words_missing",
    "column {field} holds texts, and its words are not named, so that no row could be judged",
    "words=[…], such as SELECT DISTINCT finds them; words=[] if there are none",
)
_OTHER = Text(
    "sql_column_of_other_kind",
    "each value of column {field} is {found}, and criterion {what} asks for {wanted}",
    "store it as that, or name a view that casts it",
)
_STOREY = 8  # so many rules within one another are written as one condition


@attrs.define
class SqlJudge:
    """
    Writes rules as conditions about the columns of one table, at one instant.

    What lies deep within a rule becomes a column of a step of its own, one for each storey, since
    a database reads only so many brackets within one another.
    """

    sql: Dialect
    columns: Mapping[str, SqlColumn]
    at: datetime
    facts: dict[str, FactText] = attrs.field(factory=dict, init=False)
    storeys: list[dict[str, str]] = attrs.field(factory=list, init=False)

    def judge(self, rule: Rule, *, what: str) -> TruthText:
        """Say in which rows a rule is a yes, a no, or unknown."""
        if rule.function is not None:
            raise InvalidValue(what, _FUNCTION)
        if rule.op in OPERATORS:
            return self._one_fact(rule, what=what)
        parts = [self.judge(part, what=what) for part in rule.parts]
        if rule.op == "not":
            found = turned(parts[0])
        elif isinstance(rule.operand, int):
            found = enough_hold(rule.operand, parts)
        else:
            found = all_hold(parts)
        return found if rule.depth % _STOREY else self.set_apart(found, rule.depth // _STOREY - 1)

    def set_apart(self, truth: TruthText, storey: int) -> TruthText:
        """Give conditions names of their own, as columns of a storey; return what reads them."""
        self.storeys += [{} for _ in range(storey + 1 - len(self.storeys))]
        parts: dict[str, str] = {}
        for field, condition in attrs.asdict(truth).items():
            if condition:
                name = f"{field}_{storey}_{len(self.storeys[storey])}"
                self.storeys[storey][name] = condition
                parts[field] = name
        return TruthText(**parts)

    def _one_fact(self, rule: Rule, *, what: str) -> TruthText:
        fact = self._fact(rule.path)
        if not may_be_known(fact.kind, rule.op, rule.operand):
            wanted = " or ".join(OPERATORS[rule.op].fits(rule.operand))
            params = {"found": fact.kind, "what": what, "wanted": wanted}
            raise InvalidValue(fact.column.name, _OTHER, params)
        if fact.kind == TEXT:
            return self._text(rule, fact)
        answers = IN_SQL[rule.op](fact, rule.operand, self.at)
        if rule.op == "answered" or fact.kind in OPERATORS[rule.op].fits(rule.operand):
            return answers
        # Of a kind that can tell some of its options, and that is not asked for.
        return attrs.evolve(answers, amiss=f"({fact.known} AND {answers.unknown})")

    def _fact(self, path: str) -> FactText:
        if path not in self.facts:
            if path not in self.columns:
                meant = did_you_mean(path, list(self.columns))
                said = f"; did you mean {meant}?" if meant else ""
                raise InvalidValue(path, _NO_COLUMN, {"meant": said, "path": path})
            column: object = self.columns[path]
            if not isinstance(column, SqlColumn):
                raise WrongKind.of(path, column, wanted='SqlColumn("name", bool)')
            self.facts[path] = FactText(f"fact_{len(self.facts)}", column, self.sql)
        return self.facts[path]

    def _text(self, rule: Rule, fact: FactText) -> TruthText:
        """Let the rule itself judge each different text, and look up what it said."""
        words = fact.column.words
        if words is None:
            raise InvalidValue(fact.column.name, _NO_WORDS)
        alone = Rule(rule.op, "text", rule.operand)
        judge = alone.compiled()
        said: dict[Truth, list[str]] = {True: [], False: [], None: []}
        amiss: list[str] = []
        for word in words:
            truth = judge({"text": word}, self.at)
            said[truth].append(word)
            if truth is None and alone.problem({"text": word}, at=self.at):
                amiss.append(word)
        again = self._among(fact, amiss) if amiss else ""
        return TruthText(self._among(fact, said[True]), self._among(fact, said[False]), again)

    def _among(self, fact: FactText, words: list[str]) -> str:
        if not words:
            return NO
        texts = ", ".join(self.sql.text(word, fact.column.name) for word in words)
        return f"({fact.known} AND {fact.fact}{self.sql.collation} IN ({texts}))"
