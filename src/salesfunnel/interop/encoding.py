"""
Which letters a file was written in, before one lead in it is read.

A list that comes home from an exhibition was saved by whatever spreadsheet stood on the desk: as
UTF-8 with or without its mark, as "Unicode text" (UTF-16), or in the code page of a Persian,
Russian or French Windows. The rungs of the ladder, from sure to likely: a byte order mark; the
zeros of UTF-16; UTF-8 without a fault; UTF-8 with fewer faults than letters (whose rows are then
refused one by one); the code page in which the bytes make the most words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import attrs

from ..errors import UnreadableFile

DAMAGE = "\udc80"
"""Stands in decoded text for bytes that mean nothing; no encoding yields it for sound bytes."""

MARK_DAMAGE = "salesfunnel-mark-damage"
"""The name under which Python's codecs know how to put `DAMAGE` in the place of broken bytes."""

_CHUNK = 2**16
_ENOUGH_FAULTS = 10_000

# The four bytes of UTF-32-LE begin with the two of UTF-16-LE, so they come first.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_SPREADSHEET = "open it in a spreadsheet and save it as CSV"
_UNPACK = "unpack it and give the CSV file inside"
_EXPORT = "export the list as CSV"
_BINARIES = {
    b"PK\x03\x04": ("is an Excel workbook or another ZIP archive", _SPREADSHEET),
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook", _SPREADSHEET),
    b"SQLite format 3\0": ("is a SQLite database", _EXPORT),
    b"%PDF-": ("is a PDF document", _EXPORT),
    b"\x89PNG": ("is a PNG picture", _EXPORT),
    b"\xff\xd8\xff": ("is a JPEG picture", _EXPORT),
    b"GIF8": ("is a GIF picture", _EXPORT),
    b"\x1f\x8b": ("is packed by gzip", _UNPACK),
    b"BZh91AY&SY": ("is packed by bzip2", _UNPACK),
    b"\xfd7zXZ": ("is packed by xz", _UNPACK),
    b"7z\xbc\xaf": ("is a 7z archive", _UNPACK),
}

_HIGH = bytes(range(0x80, 0x100))
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_STRAY = re.compile("[\udc80-\udcff]")

_SIGNS = "€‚„…‘’“”•–—™©«»®°²³·º½\xa0"
# Words of one script only, since Cyrillic bytes read as Arabic make words with French letters in
# them. Accented Latin letters stand beside plain ones. Of two equals the first is taken.
_PAGES = {
    "cp1256": re.compile(r"(?<![^\W\d_])[\u0620-\u06ff]{2,}+(?![^\W\d_])"),
    "cp1251": re.compile(r"(?<![^\W\d_])[А-яЁё]{2,}+(?![^\W\d_])"),
    "cp1252": re.compile(f"[A-Za-z][À-ÖØ-öø-ýŒœŠšŽž]|[À-ÖØ-öø-ýŒœŠšŽž][A-Za-z]|[{_SIGNS}]"),
}

_PROBE = rb"\u0041,+AGE-"


@attrs.frozen
class Encoding:
    """
    How the bytes of a file become letters, and how sure that is.

    `name` is one that Python's codecs know. `certain` is false where the file itself does not
    say and the letters had to decide; `note` says on what ground.

    >>> Encoding("cp1256", bom=False, certain=False, note="most words are Persian or Arabic").name
    'cp1256'
    """

    name: str
    bom: bool
    certain: bool
    note: str


def recognise(path: Path, *, encoding: str | None = None) -> Encoding:
    r"""
    Find out how a file was encoded, reading it once and holding little of it at a time.

    Raises `UnreadableFile` where there is no text to read: a missing, empty or binary file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     leads = Path(folder, "leads.csv")
    ...     _ = leads.write_bytes("نام,شرکت\nسارا,پارس".encode("cp1256"))
    ...     recognise(leads).name
    'cp1256'
    """
    with opened(path) as file:
        head = file.read(_CHUNK)
        _refuse_binary(path.name, head)
        mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
        if not head[len(mark) :]:
            raise UnreadableFile(path.name, "is empty", "give a file with a header and rows")
        if encoding is not None:
            return _as_told(path.name, encoding, _MARKS.get(mark, ""))
        if mark:
            return Encoding(_MARKS[mark], True, True, "the file begins with a byte order mark")
        wide = _by_zeros(head)
        if wide is not None:
            return wide
        # A stray control character may stand in a note; a file full of them is no text.
        if len(head) - len(head.translate(None, _CONTROLS)) > 8 + len(head) // 20:
            raise UnreadableFile(path.name, "is not a text file", _EXPORT)
        return _by_letters(chain((head,), iter(partial(file.read, _CHUNK), b"")))


