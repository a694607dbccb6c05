"""
A mapping: which column of a file is which field, and which of its words is which stage, as data.

Mappings are TOML files. Headers and words are matched by their fold, so case, accents, half-spaces
and Arabic letters make no difference.
"""

from __future__ import annotations

import functools
import os
import tomllib
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from ...errors import (
    InvalidDefinition,
    InvalidValue,
    Problem,
    Text,
    WrongKind,
)
from ...pipeline.pipeline import Pipeline
from ...values.frozen_map import FrozenMap
from ...values.text import shown
from ..cells.blanks import bare
from ..cells.countries import given_country
from ..cells.formats import FileFormat
from ..definition_files import names_a_definition, pipeline_of_file
from ..shipped_text import shipped_text
from .mapped_fields import FIELDS
from .mapping_checks import mapping_problems
from .mapping_extension import extended
from .mapping_file import text_of_mapping
from .noun_mapping import NounMapping
from .noun_tables import noun_of

SHIPPED = (
    *("salesfunnel", "salesforce", "vtiger", "suitecrm", "dynamics", "hubspot", "odoo", "zoho"),
    *("pipedrive", "espocrm", "frappe", "erpnext"),
)
"""The mappings that come with the library; the first is for a plain list."""

NAMED = ("faradis",)
"""Those by which a list is read only if they are named: no header proves them."""

KNOWN = (*SHIPPED, *NAMED)
"""All that can be named."""

_LONGEST_NAME = 80
_LONGEST_LINE = 2_000
_MOST_PROBLEMS = 20
_LONG_LINE = Text("mapping_line_too_long", "has a line of more than {most:,} letters", "break it")
_NOT_TOML = Text("mapping_not_toml", "is not TOML: {problem}")
_NO_VARIANT = Text(
    "no_variant_of_mapping",
    "{field} {name!r} is not one that the mapping {mapping} can be written in",
    "{known}",
)
_TOO_DEEP = Text("mapping_too_deep", "is not TOML that can be read: it is nested too deep")


_NOTHING = NounMapping(FrozenMap(), FrozenMap())


@attrs.frozen(kw_only=True)
class FileMapping:
    """
    How files are read: the fields of each noun, and the format of dates and numbers.

    >>> load_mapping("salesforce").lead.field_of("Company / Account")
    'company'
    """

    name: str
    header: tuple[str, ...] = ()
    """The names of the columns, for lists that have none."""
    lead: NounMapping
    opportunity: NounMapping
    account: NounMapping = _NOTHING
    person: NounMapping = _NOTHING
    history: NounMapping = _NOTHING
    activity: NounMapping = _NOTHING
    format: FileFormat = FileFormat()
    pipeline: Pipeline | str = ""
    """The pipeline whose stages the deals have, or its name; blank for ours."""
    folder: Path = attrs.field(default=Path(), eq=False, repr=False)
    """Where the file of its pipeline stands."""
    text: str = attrs.field(default="", eq=False, repr=False)
    """The TOML of one of your own."""

    @property
    def variants(self) -> tuple[str, ...]:
        """
        The languages, or other kinds of headers, in which the mapping can be written as well.

        >>> load_mapping("vtiger").variants
        ('api', 'fa', 'fr')
        """
        nouns: list[NounMapping] = [getattr(self, kind) for kind in FIELDS]
        return tuple(sorted({variant for noun in nouns for variant in noun.labels}))

    def over(self, base: str) -> FileMapping:
        """
        Return what it says on top of a mapping that comes with the library, as if it extended that.

        It is for one that names no columns, such as a mapping of nothing but formats.

        >>> read_mapping("format.day_first = true", name="ours").over("zoho").format.percent
        True
        """
        found = read_mapping(f'extends = "{base}"\n{self.text}', name=self.name, folder=self.folder)
        return attrs.evolve(found, name=f"{self.name} on {base}")

    def labelled(self, variant: str) -> FileMapping:
        """
        Return the mapping with the headers of a language, to write files of it.

        A field without a label in it keeps its header. All labels are read by any of the variants.
        Raises `InvalidValue` if the mapping does not have it.

        >>> load_mapping("vtiger").labelled("fr").lead.headers["company"]
        ('Société',)
        """
        if variant not in self.variants:
            params = {"name": shown(str(variant), limit=_LONGEST_NAME), "mapping": self.name}
            known = ", ".join(self.variants) or "none"
            raise InvalidValue("variant", _NO_VARIANT, {**params, "known": known})
        nouns: dict[str, Any] = {kind: getattr(self, kind).labelled(variant) for kind in FIELDS}
        return attrs.evolve(self, name=f"{self.name}.{variant}", **nouns)


