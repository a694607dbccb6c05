"""A file that is written beside its place, and put there only when it is whole."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...errors import UnwritableFile, WrongKind
from ..inputs.input_file import file_name

_MOST_LINKS = 40


def path_of(target: object) -> Path:
    """
    Take the name of a file that is to be written; anything else is refused.

    >>> path_of("leads.csv").suffix
    '.csv'
    """
    if not isinstance(target, (str, os.PathLike)):
        raise WrongKind.of("target", target, wanted='the name of a file, such as "leads.csv"')
    return Path(target)


@contextmanager
def replaced(target: str | os.PathLike[str]) -> Iterator[Path]:
    """
    Give a path to write to; the file takes the place of the target when the block ends well.

    What stood there stays until then, and for good where anything fails, be it a full disk, or
    where nothing was written. What is no file, such as a pipe, is never replaced. Raises
    `UnwritableFile` where the system refuses.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replaced(Path(folder, "leads.csv")) as path:
    ...         _ = path.write_text("Name", "utf-8")
    ...         before = Path(folder, "leads.csv").exists()
    ...     before, Path(folder, "leads.csv").read_text("utf-8")
    (False, 'Name')
    """
    place = path_of(target)
    try:
        _refuse_streams(place)
        place = _followed(place)  # what a link leads to is replaced, not the link
        _refuse_protected(place)
        # In a folder of its own, so that the file gets the rights that any new file would.
        beside = Path(tempfile.mkdtemp(prefix=".salesfunnel-", dir=place.parent))
    except (OSError, ValueError) as error:
        raise unwritable(place, error) from None
    written = beside / "written"
    try:
        yield written
        if written.exists():  # else there was nothing to write
            if place.exists():
                written.chmod(place.stat().st_mode & 0o777)
            written.replace(place)
    except OSError as error:
        raise unwritable(place, error) from None
    finally:
        written.unlink(missing_ok=True)
        with suppress(OSError):
            beside.rmdir()


def _refuse_streams(place: Path) -> None:
    """Refuse what leads to a file that a program holds open, as /dev/stdout does."""
    at = place.absolute()
    for _ in range(_MOST_LINKS):
        folder = _followed(at.parent)
        if folder.is_relative_to("/proc") or folder == Path("/dev/fd"):
            raise _no_file()
        if not at.is_symlink():
            return
        at = folder / at.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _followed(path: Path) -> Path:
    """Follow links to their end; `Path.resolve` tells a circle otherwise in each Python."""
    return Path(os.path.realpath(path))


def _refuse_protected(place: Path) -> None:
    """Refuse a file that may not be written to, or what is none, though it could be replaced."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if place.exists() and not place.is_file():
        raise _no_file()


def _no_file() -> OSError:
    return OSError(errno.EINVAL, "it is not an ordinary file")


def unwritable(target: Path, error: OSError | ValueError) -> UnwritableFile:
    """Say of a file what the system says of it."""
    reason = getattr(error, "strerror", None) or "no file can have such a name"
    return UnwritableFile(file_name(target), reason)
