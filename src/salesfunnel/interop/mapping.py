"""
A mapping: which column of a file is which field, and which of its words is which stage, as data.

Mappings are TOML files. Headers and words are matched by their fold, so case, accents, half-spaces
and Arabic letters make no difference.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from ..errors import InvalidDefinition, UnreadableFile
from ..values.frozen_map import FrozenMap
from ..values.yes_no import YES_NO_WORDS
from .encoding import opened
from .formats import FileFormat
from .mapping_checks import as_list, mapping_problems
from .noun_mapping import NounMapping, key

SHIPPED = (
    *("salesfunnel", "salesforce", "vtiger", "suitecrm", "dynamics", "hubspot", "odoo", "zoho"),
    "pipedrive",
)
"""The mappings that come with the library; the first is for a plain list."""

_LONGEST = 2**16
_LONGEST_LINE = 2_000
_MOST_PROBLEMS = 20


@attrs.frozen(kw_only=True)
class FileMapping:
    """
    How a file is read: the fields of leads and opportunities, and the format of dates and numbers.

    >>> load_mapping("salesforce").lead.field_of("Company / Account")
    'company'
    """

    name: str
    lead: NounMapping
    opportunity: NounMapping
    format: FileFormat = FileFormat()


def load_mapping(name: str | Path) -> FileMapping:
    """
    Load a mapping that comes with the library by its name, or one of your own by its file.

    Raises `InvalidDefinition` with every fault in it, or `UnreadableFile` if there is no such file.

    >>> load_mapping("salesfunnel").opportunity.field_of("montant")
    'amount'
    """
    if name in SHIPPED:
        return _shipped_mapping(str(name))
    path = Path(name)
    remedy = f"name a TOML file, or one of: {', '.join(SHIPPED)}"
    if not path.exists():
        raise UnreadableFile(path.name, "there is no such mapping", remedy)
    with opened(path) as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise UnreadableFile(path.name, f"is no mapping: it has over {_LONGEST:,} bytes", remedy)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(path.name, "is not UTF-8 text", remedy) from None
    return read_mapping(text, name=path.stem)


def read_mapping(text: str, *, name: str) -> FileMapping:
    r"""
    Read a mapping from the text of a TOML file.

    >>> mine = read_mapping('[opportunity.columns]\namount = "close_value"', name="mine")
    >>> mine.opportunity.field_of("Close Value")
    'amount'
    """
    # A key of many dotted parts takes the parser quadratic time.
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        problem = f"has a line of more than {_LONGEST_LINE:,} letters; break it"
        raise InvalidDefinition(f"mapping {name}", (problem,))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidDefinition(f"mapping {name}", (f"is no TOML: {error}",)) from None
    except RecursionError:
        problem = "is no TOML that can be read: it is nested too deep"
        raise InvalidDefinition(f"mapping {name}", (problem,)) from None
    if problems := tuple(islice(mapping_problems(document), _MOST_PROBLEMS)):
        raise InvalidDefinition(f"mapping {name}", problems)
    form = document.get("format", {})
    return FileMapping(
        name=document.get("name", name),
        lead=_section(document.get("lead", {}), "lead"),
        opportunity=_section(document.get("opportunity", {}), "opportunity"),
        format=FileFormat(**{**form, "dates": tuple(form.get("dates", ()))}),
    )


@functools.cache
def _shipped_mapping(name: str) -> FileMapping:
    return read_mapping(_shipped(name), name=name)


def _shipped(name: str) -> str:
    folder = resources.files("salesfunnel.interop").joinpath("mappings")
    return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")


@functools.cache
def _usual_words(kind: str) -> FrozenMap[str, FrozenMap[str, str]]:
    """Read the words that mean the same in every file, field by field."""
    words = tomllib.loads(_shipped("words"))
    tables = {
        **words[kind],
        "answers": {**YES_NO_WORDS},
        "currency": words["currency"],
        "source": {},
    }
    return FrozenMap({field: FrozenMap(_by_key(table)) for field, table in tables.items()})


def _section(table: dict[str, Any], kind: str) -> NounMapping:
    columns = {
        key(header): field if part == "columns" else f"{part}.{field}"
        for part in ("columns", "answers", "details")
        for field, headers in table.get(part, {}).items()
        for header in as_list(headers)
    }
    own = table.get("values", {})
    words = {
        field: FrozenMap({**usual, **_by_key(own.get(field, {}))})
        for field, usual in _usual_words(kind).items()
    }
    return NounMapping(FrozenMap(columns), FrozenMap(words))


def _by_key(table: dict[str, Any]) -> dict[str, str]:
    """Turn ``{meaning: [words]}`` round; each meaning is also a word for itself."""
    return {key(w): meaning for meaning, words in table.items() for w in (meaning, *as_list(words))}
