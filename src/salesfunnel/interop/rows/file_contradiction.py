"""What one file says and another denies: named, and never smoothed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ...errors import Params, Text


def _pairs(params: Mapping[str, object] | Iterable[tuple[str, object]]) -> Params:
    return tuple(dict(params).items())


@attrs.frozen
class FileContradiction:
    """
    Two files that cannot both be right about a lead, a deal, an account or a person.

    Its parameters are ids and days; names are never among them.

    >>> EARLY = Text("early", "deal {deal} is older than lead {lead}")
    >>> print(FileContradiction(EARLY, {"deal": "7", "lead": "8"}))
    deal 7 is older than lead 8
    """

    text: Text = attrs.field(repr=lambda text: text.code)
    _params: Params = attrs.field(default=(), converter=_pairs)

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
        """What contradicts what, as a sentence without its full stop."""
        return self.text.template.format(**self.params)

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> FileContradiction(Text("odd", "it is odd")).as_data()["code"]
        'odd'
        """
        params = {name: str(value) for name, value in self._params}
        return {"code": self.code, "message": self.message, "params": params}

    def __str__(self) -> str:
        """Say what contradicts what."""
        return self.message
