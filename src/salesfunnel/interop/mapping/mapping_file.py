"""A mapping as a file: its text, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from types import MappingProxyType

from ...errors import Text, UnreadableFile, did_you_mean
from ..inputs.input_file import file_name, opened

_LONGEST = 2**16
_WORD = re.compile(r"[^\W_]+")
_ALSO_CALLED = MappingProxyType(
    {
        "sugar": "suitecrm",
        "sugarcrm": "suitecrm",  # of one stock, and with the same lists
        "openerp": "odoo",
        "sfdc": "salesforce",
        "d365": "dynamics",
        "microsoft": "dynamics",
    }
)
_NO_SUCH_MAPPING = Text(
    "no_such_mapping",
    "is neither a known mapping nor a file",
    "name a TOML file, or one of: {known}",
)
_MAPPING_MISSPELT = Text(
    "mapping_misspelt",
    "is neither a known mapping nor a file",
    "did you mean {meant}? Otherwise name a TOML file",
)
_TOO_LARGE = Text(
    "mapping_too_large",
    "is not a mapping: it has over {most:,} bytes",
    "name a TOML file, or one of: {known}",
)
_NOT_UTF8 = Text("mapping_not_utf8", "is not UTF-8 text", "name a TOML file, or one of: {known}")


def text_of_mapping(path: Path, *, known: Collection[str]) -> str:
    """
    Read the text of a TOML file; ``known`` are the names that could have been meant instead.

    Raises `UnreadableFile` if there is no such file, or if it cannot be a mapping.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder, "mine.toml")
    ...     _ = mine.write_text("[lead]", encoding="utf-8")
    ...     text_of_mapping(mine, known=())
    '[lead]'
    """
    file, names = file_name(path), ", ".join(known)
    if not _is_there(path):
        if meant := _meant(path.name, known):
            raise UnreadableFile(file, _MAPPING_MISSPELT, {"meant": meant})
        raise UnreadableFile(file, _NO_SUCH_MAPPING, {"known": names})
    with opened(path) as toml:
        content = toml.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise UnreadableFile(file, _TOO_LARGE, {"most": _LONGEST, "known": names})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(file, _NOT_UTF8, {"known": names}) from None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # its name is too long, or a folder on the way may not be looked into
        return False


def _meant(name: str, known: Collection[str]) -> str:
    """Say which was meant: one that is within a name, or that is near."""
    words = () if name.endswith(".toml") else _WORD.findall(name.casefold())
    named = (_ALSO_CALLED.get(word, word) for word in words)
    return next((one for one in named if one in known), "") or did_you_mean(name, known)
