"""What a file is by its content, whatever it is called: data and pages that hold a text, and are none.

Compared as if they were text, a JSON item that lacks a paragraph passes as consistent: most of its lines are
the same keys on both sides. So they are named, and refused, until there is a reader of their own. Each test
looks at the whole: prose may begin with a brace, and Markdown may have HTML in it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlcheck.read.subtitles import is_subtitles

__all__ = ["Kind", "kind_of"]

_JSON_START = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]{0,200}"\s*:')
_NINJS = re.compile(
    r'"(?:versioncreated|pubstatus|body_?text|body_?xhtml|headlines?|bodies)"\s*:', re.IGNORECASE
)
_LINKED = re.compile(r'"@context"\s*:')
_ARTICLE = re.compile(r'"@type"\s*:\s*\[?\s*"[^"]*(?:Article|Posting|Report)"')
_XML_ROOT = re.compile(
    r"\s*(?:<\?xml\b.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\b[^>\[]*(?:\[.*?\]\s*)?>\s*)*<([A-Za-z_][\w.:-]*)",
    re.DOTALL,
)
_XML_NAMES = {
    "xliff": "XLIFF",
    "tmx": "TMX",
    "nitf": "NITF",
    "newsitem": "NewsML",
    "newsmessage": "NewsML",
    "newsml": "NewsML",
    "rss": "an RSS feed",
    "feed": "an Atom feed",
    "tt": "TTML subtitles",
    "ts": "a Qt translation file",
    "resources": "an Android resource file",
    "martif": "TBX",
    "tbx": "TBX",
}
_PAGE = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_START = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:p|div|h[1-6]|article|section|main|header|nav|ul|ol|table|title|meta|link|script"
    r"|style|figure|blockquote|span|b|strong|em|a|img)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_PIECE = re.compile(
    r"</(?:p|div|h[1-6]|li|article|section|table|tr|td|blockquote|figure)\s*>|<br\s*/?>", re.IGNORECASE
)
_PO = re.compile(r'^msgid(?:_plural)? ".*^msgstr(?:\[\d\])? "', re.MULTILINE | re.DOTALL)
_HEADER = re.compile(
    r"^(?:from|to|subject|date|mime-version|content-type|message-id|received|return-path):",
    re.IGNORECASE | re.MULTILINE,
)
_ENCODED = re.compile(
    r"^content-transfer-encoding:\s*(base64|quoted-printable)", re.IGNORECASE | re.MULTILINE
)
_PARTS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)*?content-type:\s*multipart/",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{56,76}={0,2}")
_NUMBER = 5
"""Characters of what numbers an item of a list, at most: `12.`, `(iv)`."""
_MANY_ROWS = 200
"""Rows after which a table is known for one, or for none."""

_FORMATS = {
    "HTML": "html",
    "XLIFF": "xliff",
    "TMX": "tmx",
    "NITF": "nitf",
    "NewsML": "newsml",
    "an RSS feed": "feed",
    "an Atom feed": "feed",
    "an Android resource file": "android",
    "a RESX file": "resx",
    "a PO file": "po",
    "JSON (ninjs)": "ninjs",
    "JSON-LD": "jsonld",
    "JSON": "json",
    "a table (CSV)": "csv",
    "a table (TSV)": "csv",
    "RTF": "rtf",
    "subtitles": "srt",
}
"""The format of each kind that has one, by its title."""

Test = Callable[[str], str | None]


class Kind(NamedTuple):
    """What a text is: as a message says it (`a table (CSV)`), and the name of its format, "" where it has
    none."""

    title: str
    format: str


def kind_of(text: str, *, markdown: bool = False) -> Kind | None:
    """What a text is; None where it may be prose.

    `markdown` says that HTML, and rows with separators, are part of the format.

    >>> kind_of('{"headline": "Ferries"}'), kind_of("{note} Ferries cross the bay.")
    (Kind(title='JSON', format='json'), None)
    """
    tests: tuple[Test, ...] = (_json, _markup, _catalogue, _mail, _rich, _subtitles)
    if not markdown:
        tests = (*tests, _fragment, _table, _base64)
    title = next((kind for kind in (test(text) for test in tests) if kind is not None), None)
    if title is None:
        return None
    return Kind(title, "eml" if title.startswith("a mail") else _FORMATS.get(title, ""))


def _json(text: str) -> str | None:
    body = text.strip("\ufeff \t\r\n")
    if body[:1] not in ("{", "["):
        return None
    if not _is_json(body):
        lines = [line for line in body.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip().startswith("{") and _is_json(line) for line in lines):
            return "JSON Lines"
        # A file cut off, or with a comma too many, is JSON all the same.
        if not (_JSON_START.match(body) and body[-1] in "]}"):
            return None
    if _LINKED.search(body) and _ARTICLE.search(body):
        return "JSON-LD"
    return "JSON (ninjs)" if len(set(map(str.lower, _NINJS.findall(body)))) > 1 else "JSON"


def _is_json(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or (isinstance(value, list) and bool(value))


def _markup(text: str) -> str | None:
    if _PAGE.match(text):
        return "HTML"
    root = _XML_ROOT.match(text)
    if root is None:
        return None
    name = root[1].rpartition(":")[2]
    if name == "root" and "<resheader" in text:
        return "a RESX file"
    declared = text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    if declared or (name.lower() in _XML_NAMES and f"</{root[1]}" in text):
        return _XML_NAMES.get(name.lower(), "XML")
    return None


def _fragment(text: str) -> str | None:
    """HTML without a head, or XML without a declaration, in what is called plain text."""
    body = text.strip("\ufeff \t\r\n")
    if _PAGE_START.match(body) and body.endswith(">") and len(_PAGE_PIECE.findall(body)) >= 2:
        return "HTML"
    root = _XML_ROOT.match(body)
    if root is not None and re.search(rf"</{re.escape(root[1])}\s*>\Z", body) and body.count("</") > 1:
        return "HTML" if _PAGE_START.match(body) else "XML"
    return None


def _catalogue(text: str) -> str | None:
    return "a PO file" if "msgid" in text and _PO.search(text) else None


def _mail(text: str) -> str | None:
    """A mail whose text is encoded, or in several parts. One that is written out reads as text."""
    if _PARTS.match(text):
        return "a mail of several parts"
    encoded = _ENCODED.search(text)
    if encoded is None or not _HEADER.search(text[: encoded.end() + 2000]):
        return None
    return f"a mail with parts in {encoded[1].lower()}"


def _rich(text: str) -> str | None:
    if text.startswith("{\\rtf"):
        return "RTF"
    return "ASS subtitles" if text.lstrip("\ufeff").startswith("[Script Info]") else None


def _subtitles(text: str) -> str | None:
    return "subtitles" if is_subtitles(text) else None


def _base64(text: str) -> str | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    full = sum(bool(_BASE64.fullmatch(line)) and not line.isalpha() for line in lines)
    return "base64" if full >= 3 and full >= 0.8 * (len(lines) - 1) else None


def _table(text: str) -> str | None:
    lines = [line for line in text.splitlines() if line.strip()][:_MANY_ROWS]
    if len(lines) < 2:
        return None
    tabs = {line.count("\t") for line in lines}
    if (
        len(tabs) == 1
        and min(tabs) >= (1 if len(lines) > 2 else 2)
        and not any(line[0] == "\t" for line in lines)
        and not _is_numbered(lines)
    ):
        return "a table (TSV)"
    return next(("a table (CSV)" for sign in ",;" if _is_csv(text, sign)), None)


def _is_numbered(lines: Sequence[str]) -> bool:
    """Has each line a number, a letter or a bullet before its only tab, as items of a list have?"""
    return all(len(line.partition("\t")[0].strip()) <= _NUMBER and line.count("\t") == 1 for line in lines)


def _is_csv(text: str, sign: str) -> bool:
    """Rows of as many cells each, and no space after the sign, as prose has it."""
    rows = []
    try:
        for row in csv.reader(text.splitlines(), delimiter=sign, strict=True):
            if row:
                rows.append(row)
            if len(rows) == _MANY_ROWS:
                break
    except csv.Error:
        return False
    widths = Counter(map(len, rows))
    width, same = widths.most_common(1)[0] if widths else (0, 0)
    # A row of a table written by hand may lack a cell.
    if len(rows) < 3 or width < 2 or same < len(rows) * (1 if width == 2 else 0.9):
        return False
    cells = [cell for row in rows for cell in row[1:]]
    spaced = sum(cell.startswith(" ") for cell in cells)
    open_ended = sum(not row[-1] for row in rows)
    return spaced <= 0.2 * len(cells) and (width > 2 or not spaced) and open_ended <= 0.5 * len(rows)
