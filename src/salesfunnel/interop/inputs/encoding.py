"""
Which letters a file was written in, before one lead in it is read.

A list that comes home from an exhibition was saved by the spreadsheet that stood on the desk: as
UTF-8 with or without its mark, as "Unicode text" (UTF-16), or in the code page of a Persian,
Russian or French Windows. The rungs of the ladder, from sure to likely: a byte order mark; the
zeros of UTF-16; UTF-8 without a fault; UTF-8 in at least half of the lines; the code page in
which most lines make the most words. A cell that is written otherwise than its file, in UTF-8
or in the code page that comes next, is read so, and its row says it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import attrs

from ...errors import Text, UnreadableFile, WrongKind
from .input_file import DAMAGE, MARK_DAMAGE, InputFile

_CHUNK = 2**16
_ENOUGH_LINES = 1_000
_LONGEST_SAMPLE = 4_096

# The four bytes of UTF-32-LE begin with the two of UTF-16-LE, so they come first.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_TO_BE_SAVED = Text(
    "not_yet_csv", "is {kind}", "open it in a spreadsheet and save it as .xlsx or as CSV"
)
_TO_BE_UNPACKED = Text("packed", "is {kind}", "unpack it and give the CSV file inside")
_TO_BE_EXPORTED = Text("not_a_csv_file", "is {kind}", "export the list as CSV")
_BINARIES = {
    b"PK\x03\x04": (_TO_BE_SAVED, "an Excel workbook or another ZIP archive"),
    b"\xd0\xcf\x11\xe0": (_TO_BE_SAVED, "an old Excel workbook"),
    b"SQLite format 3\0": (_TO_BE_EXPORTED, "a SQLite database"),
    b"%PDF-": (_TO_BE_EXPORTED, "a PDF document"),
    b"\x89PNG": (_TO_BE_EXPORTED, "a PNG picture"),
    b"\xff\xd8\xff": (_TO_BE_EXPORTED, "a JPEG picture"),
    b"GIF8": (_TO_BE_EXPORTED, "a GIF picture"),
    b"\x1f\x8b": (_TO_BE_UNPACKED, "packed by gzip"),
    b"BZh91AY&SY": (_TO_BE_UNPACKED, "packed by bzip2"),
    b"\xfd7zXZ": (_TO_BE_UNPACKED, "packed by xz"),
    b"7z\xbc\xaf": (_TO_BE_UNPACKED, "a 7z archive"),
}
_EMPTY = Text("empty_file", "is empty", "give a file with a header and rows")
_NOT_TEXT = Text("not_a_text_file", "is not a text file", "export the list as CSV")
_UNKNOWN_ENCODING = Text(
    "unknown_encoding",
    "cannot be read in the encoding that was named, which is not known",
    "leave it out to have it recognised, or name one such as utf-8 or cp1256",
)
_NAMED = Text("encoding_named", "the caller named it")
_MARKED = Text("encoding_marked", "the file begins with a byte order mark")
_WIDE = Text("encoding_wide", "zero bytes stand as in UTF-16")
_SOUND = Text("encoding_sound", "every byte is sound UTF-8")
_BROKEN = Text("encoding_broken", "UTF-8 but for a few bytes; their rows are refused")
_NEARLY_SOUND = Text("encoding_nearly_sound", "UTF-8 but for some rows, read as {second}")
_MOST_WORDS = Text("encoding_most_words", "not UTF-8; the words make most sense in this code page")

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
    r"""
    How the bytes of a file become letters, and how sure that is.

    `name` is one that Python's codecs know. `certain` is false where the file itself does not
    say and the letters had to decide; `note` says why.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     leads = Path(folder, "leads.csv")
    ...     _ = leads.write_bytes(b"name\nSara\n")
    ...     print(recognise(leads).note)
    every byte is sound UTF-8
    """

    name: str
    bom: bool
    certain: bool
    reason: Text = attrs.field(repr=lambda text: text.code)
    second: str = ""
    """The encoding of cells that are not written in that of their file, where one is likely."""

    @property
    def note(self) -> str:
        """Why this encoding was taken."""
        return self.reason.template.format(second=self.second)

    def may_mend(self, text: str) -> bool:
        """Tell whether cells of a text could be written in the second encoding."""
        return self.second != "" and (self.name != "utf-8" or DAMAGE in text)

    def mended(self, cell: str) -> str:
        """
        Read a cell anew, if its bytes are not what the encoding of the file makes of them.

        >>> page = Encoding("cp1252", False, False, _MOST_WORDS, second="utf-8")
        >>> page.mended("ZoÃ©"), page.mended("Zoé")
        ('Zoé', 'Zoé')
        """
        written = cell.replace(DAMAGE, "").encode(self.name, "surrogateescape")
        if DAMAGE in cell:
            return written.decode(self.second, MARK_DAMAGE) if _is_foreign(cell) else cell
        try:
            return written.decode("utf-8")
        except UnicodeDecodeError:
            return cell


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
    if not isinstance(path, Path):
        raise WrongKind.of("path", path, wanted='a path, such as Path("leads.csv")')
    return encoding_of(InputFile.of(path), told=encoding)


def encoding_of(file: InputFile, *, told: str | None = None) -> Encoding:
    """Find out how a file was encoded, as `recognise` does, or take the word of the caller."""
    told = file.told or None if told is None else told
    with file.opened() as content:
        head = content.read(_CHUNK)
        _refuse_binary(file.name, head)
        mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
        if not head[len(mark) :]:
            raise UnreadableFile(file.name, _EMPTY)
        if told is not None:
            return _as_told(file.name, told, _MARKS.get(mark, ""))
        if mark:
            return Encoding(_MARKS[mark], True, True, _MARKED)
        wide = _by_zeros(head)
        if wide is not None:
            return wide
        # A stray control character may stand in a note; a file full of them is no text.
        if len(head) - len(head.translate(None, _CONTROLS)) > 8 + len(head) // 20:
            raise UnreadableFile(file.name, _NOT_TEXT)
        if _is_sound(_chunks(head, content)):
            return Encoding("utf-8", False, True, _SOUND)
        content.seek(len(head))
        return _by_lines(_chunks(head, content))


def _chunks(head: bytes, content: BinaryIO) -> Iterator[bytes]:
    return chain((head,), iter(partial(content.read, _CHUNK), b""), (b"",))


def _is_sound(chunks: Iterator[bytes]) -> bool:
    """Tell whether all is UTF-8 without a fault, which nearly every file is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(name: str, head: bytes) -> None:
    for signature, (text, kind) in _BINARIES.items():
        if head.startswith(signature):
            raise UnreadableFile(name, text, {"kind": kind})


