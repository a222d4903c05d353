"""Reading: a file or a string becomes a `RawText`, its characters and the blocks that its format shows.

Nothing here knows languages or sentences; the next room, `segment`, does.
"""

from __future__ import annotations

from pathlib import Path

from mlcheck.data import Block, RawText, Span
from mlcheck.errors import InputError
from mlcheck.read.contents import kind_of
from mlcheck.read.decode import decode_bytes
from mlcheck.read.markdown import markdown_blocks, markdown_comments
from mlcheck.read.pair import Text, refuse_same
from mlcheck.read.plain import plain_blocks
from mlcheck.read.subtitles import subtitle_blocks
from mlcheck.text import BLANK

__all__ = ["DEFAULT_MAX_SIZE", "Text", "comments", "read_file", "read_text", "refuse_same"]

DEFAULT_MAX_SIZE = 10_000_000
"""Bytes. A news item has some thousands, a thick novel has two million: more is a mistake, as a rule."""

_MARKDOWN = frozenset({".md", ".markdown"})
_NOT_YET = {
    ".htm": "HTML",
    ".html": "HTML",
    ".xhtml": "HTML",
    ".doc": "Word",
    ".docx": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".pdf": "PDF",
    ".epub": "EPUB",
}


def read_file(path: str | Path, *, shown: str | None = None, max_size: int = DEFAULT_MAX_SIZE) -> RawText:
    """Read a text file; `.md` and `.markdown` are Markdown, every other suffix is plain text.

    `shown` is the path as the user named it, for reports and messages; without it, `path` as given.
    `max_size` is in bytes. Raises `InputError` for what cannot be checked: a missing file, a folder,
    a file that may not be read, is empty, too large, binary, of unknown encoding, without letters, or data
    or a page that has a text in it: JSON, XML, HTML, a table, a mail in base64.
    """
    path = Path(path)
    shown = str(path) if shown is None else shown
    decoded = decode_bytes(_read_bytes(path, shown, max_size), shown)
    markdown = path.suffix.lower() in _MARKDOWN
    return RawText(
        path=shown,
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_guessed=decoded.guessed,
        markdown=markdown,
        blocks=_blocks(decoded.text, shown, markdown=markdown),
    )


def read_text(text: str, *, name: str = "text", markdown: bool = False) -> RawText:
    """Read a string as if it were a file called `name`; offsets count its own characters.

    Raises `InputError` where it is blank, has no letters, or has surrogates, which are not characters.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{name}: character {error.start} is a lone surrogate; decode the text again from its bytes"
        ) from None
    return RawText(
        path=name,
        text=text,
        encoding="utf-8",
        encoding_guessed=False,
        markdown=markdown,
        blocks=_blocks(text, name, markdown=markdown),
    )


def comments(raw: RawText) -> tuple[Span, ...]:
    """Where a text has HTML comments, in order, from `<!--` to `-->`; plain text has none."""
    if not raw.markdown or "<!--" not in raw.text:
        return ()
    return markdown_comments(raw.text)


def _read_bytes(path: Path, shown: str, max_size: int) -> bytes:
    try:
        if path.is_dir():
            raise InputError(f"{shown}: is a folder, and a text file is wanted; name a file in it")
        with path.open("rb") as file:
            # After opening, so that a missing .docx is called missing; before reading, so that a
            # large one is not said to be too large.
            _refuse_suffix(path, shown)
            data = file.read(max_size + 1)
    except FileNotFoundError:
        raise InputError(f"{shown}: no such file; check the path") from None
    except PermissionError:
        raise InputError(f"{shown}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{shown}: cannot be read ({reason}); check the path") from None
    if len(data) > max_size:
        raise InputError(f"{shown}: larger than {max_size:,} bytes; split it, or allow more with --max-size")
    return data


def _refuse_suffix(path: Path, shown: str) -> None:
    kind = _NOT_YET.get(path.suffix.lower())
    if kind is not None:
        raise InputError(
            f"{shown}: is {kind}, and this version reads .txt and .md; save it as text (UTF-8, .txt)"
        )


def _blocks(text: str, shown: str, *, markdown: bool) -> tuple[Block, ...]:
    if not text.strip(BLANK):
        raise InputError(f"{shown}: is empty but for white space; check that it is the right file")
    if not any(map(str.isalpha, text)):
        raise InputError(f"{shown}: no letters: nothing to compare; check that it is the right file")
    kind = kind_of(text, markdown=markdown)
    if kind is not None:
        raise InputError(
            f"{shown}: is {kind}, whatever its name, and this version reads plain text and Markdown; "
            "save the words alone as text (UTF-8, .txt)"
        )
    return markdown_blocks(text) if markdown else subtitle_blocks(text) or plain_blocks(text)
