"""
Every way in which the library says no, and the texts behind its messages.

A business *no* is a value first: a [`Refusal`][] lists all its objections. A caller's mistake, or
a verb that is refused, raises one of these errors, and for bytes, rows, definitions and stored
events from outside nothing else ever escapes::

    SalesFunnelError
    ├── InvalidValue        (ValueError)   a value that cannot exist
    │   ├── WrongKind       (TypeError)    a thing of another kind than the one that is wanted
    │   └── CurrencyMismatch               an amount in one currency met another
    ├── InvalidDefinition   (ValueError)   a definition that contradicts itself
    ├── InvalidHistory      (ValueError)   events that tell no possible story
    ├── InvalidDocument     (ValueError)   a stored form that cannot be read, or written
    ├── MoveRefused                        a verb was refused; carries the Refusal
    │   └── ConversionRefused              a conversion was refused
    ├── GuardFailed                        a guard raised, or answered with something not a bool
    ├── StaleVersion                       someone else changed the entity first
    ├── UnreadableFile      (ValueError)   not one row of a file could be read
    ├── UnwritableFile                     a file could not be written
    └── EngineFailed                       an engine could not compute what a frame was asked

Each carries fields, pickles, and has a stable ``code``. Messages name what was wrong, what is
allowed and what to do; they never repeat personal data. Each sentence is a [`Text`][], a template
with a code, so that it can be translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal

import attrs

Params = tuple[tuple[str, object], ...]

_JOINERS = r"\u200"
_WRITTEN_JOINER = re.compile(r"(?<=[^\W\d_a-z])\\u200([cd])(?=\w)", re.IGNORECASE)


def _pairs(params: Mapping[str, object] | Iterable[tuple[str, object]]) -> Params:
    pairs = params.items() if isinstance(params, Mapping) else params
    return tuple(pairs)  # pyright: ignore[reportReturnType]  # pairs are never keys of a mapping


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Give parameters as plain data: what JSON has no word for as the text that messages show."""
    plain = (str, int, bool, type(None))
    return {n: value if type(value) in plain else str(value) for n, value in params.items()}


def _filled_in(template: str, /, **params: object) -> str:
    r"""
    Fill parameters into a template; the half-spaces of a quoted Persian word stand as they are.

    So the word can be copied into a mapping. Signs of direction and controls are written out.

    >>> _filled_in("has {word!r}", word="بی\u200cکیفیت") == "has 'بی\u200cکیفیت'"
    True
    >>> print(_filled_in("has {word!r}", word="\u202eexe"))
    has '\u202eexe'
    """
    text = template.format(**params)
    return _WRITTEN_JOINER.sub(_joiner, text) if _JOINERS in text else text


def _joiner(found: re.Match[str]) -> str:
    return "\u200c" if found[1] == "c" else "\u200d"


@attrs.frozen
class Text:
    """
    A sentence that a user may meet: its code, its template, and what to do about it.

    Template and remedy name their parameters in braces. One code stands for one template, so a
    translation is a table of templates by code.

    >>> MISSING = Text("missing", "{fact} is not known", "find out {fact}")
    >>> print(MISSING.objection(fact="the amount"))
    the amount is not known
    """

    code: str
    template: str
    remedy: str = ""

    def objection(self, **params: object) -> Objection:
        """
        Say what stands in the way of a verb.

        >>> Text("closed", "it is {stage}", "reopen it first").objection(stage="lost").remedy
        'reopen it first'
        """
        return Objection(self, params)

    def problem(self, *, where: str = "", is_error: bool = True, **params: object) -> Problem:
        """
        Say what is wrong with a definition, and where.

        >>> print(Text("not_a_list", "must be a list").problem(where="$.criteria"))
        $.criteria: must be a list
        """
        return Problem(self, params, where=where, is_error=is_error)


@attrs.frozen
class Statement:
    """
    A text with its parameters filled in: an objection, a problem, a note on a row is one.

    >>> agreed = Text("not_agreed", "the amount is not agreed", "agree on {amount}")
    >>> said = Statement(agreed, {"amount": "900 EUR"})
    >>> said.message, said.remedy
    ('the amount is not agreed', 'agree on 900 EUR')
    """

    text: Text = attrs.field(repr=lambda text: text.code)
    _params: Params = attrs.field(default=(), converter=_pairs, repr=False)

    @property
    def code(self) -> str:
        """The code of the sentence, the same in every language."""
        return self.text.code

    @property
    def params(self) -> dict[str, object]:
        """What is filled into the template, by name."""
        return dict(self._params)

    @property
    def message(self) -> str:
        """What is said, as a sentence without its full stop."""
        return _filled_in(self.text.template, **self.params)

    @property
    def remedy(self) -> str:
        """What would help; empty where nothing does."""
        return _filled_in(self.text.remedy, **self.params)

    def __str__(self) -> str:
        """Say it."""
        return self.message


