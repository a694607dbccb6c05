"""
A mapping: which column of a file is which field, and which of its words is which stage, as data.

Mappings are TOML files. Headers and words are matched by their fold, so case, accents, half-spaces
and Arabic letters make no difference.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import attrs

from ..errors import InvalidDefinition, UnreadableFile
from ..values.frozen_map import FrozenMap
from ..values.text import fold
from .mapping_checks import as_list, mapping_problems

SHIPPED = ("salesfunnel", "salesforce")
"""The mappings that come with the library; the first is for a plain list."""


@attrs.frozen
class Section:
    """
    How the rows of one kind are read: header to field, and word to value for each field.

    >>> Section(columns=FrozenMap({"email": "email"}), values=FrozenMap()).field_of(" E-Mail ")
    'email'
    """

    columns: FrozenMap[str, str]
    values: FrozenMap[str, FrozenMap[str, str]]

    def field_of(self, header: str) -> str | None:
        """Return the field that a column holds, or ``None`` when the mapping does not know it."""
        return self.columns.get(key(header))


@attrs.frozen(kw_only=True)
class Mapping:
    """
    How a file is read: the fields of leads and opportunities, and the format of dates and numbers.

    >>> load_mapping("salesforce").lead.field_of("Company / Account")
    'company'
    """

    name: str
    lead: Section
    opportunity: Section
    dates: tuple[str, ...] = ()
    decimal_mark: str = "."
    currency: str = "XXX"
    percent: bool = False


def key(text: str) -> str:
    """Return the match key of a header or a word: its fold without blanks and underscores."""
    return fold(text).replace(" ", "").replace("_", "")


def load_mapping(name: str | Path) -> Mapping:
    """
    Load a mapping that comes with the library by its name, or one of your own by its file.

    Raises `InvalidDefinition` with every fault in it, or `UnreadableFile` if there is no such file.

    >>> load_mapping("salesfunnel").opportunity.field_of("montant")
    'amount'
    """
    if name in SHIPPED:
        return read_mapping(_shipped(f"{name}.toml"), name=str(name))
    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        problem = "there is no such mapping" if isinstance(error, OSError) else "is not UTF-8 text"
        remedy = f"name a TOML file, or one of: {', '.join(SHIPPED)}"
        raise UnreadableFile(path.name, problem, remedy) from None
    return read_mapping(text, name=path.stem)


def read_mapping(text: str, *, name: str) -> Mapping:
    r"""
    Read a mapping from the text of a TOML file.

    >>> mine = read_mapping('[opportunity.columns]\namount = "close_value"', name="mine")
    >>> mine.opportunity.field_of("Close Value")
    'amount'
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        fault = (
            str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deep"
        )
        raise InvalidDefinition(f"mapping {name}", (f"is no TOML: {fault}",)) from None
    if problems := tuple(mapping_problems(document)):
        raise InvalidDefinition(f"mapping {name}", problems)
    words = tomllib.loads(_shipped("words.toml"))
    form = document.get("format", {})
    return Mapping(
        name=document.get("name", name),
        lead=_section(document.get("lead", {}), words, "lead"),
        opportunity=_section(document.get("opportunity", {}), words, "opportunity"),
        dates=tuple(form.get("dates", ())),
        decimal_mark=form.get("decimal_mark", "."),
        currency=form.get("currency", "XXX"),
        percent=form.get("percent", False),
    )


def _shipped(file: str) -> str:
    return resources.files(__package__).joinpath("mappings", file).read_text(encoding="utf-8")


def _section(table: dict[str, Any], words: dict[str, Any], kind: str) -> Section:
    columns = {
        key(header): field if part == "columns" else f"{part}.{field}"
        for part in ("columns", "answers", "details")
        for field, headers in table.get(part, {}).items()
        for header in as_list(headers)
    }
    own = table.get("values", {})
    usual = {**words[kind], "answers": words["truth"], "source": {}}
    values = {
        field: FrozenMap({**_keys(targets), **_keys(own.get(field, {}))})
        for field, targets in usual.items()
    }
    return Section(FrozenMap(columns), FrozenMap(values))


def _keys(targets: dict[str, Any]) -> dict[str, str]:
    """Turn ``{target: [words]}`` round; each target is also a word for itself."""
    return {
        key(word): target for target, words in targets.items() for word in (target, *as_list(words))
    }
