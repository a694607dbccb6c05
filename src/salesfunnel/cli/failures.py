"""What a command says where it fails: one sentence on the error stream, and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

from ..errors import InvalidValue, SalesFunnelError, Text, did_you_mean
from ..interop.printing import as_json
from ..interop.rows.import_report import ImportReport
from ..values.text import shown
from .as_typed import as_typed
from .output import complain, write

NOTHING_READ = 2
"""The exit status where nothing could be read, or the command was called wrongly."""

_FAILED, _INTERRUPTED = 3, 130
_LONGEST_SHOWN = 40
_SYSTEM = Text("system_says", "the system says: {problem}")
_INTERRUPTION = Text("interrupted", "interrupted")
_FAULT_OF_OURS = Text(
    "fault_of_salesfunnel",
    "this is a fault of salesfunnel itself: {error} in {place}",
    "please report it with these words and the kind of file",
)
_NOT_A_COMMAND = Text("unknown_command", "{command!r} is not a command", "choose one of: {known}")
_COMMAND_MISSPELT = Text("command_misspelt", "{command!r} is not a command; did you mean {meant}?")
_SHOWN = frozenset({"forecast", "cohorts", "movement"})
_COMMAND_IS_SHOWN = Text(
    "command_is_shown",
    "{command!r} is not a command",
    "report DEALS --show {meant}; movement needs --from DAY",
)
_NOT_AN_OPTION = Text(
    "unknown_option", "{option!r} means nothing to {command}", "its options are: {known}"
)
_OPTION_MISSPELT = Text(
    "option_misspelt", "{option!r} is not an option of {command}; did you mean {meant}?"
)

_ONE_FILE = Text("one_file", "{command} reads one file, and {option!r} is one more")
_NO_FILE = Text("no_file", "{command} reads a file", "name a CSV file, or say --example")
_TWO_INPUTS = Text("file_and_example", "{command} reads a file or --example, and not both")


def told(error: BaseException, *, json_wanted: bool = False) -> int:
    """
    Say what went wrong, and return the exit status.

    >>> told(KeyboardInterrupt())
    130
    """
    if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
        _give_up_output()
        return 0
    if isinstance(error, SalesFunnelError):
        if isinstance(error, InvalidValue):
            error = as_typed(error)
        complain(str(error))
        if json_wanted:
            with ImportReport() as nothing:
                write(as_json({"error": str(error)}, nothing))
        return NOTHING_READ
    if isinstance(error, OSError):
        _give_up_output()
        complain(str(_SYSTEM.problem(problem=error.strerror)))
        return NOTHING_READ
    if isinstance(error, KeyboardInterrupt):
        complain(str(_INTERRUPTION.problem()))
        return _INTERRUPTED
    kind = type(error).__name__
    complain(str(_FAULT_OF_OURS.problem(error=kind, place=_place(error))))
    return _FAILED


def not_a_command(named: str, known: Collection[str]) -> str:
    """
    Say that there is no such command, and what was probably meant.

    >>> not_a_command("qualfy", ["qualify", "report"])
    "'qualfy' is not a command; did you mean qualify?"
    """
    command = shown(named, limit=_LONGEST_SHOWN)
    if named in _SHOWN:
        return str(_COMMAND_IS_SHOWN.problem(command=command, meant=named))
    if meant := did_you_mean(named, known):
        return str(_COMMAND_MISSPELT.problem(command=command, meant=meant))
    return str(_NOT_A_COMMAND.problem(command=command, known=", ".join(known)))


def not_an_option(given: str, command: str, known: Collection[str]) -> str:
    """
    Say that a command has no such option, and what was probably meant.

    >>> not_an_option("--polcy", "qualify", ["--policy", "--json"])
    "'--polcy' is not an option of qualify; did you mean --policy?"
    """
    option = shown(given, limit=_LONGEST_SHOWN)
    if meant := did_you_mean(given, known):
        return str(_OPTION_MISSPELT.problem(option=option, command=command, meant=meant))
    listed = ", ".join(known)
    return str(_NOT_AN_OPTION.problem(option=option, command=command, known=listed))


def not_one_more(given: str, command: str) -> str:
    """
    Say that a command reads one file at a time.

    >>> not_one_more("b.csv", "qualify")
    "qualify reads one file, and 'b.csv' is one more"
    """
    return str(_ONE_FILE.problem(command=command, option=shown(given, limit=_LONGEST_SHOWN)))


def not_an_input(command: str, *, has_file: bool) -> str:
    """
    Say what a command reads, where it was given nothing, or a file and the example as well.

    >>> not_an_input("qualify", has_file=False)
    'qualify reads a file; name a CSV file, or say --example'
    """
    return str((_TWO_INPUTS if has_file else _NO_FILE).problem(command=command))


def _give_up_output() -> None:
    """Turn the output to nowhere, since Python would try in vain to write the rest at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _place(error: BaseException) -> str:
    """Name the file and the line in which something went wrong, and nothing of the data."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
