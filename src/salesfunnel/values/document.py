"""
Reading a definition that may come from a stranger: JSON of limited size, depth and numbers.

Rules, pipelines and policies are read by these functions. Each takes a piece of the document, its
place, such as ``$.criteria[3].rule[1]``, and what is defined, and raises an `InvalidDefinition`
that names the place and repeats nothing of what stands there. Control and direction characters are
refused here, in any text and key of a document.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar, cast

import attrs

from ..errors import InvalidDefinition, InvalidValue, Problem, Text
from .codecs import MOST_PROBLEMS, Codec, under
from .document_keys import MISSING, place_of, strange_keys
from .numbers import exact_decimal
from .text import is_plain

MadeT = TypeVar("MadeT")

DEEPEST_DOCUMENT = 48

_LONGEST_NUMBER = 40
_MOST_SECONDS_DIGITS = 12

_NOT_JSON = Text("not_json", "is not JSON (line {line}, column {column})")
_NOT_BYTES = Text("not_json_text", "must be JSON in a text or in bytes")
_NOT_UTF8 = Text("not_utf8_document", "is not UTF-8")
_LONG = Text("document_too_long", "is longer than {most} characters")
_WIDE = Text("document_too_wide", "holds more than {most} values")
_DEEP = Text("document_too_deep", "is nested more than {most} deep")
_TWICE = Text("key_twice", "a key occurs twice")
_NO_NUMBER = Text("not_a_finite_number", "NaN and Infinity are not numbers")
_FINE = Text(
    "number_of_document",
    "a number has at most 24 digits before and 12 after its point, and no exponent",
)
_HUGE = Text("number_too_large", "a number is too large", "up to {digits} digits")
_CONTROL = Text(
    "control_in_document", "holds a control or direction character", "write visible characters only"
)
_FORMAT = Text("wrong_format", 'must be "{format}"')
_VERSION = Text("wrong_version", "only version {version} can be read")


@attrs.frozen
class Limits:
    """
    How much a document may hold, and whether its texts must be one line of visible characters.

    >>> DEFINITION.values
    10000
    """

    characters: int
    values: int
    is_plain: bool


DEFINITION = Limits(characters=500_000, values=10_000, is_plain=True)
STORED = Limits(characters=5_000_000, values=200_000, is_plain=False)


def read_document(text: str | bytes, *, what: str, limits: Limits = DEFINITION) -> Any:  # noqa: ANN401 - any JSON
    """
    Parse JSON. Fractions become `Decimal`; duplicate keys, NaN and huge numbers are refused.

    >>> read_document('{"weight": 0.5}', what="policy")
    {'weight': Decimal('0.5')}
    >>> read_document('{"weight": [1, NaN]}', what="policy")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.weight[1]: NaN and Infinity are not numbers
    """
    characters = _decoded(text, what, limits)
    _check_extent(characters, what, limits)
    parser = _Parser()
    try:
        document = json.loads(
            characters,
            object_pairs_hook=parser.object,
            parse_float=parser.fraction,
            parse_int=parser.integer,
            parse_constant=parser.constant,
        )
    except json.JSONDecodeError as error:
        problem = _NOT_JSON.problem(where="$", line=error.lineno, column=error.colno)
        raise InvalidDefinition(what, (problem,)) from None
    if parser.has_refused or limits.is_plain:  # only now a place is worth looking for
        problems = tuple(islice(_refusals(document, "$", limits), MOST_PROBLEMS))
        if problems:
            raise InvalidDefinition(what, problems)
    return document


def read_at(where: str, codec: Codec, data: object, *, what: str, given: object = None) -> Any:  # noqa: ANN401 - of the row
    """
    Read a piece of a document by its row; problems say where in the document they are.

    >>> from salesfunnel.values.codecs import TEXT
    >>> read_at("$.name", TEXT, 5, what="policy")
    Traceback (most recent call last):
    salesfunnel.errors.InvalidDefinition: policy: $.name: must be a text
    """
    try:
        return codec.read(data, given)
    except InvalidDefinition as error:
        raise InvalidDefinition(what, tuple(under(where, error)[:MOST_PROBLEMS])) from None


def check_written(text: str, *, what: str, limits: Limits) -> None:
    """
    Refuse a document that was written and that no one could read again.

    >>> check_written("[]", what="document", limits=STORED)
    """
    _check_extent(_decoded(text, what, limits), what, limits)


def check_extent(data: object, *, what: str, limits: Limits) -> None:
    """
    Refuse plain data that hold more than a document may, or nest deeper, as JSON is refused.

    >>> check_extent({"events": []}, what="document", limits=STORED)
    """
    held, depth = 0, 0
    level: list[Any] = [data] if type(data) in {dict, list} else []
    while level:
        depth += 1
        if depth > DEEPEST_DOCUMENT:
            raise InvalidDefinition(what, (_DEEP.problem(where="$", most=DEEPEST_DOCUMENT),))
        held += sum([len(item) or 1 for item in level])
        if held > limits.values:
            raise InvalidDefinition(what, (_WIDE.problem(where="$", most=limits.values),))
        level = [
            inner
            for item in level
            for inner in (item.values() if type(item) is dict else item)
            if type(inner) is dict or type(inner) is list  # most are neither
        ]


def write_as(codec: Codec, value: object, *, what: str) -> Any:  # noqa: ANN401 - any JSON
    """
    Write a value by its row; problems say where in the document they would stand.

    >>> from salesfunnel.values.codecs import TEXT
    >>> write_as(TEXT, "Novin", what="policy")
    'Novin'
    """
    try:
        return codec.write(value)
    except InvalidDefinition as error:
        raise InvalidDefinition(what, tuple(under("$", error))) from None


def part_of(
    document: Mapping[str, Any],
    key: str,
    *,
    what: str,
    where: str = "$",
    beside: Collection[str] = (),
) -> Any:  # noqa: ANN401 - any JSON
    """
    Return the one thing that a document holds beside its head.

    >>> part_of({"format": "salesfunnel.rule", "version": 1, "rule": []}, "rule", what="rule")
    []
    """
    known = {*beside, "format", key, "version"}
    if key in document and document.keys() <= known:
        return document[key]
    strange = strange_keys(document, sorted(known))
    problems = [attrs.evolve(problem, where=f"{where}{problem.where}") for problem in strange]
    if key not in document:
        problems.insert(0, MISSING.problem(where=where, key=key))
    raise InvalidDefinition(what, tuple(problems[:MOST_PROBLEMS]))


def read_head(value: object, *, what: str, form: str, version: int, where: str = "$") -> None:
    """
    Check that a document says which format and version it has, and that this is the one asked for.

    >>> read_head({"format": "salesfunnel.rule", "version": 1}, what="rule", form="rule", version=1)
    """
    head = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    wanted = f"salesfunnel.{form}"
    if head.get("format") != wanted:
        raise InvalidDefinition(what, (_FORMAT.problem(where=f"{where}.format", format=wanted),))
    if type(head.get("version")) is not int or head["version"] != version:
        raise InvalidDefinition(
            what, (_VERSION.problem(where=f"{where}.version", version=version),)
        )


@attrs.frozen
class _Refused:
    """Stands in the parsed document where something cannot be accepted."""

    problem: Problem


def _decoded(text: str | bytes, what: str, limits: Limits) -> str:
    if not isinstance(text, (str, bytes)):
        raise InvalidDefinition(what, (_NOT_BYTES.problem(where="$"),))
    if len(text) > limits.characters:
        raise InvalidDefinition(what, (_LONG.problem(where="$", most=limits.characters),))
    try:
        return text if isinstance(text, str) else text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidDefinition(what, (_NOT_UTF8.problem(where="$"),)) from None


def _check_extent(text: str, what: str, limits: Limits) -> None:
    """Look at depth and size before the parser does, since it would exhaust the stack."""
    outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    if outside.count(",") + outside.count("[") + outside.count("{") > limits.values:
        raise InvalidDefinition(what, (_WIDE.problem(where="$", most=limits.values),))
    depth = 0
    _, *inside = outside.replace("{", "[").replace("}", "]").split("[")
    for piece in inside:
        depth += 1
        if depth > DEEPEST_DOCUMENT:
            raise InvalidDefinition(what, (_DEEP.problem(where="$", most=DEEPEST_DOCUMENT),))
        depth -= piece.count("]")


@attrs.define
class _Parser:
    """What the parser of JSON asks on its way; notes whether anything had to be refused."""

    has_refused: bool = False

    def refuse(self, problem: Problem) -> _Refused:
        """Let the parser go on, so that all problems are found at once."""
        self.has_refused = True
        return _Refused(problem)

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Refused:
        """Take an object, each of whose keys must be there once."""
        found = dict(pairs)
        return found if len(found) == len(pairs) else self.refuse(_TWICE.problem())

    def fraction(self, number: str) -> Decimal | _Refused:
        """Take a number with a point or an exponent."""
        try:
            return exact_decimal(number, "number", integer_digits=24, fraction_digits=12)
        except InvalidValue:
            return self.refuse(_FINE.problem())

    def integer(self, number: str) -> int | _Refused:
        """Take a whole number, unless it is so long that to read it takes long."""
        if len(number) <= _LONGEST_NUMBER:
            return int(number)
        return self.refuse(_HUGE.problem(digits=_LONGEST_NUMBER))

    def constant(self, _name: str) -> _Refused:
        """Take no NaN and no Infinity."""
        return self.refuse(_NO_NUMBER.problem())


def _refusals(value: object, place: str, limits: Limits) -> Iterator[Problem]:
    """Find what was refused while it was parsed, and every text that cannot be shown safely."""
    if isinstance(value, _Refused):
        yield value.problem.within(place)
    elif isinstance(value, str):
        if limits.is_plain and not is_plain(value):
            yield _CONTROL.problem(where=place)
    elif isinstance(value, dict):
        for number, (key, item) in enumerate(cast("dict[str, Any]", value).items()):
            inner = f"{place}{place_of(key, number)}"
            if limits.is_plain and not is_plain(key):
                yield _CONTROL.problem(where=inner)
            yield from _refusals(item, inner, limits)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _refusals(item, f"{place}[{number}]", limits)
