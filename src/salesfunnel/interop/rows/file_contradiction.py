"""What one file says and another denies: named, and never smoothed over."""

from __future__ import annotations

from typing import Any

import attrs

from ...errors import Statement


@attrs.frozen
class FileContradiction(Statement):
    """
    Two files that cannot both be right about a lead, a deal, an account or a person.

    Its parameters are ids and days; names are never among them.

    >>> from salesfunnel.errors import Text
    >>> EARLY = Text("early", "deal {deal} is older than lead {lead}")
    >>> print(FileContradiction(EARLY, {"deal": "7", "lead": "8"}))
    deal 7 is older than lead 8
    """

    def as_data(self) -> dict[str, Any]:
        """
        Give it as plain data.

        >>> from salesfunnel.errors import Text
        >>> FileContradiction(Text("odd", "it is odd")).as_data()["code"]
        'odd'
        """
        params = {name: str(value) for name, value in self._params}
        return {"code": self.code, "message": self.message, "params": params}