def load_mapping(name: str | Path) -> FileMapping:
    """
    Load a mapping that comes with the library by its name, or one of your own by its file.

    Raises `InvalidDefinition` with every fault in it, or `UnreadableFile` if there is no such file.

    >>> load_mapping("salesfunnel").opportunity.field_of("montant")
    'amount'
    """
    if not isinstance(name, (str, os.PathLike)):
        raise WrongKind.of("mapping", name, wanted='a name such as "salesforce", or a TOML file')
    system, _, variant = str(name).partition(".")
    if system in KNOWN and variant != "toml":
        found = _shipped_mapping(system)
        return found.labelled(variant) if variant else found
    path = Path(name)
    return read_mapping(
        text_of_mapping(path, known=KNOWN), name=shown(path.stem), folder=path.parent
    )


def _format(table: dict[str, Any]) -> FileFormat:
    lists = {
        "dates": tuple(table.get("dates", ())),
        "day_numbers": frozenset(table.get("day_numbers", ())),
        "blanks": frozenset(map(bare, table.get("blanks", ()))),
    }
    return FileFormat(**{**table, **lists, "country": given_country(table.get("country", ""))})


def read_mapping(text: str, *, name: str, folder: Path = Path()) -> FileMapping:
    r"""
    Read a mapping from the text of a TOML file; one of a pipeline stands in the ``folder``.

    >>> mine = read_mapping('[opportunity.columns]\namount = "close_value"', name="mine")
    >>> mine.opportunity.field_of("Close Value")
    'amount'
    """
    if not isinstance(text, str):
        raise WrongKind.of("mapping", text, wanted="the text of a TOML file")
    # A key of many dotted parts takes the parser quadratic time.
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        raise _invalid(name, _LONG_LINE.problem(most=_LONGEST_LINE))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(name, _NOT_TOML.problem(problem=shown(str(error)))) from None
    except RecursionError:
        raise _invalid(name, _TOO_DEEP.problem()) from None
    if problems := tuple(islice(mapping_problems(document, known=KNOWN), _MOST_PROBLEMS)):
        raise _invalid(name, *problems)
    own, over = document, document if "extends" in document else {}
    while base := document.get("extends"):
        below = tomllib.loads(shipped_text(base))
        document = {**extended(document, below), "extends": below.get("extends")}
    return FileMapping(
        name=own.get("name", name),
        header=tuple(document.get("header", ())),
        **{
            kind: noun_of(
                document.get(kind, {}),
                kind,
                asked=own.get(kind, {}),
                over=over.get(kind, {}),
                language=document.get("language", ""),
            )
            for kind in FIELDS
        },
        pipeline=_pipeline(document.get("opportunity", {}).get("pipeline", ""), folder),
        folder=folder,
        format=_format(document.get("format", {})),
        text=text,
    )


def _pipeline(named: str, folder: Path) -> Pipeline | str:
    return pipeline_of_file(folder / named) if names_a_definition(named) else named


@functools.cache
def _shipped_mapping(name: str) -> FileMapping:
    found = read_mapping(shipped_text(name), name=name)
    kinds: dict[str, Any] = {kind: attrs.evolve(getattr(found, kind), asked=()) for kind in FIELDS}
    return attrs.evolve(found, **kinds)  # no list has all that it asks for


def _invalid(name: str, *problems: Problem) -> InvalidDefinition:
    return InvalidDefinition(f"mapping {shown(name, limit=_LONGEST_NAME)}", problems)
