"""Reading: a file, its bytes or a string becomes a `RawText`, its characters and the blocks that its format
shows; a file of segments becomes two. `formats.py` lists the formats.

Nothing here knows languages or sentences; the next room, `segment`, does.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.files import named
from mlcheck.read.choose import chosen_format
from mlcheck.read.comments import Comment, comments
from mlcheck.read.decode import Decoded, decode_bytes
from mlcheck.read.extract import Extract
from mlcheck.read.formats import FORMATS, Format, ReadOptions, format_named, suffix_format
from mlcheck.read.pair import Text, refuse_same
from mlcheck.read.sheets import sheets
from mlcheck.text import BLANK

__all__ = [
    "DEFAULT_MAX_SIZE",
    "FORMATS",
    "Comment",
    "Format",
    "ReadOptions",
    "Text",
    "bytes_of",
    "comments",
    "format_named",
    "is_bilingual",
    "read_bilingual",
    "read_bilingual_bytes",
    "read_bytes",
    "read_file",
    "read_text",
    "refuse_same",
    "sheets",
    "suffix_format",
]

DEFAULT_MAX_SIZE = 10_000_000
"""Bytes. A news item has some thousands, a thick novel has two million: more is a mistake, as a rule."""
STANDARD_INPUT = Path("-")
_NAME_OF_INPUT = "standard input"


def read_file(
    path: str | Path,
    *,
    shown: str | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    format: str | None = None,
    options: ReadOptions | None = None,
) -> RawText:
    """Read a file; `-` is standard input, whose format is then `format`, by default plain text. `feed.xml#2`
    is an entry of a feed, unless a file is called so: see `ReadOptions`.

    `shown` is the path as the user named it, for reports and messages; without it, `path` as given.
    `max_size` is in bytes. `format` is a name of `FORMATS`; None goes by the file's content and suffix.
    Raises `InputError` for what cannot be checked: a missing file, a folder, a file that may not be read, is
    empty, too large, of unknown encoding or format, without letters, or a file of segments, which is a pair
    by itself; `UsageError` for a format that there is not.
    """
    options = options or ReadOptions()
    file, entry = named(path)
    data, file, shown = _given(file, str(path) if shown is None else shown, max_size)
    options = replace(options, entry=entry or options.entry)
    return read_bytes(data, shown=shown, suffix=file.suffix, format=format, options=options)


def read_bytes(
    data: bytes,
    *,
    shown: str,
    suffix: str = "",
    format: str | None = None,
    options: ReadOptions | None = None,
) -> RawText:
    """As `read_file`, of the bytes of a file whose name ends in `suffix`."""
    chosen, decoded = _opened(data, shown, suffix, format)
    if chosen.bilingual:
        raise InputError(
            f"{shown}: is {chosen.title}, which holds both versions; give it alone: mlcheck check {shown}"
        )
    options = options or ReadOptions()
    if options.entry and not chosen.entries:
        raise InputError(
            f"{shown}: is {chosen.title}, which has no entries; name the file alone, without #{options.entry}"
        )
    extract = chosen.load(shown)(decoded.text if decoded else data, shown, options)
    return _raw(extract, chosen, decoded, shown, options.entry)


def bytes_of(path: str | Path, *, max_size: int = DEFAULT_MAX_SIZE) -> tuple[bytes, str]:
    """The bytes of a file, and what it is called in messages. Raises `InputError` as `read_file` does where
    they cannot be had."""
    data, _, shown = _given(named(path).file, str(path), max_size)
    return data, shown


def is_bilingual(path: str | Path, *, max_size: int = DEFAULT_MAX_SIZE, format: str | None = None) -> bool:
    """Is a file one of segments, which is a pair by itself? Raises as `read_file` does."""
    data, path, shown = _given(named(path).file, str(path), max_size)
    return chosen_format(data, path.suffix, shown, format)[0].bilingual


def read_bilingual(
    path: str | Path,
    *,
    shown: str | None = None,
    max_size: int = DEFAULT_MAX_SIZE,
    format: str | None = None,
    options: ReadOptions | None = None,
) -> tuple[RawText, RawText]:
    """The two versions that a file of segments holds. Raises as `read_file` does, and `InputError` for a file
    that is none."""
    data, path, shown = _given(path, shown, max_size)
    return read_bilingual_bytes(data, shown=shown, suffix=path.suffix, format=format, options=options)


def read_bilingual_bytes(
    data: bytes,
    *,
    shown: str,
    suffix: str = "",
    format: str | None = None,
    options: ReadOptions | None = None,
) -> tuple[RawText, RawText]:
    """As `read_bilingual`, of the bytes of a file whose name ends in `suffix`."""
    chosen, decoded = _opened(data, shown, suffix, format)
    if not chosen.bilingual:
        raise InputError(f"{shown}: no other version to hold against it; name a TARGET too")
    one, two = chosen.load(shown)(decoded.text if decoded else data, shown, options or ReadOptions())
    return _raw(one, chosen, decoded, shown), _raw(two, chosen, decoded, shown)


def read_text(text: str, *, name: str = "text", markdown: bool = False, format: str | None = None) -> RawText:
    """Read a string as if it were a file called `name`, of a format that is no container; offsets count its
    own characters.

    Raises `InputError` where it is blank, has no letters, or has surrogates, which are not characters.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{name}: character {error.start} is a lone surrogate; decode the text again from its bytes"
        ) from None
    _refuse_blank(text, name)
    chosen, _ = chosen_format(data, "", name, format or ("md" if markdown else None), text=text)
    if chosen.container or chosen.bilingual:
        raise InputError(f"{name}: is {chosen.title}, and a text of one version is wanted; read it as a file")
    extract = chosen.load(name)(text, name, ReadOptions())
    return _raw(extract, chosen, Decoded(text, "utf-8"), name)


