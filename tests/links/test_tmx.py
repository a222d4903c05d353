"""TMX: what a parser gets back, and the content model of TMX 1.4b."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from some_links import LINKS

from mlcheck._version import __version__
from mlcheck.data import Link, Links
from mlcheck.errors import UsageError
from mlcheck.links.tmx import left_out, to_tmx

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# The content model: an element's children in order, as letters, and its attributes.
LETTERS = {
    "header": "h",
    "body": "b",
    "tu": "u",
    "note": "n",
    "prop": "p",
    "ude": "e",
    "tuv": "v",
    "seg": "s",
}
CHILDREN = {
    "tmx": "hb",
    "header": "[npe]*",
    "body": "u*",
    "tu": "[np]*v+",
    "tuv": "[np]*s",
    "prop": "",
    "seg": "",  # no inline elements
}
REQUIRED = {
    "tmx": {"version"},
    "header": {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    },
    "tuv": {XML_LANG},
    "prop": {"type"},
}
SEGTYPES = {"block", "paragraph", "sentence", "phrase"}


def faults(root: ET.Element) -> list[str]:
    """What the content model of TMX 1.4b has against a document."""
    found = []
    for element in root.iter():
        children = "".join(LETTERS.get(child.tag, "?") for child in element)
        if element.tag not in CHILDREN:
            found.append(f"no such element: {element.tag}")
        elif not re.fullmatch(CHILDREN[element.tag], children):
            found.append(f"{element.tag} holds {children}")
        if set(element.attrib) != REQUIRED.get(element.tag, set()):
            found.append(f"{element.tag} has the attributes {sorted(element.attrib)}")
        if element.tag not in ("seg", "prop") and (element.text or "").strip():
            found.append(f"text in {element.tag}")
        if (element.tail or "").strip():
            found.append(f"text behind {element.tag}")
    if root.tag != "tmx" or root.get("version") != "1.4":
        found.append("no TMX 1.4")
    header = root.find("header")
    if header is None or header.get("segtype") not in SEGTYPES:
        found.append("no such segtype")
    return found


def parsed(links: Links) -> ET.Element:
    """The document as a parser of the bytes sees it; it keeps to the content model."""
    root = ET.fromstring(to_tmx(links).encode("utf-8"))
    assert faults(root) == []
    return root


def segments(links: Links) -> list[list[str | None]]:
    return [[seg.text for seg in unit.iter("seg")] for unit in parsed(links).iter("tu")]


def one(source: str, target: str, **changed: object) -> Links:
    link = Link(source=(0,), target=(0,), similarity=1.0, divergence=0.0, confidence=1.0)
    made = replace(LINKS, links=(link,), source=(source,), target=(target,))
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "document",
    [
        "<tmx version='1.4'><body/></tmx>",
        to_tmx(LINKS).replace("<seg>", "<seg><b/>"),
        to_tmx(LINKS).replace(' o-tmf="mlcheck"', ""),
        to_tmx(LINKS).replace(' segtype="sentence"', ' segtype="line"'),
        to_tmx(LINKS).replace("<tuv ", "<tuv lang='en' "),
        to_tmx(LINKS).replace("<body>", "<body>text"),
        to_tmx(LINKS).replace("</tuv>", "</tuv><prop type='x'/>"),
        to_tmx(LINKS).replace('"1.4"', '"1.1"'),
    ],
)
def test_the_content_model_of_these_tests_refuses(document: str) -> None:
    assert faults(ET.fromstring(document.encode())) != []


def test_the_whole_document() -> None:
    assert to_tmx(replace(LINKS, links=LINKS.links[:3])) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="mlcheck" creationtoolversion="{__version__}" segtype="sentence" '
        'o-tmf="mlcheck" adminlang="en" srclang="en" datatype="plaintext" />\n'
        "  <body>\n"
        "    <tu>\n"
        '      <prop type="x-mlcheck-similarity">0.9123</prop>\n'
        '      <prop type="x-mlcheck-confidence">0.9600</prop>\n'
        '      <tuv xml:lang="en">\n'
        "        <seg>Ferries sail.</seg>\n"
        "      </tuv>\n"
        '      <tuv xml:lang="pt-BR">\n'
        "        <seg>As balsas navegam.</seg>\n"
        "      </tuv>\n"
        "    </tu>\n"
        "  </body>\n"
        "</tmx>\n"
    )


def test_units_without_counterpart_are_left_out_and_counted() -> None:
    assert segments(LINKS) == [["Ferries sail.", "As balsas navegam."], ["One. Two.", "Um e dois."]]
    assert left_out(LINKS) == (1, 1)


def test_blank_units_are_not_counted() -> None:
    links = replace(LINKS, unit="line", source=("Ferries sail.", " \t", "One.", "Two."))
    assert left_out(links) == (0, 1)


def test_figures_stand_only_where_both_are_known() -> None:
    assert [len(list(unit.iter("prop"))) for unit in parsed(LINKS).iter("tu")] == [2, 0]


def test_no_links() -> None:
    assert segments(replace(LINKS, links=())) == []
    assert left_out(replace(LINKS, links=())) == (0, 0)


@pytest.mark.parametrize(
    ("unit", "segtype"), [("paragraph", "paragraph"), ("sentence", "sentence"), ("line", "block")]
)
def test_the_kind_of_segments(unit: str, segtype: str) -> None:
    header = parsed(replace(LINKS, unit=unit)).find("header")
    assert header is not None
    assert header.get("segtype") == segtype


@pytest.mark.parametrize(
    ("unit", "language", "joined"),
    [
        ("sentence", "de", "Eins. Zwei."),
        ("sentence", "zh-Hant-TW", "Eins.Zwei."),
        ("sentence", "ja", "Eins.Zwei."),
        ("sentence", "ko", "Eins. Zwei."),
        ("sentence", "th", "Eins. Zwei."),
        ("paragraph", "zh", "Eins.\nZwei."),
        ("line", "de", "Eins.\nZwei."),
    ],
)
def test_how_units_are_joined(unit: str, language: str, joined: str) -> None:
    links = replace(
        LINKS,
        unit=unit,
        links=(Link(source=(0,), target=(0, 1), similarity=1.0, divergence=0.0),),
        languages=("en", language),
        source=("One and two.",),
        target=("Eins.", "Zwei."),
    )
    assert segments(links) == [["One and two.", joined]]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a < b & c > d ]]> \"e\" 'f'", "a < b & c > d ]]> \"e\" 'f'"),
        ("&amp; <seg> <!-- x -->", "&amp; <seg> <!-- x -->"),
        ("  two  spaces\tand a tab  ", "  two  spaces\tand a tab  "),
        ("one\ftwo\vthree\x1cfour\rfive", "one two three four five"),
        ("bell\x07, escape\x1b[0m, nul\x00", "bell, escape[0m, nul"),
        ("lone \ud83d half, \udc80", "lone  half, "),
        ("no \ufffe\uffff characters", "no  characters"),
        ("edges \ud7ff\ue000\ufffd\U00010000\U0010ffff", "edges \ud7ff\ue000\ufffd\U00010000\U0010ffff"),
        ("next\x85line\u2028end \U0001f600 e\u0301", "next\x85line\u2028end \U0001f600 e\u0301"),
    ],
)
def test_what_a_parser_reads_back(text: str, kept: str) -> None:
    assert segments(one(text, "Ziel")) == [[kept, "Ziel"]]
    assert segments(one("Quelle", text)) == [["Quelle", kept]]


def test_every_character_gives_well_formed_xml() -> None:
    """A sweep of the planes, so that no range is off by one."""
    for start in range(0, 0x20000, 0x1000):
        text = "".join(map(chr, range(start, start + 0x1000)))
        (read, _), *_ = segments(one(f"a{text}", "b"))
        assert read is not None
        assert len(read) >= 1 + 0x1000 - (0x800 if start == 0xD000 else 32)


def test_a_side_of_which_nothing_is_left_makes_no_unit() -> None:
    assert segments(one("\x01\x02", "Ziel")) == []
    assert left_out(one("\x01\x02", "Ziel")) == (1, 1)


def test_a_code_with_odd_characters_cannot_break_the_document() -> None:
    root = parsed(one("a", "b", languages=("en", 'de-"<&')))
    assert [variant.get(XML_LANG) for variant in root.iter("tuv")] == ["en", 'de-"<&']


@pytest.mark.parametrize("languages", [("en", "en"), ("en", "EN"), ("pt-BR", "pt_br")])
def test_one_language_on_both_sides_is_refused(languages: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="TMX tells them apart by language"):
        to_tmx(replace(LINKS, languages=languages))


def test_two_kinds_of_one_language_are_told_apart() -> None:
    root = parsed(replace(LINKS, languages=("en-GB", "en-US")))
    assert {variant.get(XML_LANG) for variant in root.iter("tuv")} == {"en-GB", "en-US"}
