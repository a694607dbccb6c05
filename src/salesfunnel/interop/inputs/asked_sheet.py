"""The name of a sheet, or of a list in a file of several: found in any case, or what was meant."""

from __future__ import annotations

from ...errors import Text, UnreadableFile, did_you_mean
from ...values.text import shown

_LONGEST = 40
_MOST = 100
_NO_SHEET = Text("no_such_sheet", "has no sheet {sheet!r}", "name one of: {known}")
_SHEET_MISSPELT = Text(
    "sheet_misspelt", "has no sheet {sheet!r}; did you mean {meant!r}?", "name one of: {known}"
)


def named_sheet(sheet: str, known: list[str], file_name: str) -> str:
    """
    Find a sheet by its name; raise `UnreadableFile` where there is none.

    >>> named_sheet("leads", ["Cover", "Leads"], "leads.xlsx")
    'Leads'
    """
    same = [name for name in known if name.casefold() == sheet.casefold()]
    if same:
        return same[0]
    params = {
        "sheet": shown(sheet, limit=_LONGEST),
        "known": ", ".join(shown(name, limit=_LONGEST) for name in known[:_MOST]),
    }
    if meant := did_you_mean(sheet, known):
        params["meant"] = shown(meant, limit=_LONGEST)
        raise UnreadableFile(file_name, _SHEET_MISSPELT, params)
    raise UnreadableFile(file_name, _NO_SHEET, params)