def _opened(data: bytes, shown: str, suffix: str, format: str | None) -> tuple[Format, Decoded | None]:
    chosen, decoded = chosen_format(data, suffix, shown, format)
    if chosen.container:
        return chosen, None
    decoded = decoded or decode_bytes(data, shown)
    _refuse_blank(decoded.text, shown)
    return chosen, decoded


def _refuse_blank(text: str, shown: str) -> None:
    if not text.strip(BLANK):
        raise InputError(f"{shown}: is empty but for white space; check that it is the right file")
    if not any(map(str.isalpha, text)):
        raise InputError(f"{shown}: no letters: nothing to compare; check that it is the right file")


def _raw(extract: Extract, format: Format, decoded: Decoded | None, shown: str, entry: str = "") -> RawText:
    if not any(map(str.isalpha, extract.text)):
        # A reader has a better word for it where it knows one (a PDF that is a scan).
        raise InputError(f"{shown}: {format.title} without any words in it; check that it is the right file")
    return RawText(
        path=shown,
        text=extract.text,
        encoding=decoded.encoding if decoded else "utf-8",
        encoding_guessed=bool(decoded and decoded.guessed),
        markdown=extract.markdown,
        blocks=extract.blocks,
        format=format.name,
        origin=extract.origin,
        language=extract.language,
        marks=extract.marks,
        item=extract.item,
        skipped=extract.skipped,
        entry=entry,
    )


def _given(path: str | Path, shown: str | None, max_size: int) -> tuple[bytes, Path, str]:
    path = Path(path)
    if path == STANDARD_INPUT:
        shown, data = _NAME_OF_INPUT, _standard_input(max_size)
    else:
        shown = str(path) if shown is None else shown
        data = _read_bytes(path, shown, max_size)
    if len(data) > max_size:
        raise InputError(f"{shown}: larger than {max_size:,} bytes; split it, or allow more with --max-size")
    if not data:
        raise InputError(f"{shown}: is empty (0 bytes); check that it is the right file")
    return data, path, shown


@lru_cache(maxsize=1)
def _standard_input(max_size: int) -> bytes:
    """It can be read but once, and is looked at to know whether it is a pair by itself."""
    return sys.stdin.buffer.read(max_size + 1)


def _read_bytes(path: Path, shown: str, max_size: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{shown}: is a folder, and a text file is wanted; name a file in it")
        with path.open("rb") as file:
            return file.read(max_size + 1)
    except FileNotFoundError:
        raise InputError(f"{shown}: no such file; check the path") from None
    except PermissionError:
        raise InputError(f"{shown}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{shown}: cannot be read ({reason}); check the path") from None
