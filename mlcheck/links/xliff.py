"""Links as XLIFF 1.2, which tools for translators open as a text under translation: what has a
counterpart as translated, what has none as still to be translated.

Version 1.2 and not 2.x, because nearly every such tool reads it, OmegaT without a plugin; 2.x is
another format, which many do not read.

What only the target has is left out. A file of this kind holds a source and its translation, and
there is no place in it for a translation of nothing.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mlcheck._version import __version__
from mlcheck.data import Link, Links
from mlcheck.links.link_xml import SPACE, document, sides, tag

__all__ = ["left_out", "to_xliff"]

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

_TOOL = "mlcheck"

_ORIGINAL = "source"
"""The standard asks for the name of the file that the text is from. `Links` has no names, and one
made up could be taken for a file; this is what the command line calls it."""


def to_xliff(links: Links) -> str:
    """Links as an XLIFF 1.2 document, without clock or path. `left_out` says what is not in it.

    Units are numbered from 1, in the order of the links. Two texts in one language are as good as
    any others: source and target are told apart by their elements.
    """
    # The namespace is written as an attribute, because ElementTree takes a default namespace only
    # where attributes have one as well, and a prefix on every element is more than some tools expect.
    root = ET.Element("xliff", {"version": "1.2", "xmlns": _NAMESPACE})
    source, target = (tag(code) for code in links.languages)
    about = {
        "original": _ORIGINAL,
        "source-language": source,
        "target-language": target,
        "datatype": "plaintext",
        "tool-id": _TOOL,
    }
    file = ET.SubElement(root, "file", about)
    tool = {"tool-id": _TOOL, "tool-name": _TOOL, "tool-version": __version__}
    ET.SubElement(ET.SubElement(file, "header"), "tool", tool)
    body = ET.SubElement(file, "body")
    for link in links.links:
        one, two = sides(links, link)
        if one:
            _add(body, link, one, two)
    return document(root)


def left_out(links: Links) -> int:
    """How many units of the target are not in the XLIFF, blank ones not counted."""
    alone = [link for link in links.links if not sides(links, link)[0]]
    return sum(bool(links.target[j].strip()) for link in alone for j in link.target)


def _add(body: ET.Element, link: Link, source: str, target: str) -> None:
    # Of each unit and not once of the file: by the schema, a unit that does not say so has `default`.
    unit = ET.SubElement(body, "trans-unit", {"id": str(len(body) + 1), SPACE: "preserve"})
    ET.SubElement(unit, "source").text = source
    state = "translated" if target else "needs-translation"
    ET.SubElement(unit, "target", state=state).text = target
    if target and link.similarity is not None and link.confidence is not None:
        # A note, and one for both: tools show it beside the unit, some the last one only. Attributes
        # of a namespace of our own would be valid only beside a schema for them, and nobody sees them.
        figures = f"similarity {link.similarity:.4f}, confidence {link.confidence:.4f}"
        ET.SubElement(unit, "note", {"from": _TOOL}).text = figures
