"""Links as TMX 1.4b, which tools for translators open as a memory.

Only what is said on both sides is written. A unit with one side is allowed by the standard, but in
a memory it is an entry that nobody can use.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from mlcheck._version import __version__
from mlcheck.data import Link, Links
from mlcheck.errors import UsageError
from mlcheck.languages import base

__all__ = ["left_out", "to_tmx"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
"""No document type behind it, though the standard recommends one: parsers that heed it look for
`tmx14.dtd` beside the file and fail where it is not, and others refuse any document type. No tool
needs it."""

_SEGTYPE = {"paragraph": "paragraph", "sentence": "sentence", "line": "block"}
"""Of what the standard allows, `block` is the one that promises nothing: a line may be a word, a
sentence or a whole paragraph."""

_RUN_ON = frozenset({"zh", "yue", "ja"})
"""Languages that have no space between two sentences. Thai, Lao, Khmer and Burmese are not among
them: they have none between words, and one between sentences."""

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, even escaped; and carriage returns, which a parser would make line feeds."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_tmx(links: Links) -> str:
    """Links as a TMX 1.4b document, without clock or path. `left_out` says what is not in it.

    Raises `UsageError` where both texts are in one language: a memory tells its sides apart by it.
    """
    source, target = (_tag(code) for code in links.languages)
    if source.lower() == target.lower():
        raise UsageError(
            f"both texts are in {source!r}, and TMX tells them apart by language; name them with --lang, "
            "or choose another --format"
        )
    root = ET.Element("tmx", version="1.4")
    header = {
        "creationtool": "mlcheck",
        "creationtoolversion": __version__,
        "segtype": _SEGTYPE[links.unit],
        "o-tmf": "mlcheck",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    ET.SubElement(root, "header", header)
    body = ET.SubElement(root, "body")
    for link in links.links:
        texts = _texts(links, link)
        if texts is not None:
            _add(body, link, {source: texts[0], target: texts[1]})
    ET.indent(root)
    return f"{_DECLARATION}\n{ET.tostring(root, encoding='unicode')}\n"


def left_out(links: Links) -> tuple[int, int]:
    """How many units of the source and of the target are not in the TMX, blank ones not counted."""
    alone = [link for link in links.links if _texts(links, link) is None]
    return (
        sum(bool(links.source[i].strip()) for link in alone for i in link.source),
        sum(bool(links.target[j].strip()) for link in alone for j in link.target),
    )


def _add(body: ET.Element, link: Link, texts: dict[str, str]) -> None:
    unit = ET.SubElement(body, "tu")
    if link.similarity is not None and link.confidence is not None:
        figures = {"similarity": link.similarity, "confidence": link.confidence}
        for name, value in figures.items():
            ET.SubElement(unit, "prop", type=f"x-mlcheck-{name}").text = f"{value:.4f}"
    for language, text in texts.items():
        variant = ET.SubElement(unit, "tuv", {_LANG: language})
        ET.SubElement(variant, "seg").text = text


def _texts(links: Links, link: Link) -> tuple[str, str] | None:
    """What the two sides of a link say; None where one says nothing."""
    one = _joined([links.source[i] for i in link.source], links.unit, links.languages[0])
    two = _joined([links.target[j] for j in link.target], links.unit, links.languages[1])
    return (one, two) if one.strip() and two.strip() else None


def _joined(texts: Sequence[str], unit: str, language: str) -> str:
    """Sentences joined as in running text. Paragraphs and lines keep a line end between them: no
    unit has one inside, so whoever wants to cut the entry sees where, and a space would hide it."""
    between = "\n"
    if unit == "sentence":
        between = "" if base(language) in _RUN_ON else " "
    return between.join(_UNWRITABLE.sub(_stand_in, text) for text in texts)


def _stand_in(found: re.Match[str]) -> str:
    """A space for a form feed and its like, which part words; nothing for other characters."""
    return " " if found[0].isspace() else ""


def _tag(code: str) -> str:
    """The code with hyphens: `pt_BR` is taken on the command line, and is no BCP 47."""
    return code.replace("_", "-")
