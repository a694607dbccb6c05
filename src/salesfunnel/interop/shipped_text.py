"""The files of words, headers and currencies that come with the library."""

from __future__ import annotations

from importlib import resources


def shipped_text(name: str) -> str:
    """
    Read a file of words or headers that comes with the library.

    >>> shipped_text("zoho").splitlines()[3]
    'name = "zoho"'
    """
    folder = resources.files("salesfunnel.interop").joinpath("mappings")
    return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
