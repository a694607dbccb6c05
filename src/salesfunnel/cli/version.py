"""The option ``--version``: which version of the library is installed."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any


class ShowVersion(argparse.Action):
    """Print the version, which is looked up only then."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 - as argparse gives them
        """Take no value."""
        super().__init__(nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_given: object, **_more: object) -> None:
        """Print it and end."""
        metadata = import_module("importlib.metadata")
        try:
            version = metadata.version("salesfunnel")
        except metadata.PackageNotFoundError:
            version = "(not installed)"
        print(f"salesfunnel {version}")
        parser.exit()
