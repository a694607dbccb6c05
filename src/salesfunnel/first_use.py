"""Names that are loaded when they are first used, so that a package costs next to nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def loaded_on_first_use(
    package: str, homes: Mapping[str, tuple[str, ...]]
) -> Callable[[str], object]:
    """
    Make the ``__getattr__`` of a package, whose names stand under the modules that define them.

    >>> first = loaded_on_first_use("salesfunnel", {"values": ("Money",)})
    >>> first("Money").__name__
    'Money'
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f".{home_of[name]}", package), name)
        return vars(sys.modules[package]).setdefault(name, found)

    return load