@contextmanager
def opened(path: Path) -> Generator[BinaryIO, None, None]:
    """
    Open an ordinary file; whatever the operating system objects to becomes `UnreadableFile`.

    >>> with opened(Path("no such list.csv")) as file:
    ...     pass
    Traceback (most recent call last):
    salesfunnel.errors.UnreadableFile: no such list.csv: does not exist; check its name and folder
    """
    try:
        _refuse_what_is_no_file(path)
        with path.open("rb") as file:
            yield file
    except OSError:
        remedy = "check that you may read it and that its disk is there"
        raise UnreadableFile(path.name, "cannot be opened or read", remedy) from None


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFile(path.name or str(path), "is a folder", "name the file inside it")
    if not path.exists():
        raise UnreadableFile(path.name, "does not exist", "check its name and folder")
    if not path.is_file():
        raise UnreadableFile(path.name, "is not an ordinary file", "save it to one first")


def _refuse_binary(name: str, head: bytes) -> None:
    for signature, (problem, remedy) in _BINARIES.items():
        if head.startswith(signature):
            raise UnreadableFile(name, problem, remedy)


def _as_told(file: str, encoding: str, marked: str) -> Encoding:
    """Take the caller's word, if it names an encoding in which a spreadsheet can be written."""
    try:
        name = codecs.lookup(encoding).name
        # UTF-7, escapes and mainframe code pages give plain letters and signs another meaning.
        plain = _PROBE.decode(name, MARK_DAMAGE) == _PROBE.decode("ascii")
    except (LookupError, ValueError):
        plain = False
        name = ""
    if not plain and not name.startswith(("utf-16", "utf-32")):
        remedy = "leave it out to have it recognised, or name one such as utf-8 or cp1256"
        raise UnreadableFile(file, "was to be read in an encoding that is not known", remedy)
    # Without a mark their codecs give up, and Windows means the little-endian kind.
    if name in {"utf-16", "utf-32"}:
        name = marked if marked.startswith(name) else f"{name}-le"
    bom = marked != "" and marked.startswith(name.removesuffix("-sig"))
    return Encoding(name, bom, True, "the caller named it")


def _by_zeros(head: bytes) -> Encoding | None:
    """
    Recognise UTF-16 without its mark: nearly every line end has its zero on the same side.

    Persian letters have no zeros in UTF-16, so that counting zeros alone would miss them.
    """
    ends = head.count(b"\n") + head.count(b"\r")
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        wide_ends = text.count("\n") + text.count("\r")
        zeros = head.count(b"\0")
        likely = wide_ends * 10 >= ends * 9 if ends else zeros * 4 >= len(head)
        if zeros and likely and "\0" not in text:
            return Encoding(name, False, False, "zero bytes stand as in UTF-16")
    return None


def _by_letters(chunks: Iterator[bytes]) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    letters = faults = 0
    words = dict.fromkeys(_PAGES, 0)
    for chunk in chain(chunks, (b"",)):
        text = decoder.decode(chunk, final=not chunk)
        if text.isascii():
            continue
        strays = len(_STRAY.findall(text))
        letters += len(text) - strays - len(chunk.translate(None, _HIGH))
        if strays:
            faults += strays
            for page, word in _PAGES.items():
                words[page] += sum(map(len, word.findall(chunk.decode(page, "replace"))))
        if faults > max(letters, _ENOUGH_FAULTS):
            break
    if not faults:
        return Encoding("utf-8", False, True, "every byte is sound UTF-8")
    if letters >= faults or not any(words.values()):
        return Encoding("utf-8", False, False, "UTF-8 but for a few bytes; their rows are refused")
    page = max(words, key=words.__getitem__)
    return Encoding(page, False, False, "not UTF-8; the words make most sense in this code page")


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    """Put one `DAMAGE` in the place of bytes that mean nothing, and go on after them."""
    if isinstance(error, UnicodeDecodeError):
        return DAMAGE, error.end
    raise error


codecs.register_error(MARK_DAMAGE, _mark_damage)
