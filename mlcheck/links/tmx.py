"""Links as TMX 1.4b, which tools for translators open as a memory.

Only what is said on both sides is written. A unit with one side is allowed by the standard, but in
a memory it is an entry that nobody can use.

No document type is written, though the standard recommends one: parsers that heed it look for
`tmx14.dtd` beside the file and fail where it is not, and others refuse any document type. No tool
needs it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mlcheck._version import __version__
from mlcheck.data import Link, Links
from mlcheck.errors import UsageError
from mlcheck.links.link_xml import LANG, document, sides, tag

__all__ = ["left_out", "to_tmx"]

_SEGTYPE = {"paragraph": "paragraph", "sentence": "sentence", "line": "block"}
"""Of what the standard allows, `block` is the one that promises nothing: a line may be a word, a
sentence or a whole paragraph."""


def to_tmx(links: Links) -> str:
    """Links as a TMX 1.4b document, without clock or path. `left_out` says what is not in it.

    Raises `UsageError` where both texts are in one language: a memory tells its sides apart by it.
    """
    source, target = (tag(code) for code in links.languages)
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
        one, two = sides(links, link)
        if one and two:
            _add(body, link, {source: one, target: two})
    return document(root)


def left_out(links: Links) -> tuple[int, int]:
    """How many units of the source and of the target are not in the TMX, blank ones not counted."""
    alone = [link for link in links.links if not all(sides(links, link))]
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
        variant = ET.SubElement(unit, "tuv", {LANG: language})
        ET.SubElement(variant, "seg").text = text