@attrs.frozen
class Objection(Statement):
    """
    One unmet condition: what stands in the way and what would satisfy it.

    ``message`` is the template of the text with the ``params`` filled in, and ``remedy`` likewise.

    >>> agreed = Text("not_agreed", "the amount is not agreed", "agree on {amount}")
    >>> objection = Objection(agreed, {"amount": "900 EUR"})
    >>> print(objection, objection.remedy, sep="; ")
    the amount is not agreed; agree on 900 EUR
    """

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts to ask for, by their paths, where knowing them is all that it takes."""
        named = {"missing": "fact", "unknown_fact": "unknown"}.get(self.code, "")
        said = self.params.get(named, "")
        return tuple(str(said).split(", ")) if said else ()

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for a form that asks for what is missing.

        >>> Text("missing", "{fact} is not known").objection(fact="amount").as_data()["facts"]
        ['amount']
        """
        return {
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "params": _plain(self.params),
            "facts": list(self.facts),
        }


@attrs.frozen
class Problem(Statement):
    """
    Something wrong with a definition (an error), or at least doubtful, and where it stands.

    >>> print(Problem(Text("dead_end", "no move leads out of stage {stage}"), {"stage": "demo"}))
    no move leads out of stage demo
    """

    where: str = attrs.field(default="", kw_only=True)
    is_error: bool = attrs.field(default=True, kw_only=True)

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data, for an editor of definitions.

        >>> Text("not_a_list", "must be a list").problem(where="$.stages").as_data()["where"]
        '$.stages'
        """
        return {
            "code": self.code,
            "where": self.where,
            "message": self.message,
            "params": _plain(self.params),
            "is_error": self.is_error,
        }

    def within(self, where: str) -> Problem:
        """
        Say the same of a part that stands inside something larger.

        >>> print(Text("not_a_list", "must be a list").problem().within("$.stages"))
        $.stages: must be a list
        """
        return attrs.evolve(self, where=self.where or where)

    def __str__(self) -> str:
        """Say the problem, and where it is."""
        said = f"{self.where}: {self.message}" if self.where else self.message
        return f"{said}; {self.remedy}" if self.remedy else said


def _with_remedy(text: Text, **params: object) -> str:
    """Say a text, and what to do about it where something helps."""
    said = Statement(text, params)
    return f"{said.message}; {said.remedy}" if said.remedy else said.message


REFUSED = Text("refused", "cannot {trigger}: {objections}")


@attrs.frozen
class Refusal:
    """
    A *no* with all its reasons. It is falsy, so that ``if opportunity.decide(…):`` reads well.

    >>> unknown = Text("guard", "no decision maker is known", "involve one")
    >>> no = Refusal("win", "proposal", (unknown.objection(),))
    >>> bool(no), no.code
    (False, 'guard')
    >>> print(no)
    cannot win: no decision maker is known (involve one)
    """

    trigger: str
    stage: str
    objections: tuple[Objection, ...]

    @property
    def code(self) -> str:
        """The code of the first objection."""
        return self.objections[0].code

    @property
    def params(self) -> dict[str, object]:
        """What is filled into the template of a refusal, by name."""
        reasons = (f"{o} ({o.remedy})" if o.remedy else str(o) for o in self.objections)
        return {"trigger": self.trigger, "objections": "; ".join(reasons)}

    @property
    def message(self) -> str:
        """What was refused, every reason, and what would help."""
        return _filled_in(REFUSED.template, **self.params)

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data: what was refused, from which stage, and every objection.

        >>> Refusal("win", "lost", (Text("closed", "it is closed").objection(),)).as_data()["stage"]
        'lost'
        """
        return {
            "allowed": False,
            "trigger": self.trigger,
            "stage": self.stage,
            "code": self.code,
            "message": self.message,
            "objections": [objection.as_data() for objection in self.objections],
        }

    def __bool__(self) -> Literal[False]:
        """Is always false: a refusal is a no."""
        return False

    def __str__(self) -> str:
        """Say what was refused, every reason, and what would help."""
        return self.message


