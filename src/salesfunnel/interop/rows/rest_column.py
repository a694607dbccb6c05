"""The column that a file of refused rows has besides those of its list."""

from __future__ import annotations

WHY = "why it was left out"
"""Its header: no reader takes it for a column of the list."""


def is_of_rest(header: str) -> bool:
    """
    Tell whether a header is that of the reason for which a row was left out.

    >>> is_of_rest(" why it was left out"), is_of_rest("Why")
    (True, False)
    """
    return header.strip() == WHY
