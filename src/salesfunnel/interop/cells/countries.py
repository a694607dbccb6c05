"""Countries by their names in four languages, as they stand in a list."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from ...errors import InvalidValue, Text
from ..mapping.noun_mapping import key, without_remark

_LONGEST_NAME = 80
_UNKNOWN = Text(
    "unknown_country", "{field} is not a country that is known", "IR, Iran, ایران and the like"
)


def country_of(name: str) -> str:
    """
    Return the code of a country by its name or code; nothing where it is not known.

    >>> country_of("Iran"), country_of("Հայաստան (AM)"), country_of("France"), country_of("Mars")
    ('IR', 'AM', 'FR', '')
    """
    if len(name) > _LONGEST_NAME:
        return ""
    return _codes().get(key(name)) or _codes().get(key(without_remark(name)), "")


def given_country(name: str) -> str:
    """
    Return the code of a country that was named; blank where it was left out.

    >>> given_country("Armenia"), given_country("")
    ('AM', '')
    """
    given: object = name
    if given == "":
        return ""
    found = country_of(given) if isinstance(given, str) else ""
    if not found:
        raise InvalidValue("country", _UNKNOWN)
    return found


@functools.cache
def _codes() -> dict[str, str]:
    file = resources.files("salesfunnel.interop").joinpath("mappings/countries.toml")
    named = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key(name): code for code, names in named.items() for name in (code, *names)}
