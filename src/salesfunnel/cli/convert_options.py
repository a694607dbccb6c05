"""What may be typed behind ``convert``."""

from __future__ import annotations

import argparse

KINDS = ("leads", "deals", "accounts", "contacts", "activities")
"""The kinds of lists that can be converted."""


def add_convert(command: argparse.ArgumentParser) -> list[str]:
    """
    Describe the options that only this command has, and list them.

    >>> add_convert(argparse.ArgumentParser())
    ['--from', '--to', '--out', '--kind', '--only', '--delimiter', '--refused-to']
    """
    command.add_argument("file", help="CSV, a workbook or JSON; - is the input")
    command.add_argument(
        "--from", dest="mapping", help="the system it comes from, or a TOML file; else recognised"
    )
    command.add_argument(
        "--to", required=True, help="the system, its language (vtiger.fr), or a TOML file"
    )
    command.add_argument("--out", required=True, help="the list to write: .csv, .xlsx or .jsonl")
    command.add_argument("--kind", choices=KINDS, help="of the list, if it is not recognised")
    command.add_argument(
        "--only", help="of activities those of a kind, such as call, where each has its own list"
    )
    command.add_argument("--delimiter", help="between the cells of the CSV file that is written")
    command.add_argument(
        "--refused-to", help="a CSV file for the rows left out, to be mended and read again"
    )
    return ["--from", "--to", "--out", "--kind", "--only", "--delimiter", "--refused-to"]
