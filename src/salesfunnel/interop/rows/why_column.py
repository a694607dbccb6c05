"""The column that a file of refused rows has besides those of its list."""

from __future__ import annotations

WHY = "why it was left out"
"""Its header: no reader takes it for a column of the list."""


def is_why(header: str) -> bool:
    """
    Tell whether a header is that of the reason for which a row was left out.

    >>> is_why(" why it was left out"), is_why("Why")
    (True, False)
    """
    return header.strip() == WHY