def _as_told(file: str, encoding: str, marked: str) -> Encoding:
    """Take the caller's word, if it names an encoding in which a spreadsheet can be written."""
    name = encoding_of_lists(encoding)
    if name is None:
        raise UnreadableFile(file, _UNKNOWN_ENCODING)
    # Without a mark their codecs give up, and Windows means the little-endian kind.
    if name in {"utf-16", "utf-32"}:
        name = marked if marked.startswith(name) else f"{name}-le"
    bom = marked != "" and marked.startswith(name.removesuffix("-sig"))
    return Encoding(name, bom, True, _NAMED)


def encoding_of_lists(encoding: str) -> str | None:
    """
    Give the name of an encoding in which lists are read and written, or nothing for another.

    >>> encoding_of_lists("UTF8"), encoding_of_lists("utf-7")
    ('utf-8', None)
    """
    try:
        name = codecs.lookup(encoding).name
        # UTF-7, escapes and mainframe code pages give plain letters and signs another meaning.
        plain = _PROBE.decode(name, MARK_DAMAGE) == _PROBE.decode("ascii")
    except (LookupError, TypeError, ValueError):
        return None
    return name if plain or name.startswith(("utf-16", "utf-32")) else None


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
            return Encoding(name, False, False, _WIDE)
    return None


def _by_lines(chunks: Iterator[bytes]) -> Encoding:
    """Choose by the lines of a file that is not sound UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    sound = foreign = 0
    votes = dict.fromkeys(_PAGES, 0)
    for chunk in chunks:
        text = decoder.decode(chunk, final=not chunk)
        if text.isascii():
            continue
        lines = [line for line in text.splitlines() if not line.isascii()]
        has_faults = _has_strays(text)
        strangers = list(filter(_is_foreign, lines)) if has_faults else []
        foreign += len(strangers)
        sound += len(lines) - len(strangers)
        _vote(votes, strangers)
        if foreign > max(sound, _ENOUGH_LINES):
            break
    page = max(votes, key=votes.__getitem__)
    if not votes[page]:
        return Encoding("utf-8", False, False, _BROKEN)
    if sound >= foreign:
        return Encoding("utf-8", False, False, _NEARLY_SOUND, page)
    return Encoding(page, False, False, _MOST_WORDS, "utf-8")


def _has_strays(text: str) -> bool:
    """Tell whether bytes of a text mean nothing, ten times as fast as a pattern does."""
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        return True
    return False


def _is_foreign(text: str) -> bool:
    """Tell whether more bytes of a text mean nothing than make letters beyond ASCII."""
    letters = len(text) - len(text.encode("ascii", "ignore")) - text.count(DAMAGE)
    return 2 * len(_STRAY.findall(text)) > letters


def _vote(votes: dict[str, int], lines: list[str]) -> None:
    """Let each line that is not UTF-8 vote for the code page in which it makes the most words."""
    for line in lines:
        if sum(votes.values()) >= _ENOUGH_LINES:
            return
        written = line[:_LONGEST_SAMPLE].encode("utf-8", "surrogateescape")
        made = {
            page: sum(map(len, word.findall(written.decode(page, "replace"))))
            for page, word in _PAGES.items()
        }
        best = max(made, key=made.__getitem__)
        votes[best] += made[best] > 0
