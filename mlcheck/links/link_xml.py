"""What the formats of links for translators' tools share: the text of a link's two sides as XML can
hold it, language codes as XML has them, and the document around it all."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from mlcheck.data import Link, Links
from mlcheck.languages import language as record

__all__ = ["LANG", "SPACE", "document", "sides", "tag"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute `xml:lang`."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
"""The attribute `xml:space`."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, even escaped; and carriage returns, which a parser would make line feeds."""


def document(root: ET.Element) -> str:
    """The document, indented, to be written as UTF-8. Elements that hold text alone keep it as it is."""
    ET.indent(root)
    return f"{_DECLARATION}\n{ET.tostring(root, encoding='unicode')}\n"


def sides(links: Links, link: Link) -> tuple[str, str]:
    """What the two sides of a link say, each as one text that XML can hold; empty where a side says
    nothing that can be seen."""
    return (
        _joined([links.source[i] for i in link.source], links.unit, links.languages[0]),
        _joined([links.target[j] for j in link.target], links.unit, links.languages[1]),
    )


def tag(code: str) -> str:
    """The code with hyphens: `pt_BR` is taken on the command line, and is no BCP 47."""
    return code.replace("_", "-")


def _joined(texts: Sequence[str], unit: str, language: str) -> str:
    """Sentences joined as in running text. Paragraphs and lines keep a line end between them: no
    unit has one inside, so whoever wants to cut the entry sees where, and a space would hide it."""
    between = "\n"
    if unit == "sentence":
        between = " " if record(language).writing.sentences_spaced else ""
    joined = between.join(_UNWRITABLE.sub(_stand_in, text) for text in texts)
    return joined if joined.strip() else ""


def _stand_in(found: re.Match[str]) -> str:
    """A space for a form feed and its like, which part words; nothing for other characters."""
    return " " if found[0].isspace() else ""