def did_you_mean(given: object, known: Iterable[str]) -> str:
    """
    Return the known word that was probably meant by another one, or nothing.

    >>> did_you_mean("propse", ["propose", "lose"]), did_you_mean("sing", ["propose", "lose"])
    ('propose', '')
    >>> did_you_mean("bnat", ["BANT", "NEAT"])  # letters that changed places come first
    'BANT'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    words = {word.casefold(): word for word in known}
    written = given[:100].casefold() if isinstance(given, str) else ""
    near = [word for word in words if sorted(word) == sorted(written)]
    near = near or get_close_matches(written, words, n=1, cutoff=0.7)
    return words[near[0]] if near else ""


class SalesFunnelError(Exception):
    """The root of every error that the library raises on purpose."""

    code: ClassVar[str] = "error"


@attrs.define
class InvalidValue(SalesFunnelError, ValueError):
    """
    A value that cannot exist, such as an amount that is not a number.

    The offending text is never repeated, since it may be personal. The remedy of the text says
    what is allowed.

    >>> NOT_A_NUMBER = Text(
    ...     "not_a_number", "{field} is not a number", "digits with a decimal point"
    ... )
    >>> raise InvalidValue("amount", NOT_A_NUMBER)
    Traceback (most recent call last):
    salesfunnel.errors.InvalidValue: amount is not a number; allowed: digits with a decimal point
    """

    code: ClassVar[str] = "invalid_value"

    field: str
    text: Text
    params: Mapping[str, object] = attrs.field(factory=dict)

    @property
    def message(self) -> str:
        """What was wrong."""
        return _filled_in(self.text.template, field=self.field, **self.params)

    @property
    def problem(self) -> str:
        """What was wrong, without the name of the field."""
        return self.message.removeprefix(f"{self.field} ")

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return _filled_in(self.text.remedy, field=self.field, **self.params)

    def __str__(self) -> str:
        """Say what was wrong and what is allowed."""
        return f"{self.message}; allowed: {self.allowed}" if self.allowed else self.message


WRONG_KIND = Text("wrong_kind", "{field} is of the wrong kind: {found}", "{wanted}")


@attrs.define
class WrongKind(InvalidValue, TypeError):
    """
    A thing of another kind than the one that is wanted, such as a name instead of a mapping.

    >>> raise WrongKind.of("policy", None, wanted="a policy, such as BANT")
    Traceback (most recent call last):
    salesfunnel.errors.WrongKind: policy is of the wrong kind: None; allowed: a policy, such as BANT
    """

    code: ClassVar[str] = "wrong_kind"

    @classmethod
    def of(cls, field: str, found: object, *, wanted: str) -> WrongKind:
        """
        Say of which kind a thing is, and which kind is wanted.

        >>> WrongKind.of("leads", "abc", wanted="several leads").params["found"]
        'str'
        """
        kind = "None" if found is None else type(found).__name__
        return cls(field, WRONG_KIND, {"found": kind, "wanted": wanted})


@attrs.define
class CurrencyMismatch(InvalidValue):
    """Amounts in two currencies were added, compared by size, or shared out together."""

    code: ClassVar[str] = "currency_mismatch"


@attrs.define
class InvalidDefinition(SalesFunnelError, ValueError):
    """A rule, policy, pipeline or mapping that contradicts itself; lists every problem."""

    code: ClassVar[str] = "invalid_definition"

    what: str
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        """Name the definition and every problem in it."""
        return f"{self.what}: " + "; ".join(map(str, self.problems))


@attrs.define
class InvalidHistory(SalesFunnelError, ValueError):
    """Events that tell no possible story, such as a timeline without a beginning."""

    code: ClassVar[str] = "invalid_history"

    what: str
    text: Text
    params: Mapping[str, object] = attrs.field(factory=dict)
    number: int | None = None
    """Which event it is about, counted from 0 along the timeline, where it is a single one."""

    @property
    def message(self) -> str:
        """What is impossible about it."""
        return _filled_in(self.text.template, **self.params)

    def __str__(self) -> str:
        """Say whose history it is and what is impossible about it."""
        return f"{self.what} {self.message}"


@attrs.define
class InvalidDocument(SalesFunnelError, ValueError):
    """
    A document that cannot be read, or a value that no document can hold; lists the problems.

    Each problem says where in the document it is, such as ``$.events[7].at``, and repeats nothing
    of what stands there.
    """

    code: ClassVar[str] = "invalid_document"

    what: str
    problems: tuple[Problem, ...]

    def as_data(self) -> dict[str, object]:
        """
        Give it as plain data: every problem with its place, for the answer to a client.

        >>> missing = Text("key_missing", "{key} is missing").problem(where="$.events[0]", key="at")
        >>> InvalidDocument("lead", (missing,)).as_data()["problems"][0]["where"]
        '$.events[0]'
        """
        return {
            "code": self.code,
            "what": self.what,
            "message": str(self),
            "problems": [problem.as_data() for problem in self.problems],
        }

    def __str__(self) -> str:
        """Name the document and every problem in it."""
        return f"{self.what}: " + "; ".join(map(str, self.problems))


@attrs.define
class MoveRefused(SalesFunnelError):
    """A verb was refused. ``refusal`` holds all the reasons as a value."""

    code: ClassVar[str] = "move_refused"

    refusal: Refusal

    def as_data(self) -> dict[str, object]:
        """
        Give the refusal as plain data, for a form.

        >>> closed = Text("closed", "it is closed", "reopen it first")
        >>> MoveRefused(Refusal("win", "lost", (closed.objection(),))).as_data()["code"]
        'closed'
        """
        return self.refusal.as_data()

    def __str__(self) -> str:
        """Say what was refused, every reason, and what would help."""
        return str(self.refusal)


@attrs.define
class ConversionRefused(MoveRefused):
    """A lead cannot be converted, or a plan no longer fits the lead."""

    code: ClassVar[str] = "conversion_refused"


GUARD_FAILED = Text(
    "guard_failed", "guard {guard!r} {problem}", "a guard must return True or False"
)


@attrs.define
class GuardFailed(SalesFunnelError):
    """A guard raised, or answered with something that is neither ``True`` nor ``False``."""

    code: ClassVar[str] = "guard_failed"

    guard: str
    problem: str

    def __str__(self) -> str:
        """Name the guard and what it did."""
        return _with_remedy(GUARD_FAILED, guard=self.guard, problem=self.problem)


STALE_VERSION = Text(
    "stale_version", "expected version {expected}, found {found}", "load it again and repeat"
)


@attrs.define
class StaleVersion(SalesFunnelError):
    """Someone else changed the entity first."""

    code: ClassVar[str] = "stale_version"

    expected: int
    found: int

    def __str__(self) -> str:
        """Say both versions and what to do."""
        return _with_remedy(STALE_VERSION, expected=self.expected, found=self.found)


@attrs.define
class UnreadableFile(SalesFunnelError, ValueError):
    """Not one row of a file could be read: missing, empty, binary, or with unknown headers."""

    code: ClassVar[str] = "unreadable_file"

    file: str
    text: Text
    params: Mapping[str, object] = attrs.field(factory=dict)

    @property
    def problem(self) -> str:
        """What is wrong with the file."""
        return _filled_in(self.text.template, **self.params)

    @property
    def remedy(self) -> str:
        """What to do about it; empty where nothing helps."""
        return _filled_in(self.text.remedy, **self.params)

    def __str__(self) -> str:
        """Name the file, what is wrong with it, and what to do."""
        return f"{self.file}: {_with_remedy(self.text, **self.params)}"


UNWRITABLE = Text("unwritable_file", "{file}: it could not be written; the system says: {reason}")


@attrs.define
class UnwritableFile(SalesFunnelError):
    """A file could not be written; what stood there before is still there, whole."""

    code: ClassVar[str] = "unwritable_file"

    file: str
    reason: str

    def __str__(self) -> str:
        """Name the file and what the system says."""
        return _with_remedy(UNWRITABLE, file=self.file, reason=self.reason)


ENGINE_FAILED = Text(
    "engine_failed",
    "{engine} could not compute it, and raised {reason}",
    "see whether its session, its connection and its files are still there, and ask again",
)


@attrs.define
class EngineFailed(SalesFunnelError):
    """An engine could not compute what a frame was asked: a session has ended, a file is gone."""

    code: ClassVar[str] = "engine_failed"

    engine: str
    reason: str

    def __str__(self) -> str:
        """Name the engine, what it raised, and what to do; its own words may repeat a row."""
        return _with_remedy(ENGINE_FAILED, engine=self.engine, reason=self.reason)
