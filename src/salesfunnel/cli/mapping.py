"""The command ``mapping``: the draft of a mapping for a list that no one has described yet."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..interop.mapping.mapping_draft import draft_mapping
from .output import write


def run_mapping(options: argparse.Namespace) -> int:
    """Print the draft; it is a mapping as it stands."""
    draft = draft_mapping(Path(options.file), encoding=options.encoding, sheet=options.sheet)
    write(draft, end="\n")
    return 0
