"""XLIFF: what a parser gets back, and the content model of XLIFF 1.2, strict."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from some_links import LINKS

from mlcheck._version import __version__
from mlcheck.data import Link, Links
from mlcheck.links.xliff import left_out, to_xliff

NAMESPACE = "{urn:oasis:names:tc:xliff:document:1.2}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The content model, as far as it is used: an element's children in order, as letters; the attributes
# that it has, which are those that it must have and some of those that it may.
LETTERS = {
    "file": "f",
    "header": "h",
    "tool": "o",
    "body": "b",
    "trans-unit": "u",
    "source": "s",
    "target": "t",
    "note": "n",
}
CHILDREN = {
    "xliff": "f+",
    "file": "h?b",
    "header": "[no]*",
    "tool": "",
    "body": "u*",
    "trans-unit": "st?n*",
    "source": "",  # no inline elements
    "target": "",
    "note": "",
}
ATTRIBUTES = {
    "xliff": {"version"},
    "file": {"original", "source-language", "target-language", "datatype", "tool-id"},
    "tool": {"tool-id", "tool-name", "tool-version"},
    "trans-unit": {"id", XML_SPACE},
    "target": {"state"},
    "note": {"from"},
}
STATES = {"needs-translation", "translated"}


def name(element: ET.Element) -> str:
    """Without the namespace; as it is where that is another one."""
    return element.tag.removeprefix(NAMESPACE) if element.tag.startswith(NAMESPACE) else f"?{element.tag}"


def faults(root: ET.Element) -> list[str]:
    """What the content model of XLIFF 1.2 has against a document."""
    found = []
    for element in root.iter():
        children = "".join(LETTERS.get(name(child), "?") for child in element)
        if name(element) not in CHILDREN:
            found.append(f"no such element: {element.tag}")
        elif not re.fullmatch(CHILDREN[name(element)], children):
            found.append(f"{name(element)} holds {children}")
        if set(element.attrib) != ATTRIBUTES.get(name(element), set()):
            found.append(f"{name(element)} has the attributes {sorted(element.attrib)}")
        if name(element) not in ("source", "target", "note") and (element.text or "").strip():
            found.append(f"text in {name(element)}")
        if (element.tail or "").strip():
            found.append(f"text behind {name(element)}")
    if name(root) != "xliff" or root.get("version") != "1.2":
        found.append("no XLIFF 1.2")
    for file in root.iter(f"{NAMESPACE}file"):
        ids = [unit.get("id") for unit in file.iter(f"{NAMESPACE}trans-unit")]
        if len(set(ids)) < len(ids):
            found.append("an id twice")
        if file.get("tool-id") not in [tool.get("tool-id") for tool in file.iter(f"{NAMESPACE}tool")]:
            found.append("no such tool")
    if not {target.get("state") for target in root.iter(f"{NAMESPACE}target")} <= STATES:
        found.append("no such state")
    return found


def parsed(links: Links) -> ET.Element:
    """The document as a parser of the bytes sees it; it keeps to the content model."""
    root = ET.fromstring(to_xliff(links).encode("utf-8"))
    assert faults(root) == []
    return root


def units(links: Links) -> list[tuple[str | None, ...]]:
    """Source, state and target of each unit."""
    found = []
    for unit in parsed(links).iter(f"{NAMESPACE}trans-unit"):
        source, target = unit.find(f"{NAMESPACE}source"), unit.find(f"{NAMESPACE}target")
        assert source is not None
        assert target is not None
        found.append((source.text, target.get("state"), target.text))
    return found


def one(source: str, target: str, **changed: object) -> Links:
    link = Link(source=(0,), target=(0,), similarity=1.0, divergence=0.0, confidence=1.0)
    made = replace(LINKS, links=(link,), source=(source,), target=(target,))
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "other"),
    [
        (':1.2"', ':2.0"'),
        ('version="1.2"', 'version="1.1"'),
        (' original="source"', ""),
        (' datatype="plaintext"', ""),
        ('id="2"', 'id="1"'),
        ('<tool tool-id="mlcheck"', '<tool tool-id="other"'),
        (' xml:space="preserve"', ""),
        ('state="needs-translation"', 'state="untranslated"'),
        ("<source>", "<source><b/>"),
        ("<note ", "<prop-group/><note "),
        ("<body>", "<body>text"),
        ("</note>", "</note>text"),
        ("<source>One. Two.</source>", ""),
    ],
)
def test_the_content_model_of_these_tests_refuses(written: str, other: str) -> None:
    document = to_xliff(LINKS)
    assert written in document
    assert faults(ET.fromstring(document.replace(written, other).encode())) != []


def test_the_content_model_of_these_tests_refuses_another_order() -> None:
    root = parsed(LINKS)
    for unit in root.iter(f"{NAMESPACE}trans-unit"):
        unit[:] = unit[::-1]
    assert faults(root) != []


def test_the_whole_document() -> None:
    assert to_xliff(replace(LINKS, links=LINKS.links[:3])) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        '  <file original="source" source-language="en" target-language="pt-BR" datatype="plaintext" '
        'tool-id="mlcheck">\n'
        "    <header>\n"
        f'      <tool tool-id="mlcheck" tool-name="mlcheck" tool-version="{__version__}" />\n'
        "    </header>\n"
        "    <body>\n"
        '      <trans-unit id="1" xml:space="preserve">\n'
        "        <source>Ferries sail.</source>\n"
        '        <target state="translated">As balsas navegam.</target>\n'
        '        <note from="mlcheck">similarity 0.9123, confidence 0.9600</note>\n'
        "      </trans-unit>\n"
        '      <trans-unit id="2" xml:space="preserve">\n'
        "        <source>Nobody knows.</source>\n"
        '        <target state="needs-translation" />\n'
        "      </trans-unit>\n"
        "    </body>\n"
        "  </file>\n"
        "</xliff>\n"
    )


def test_the_same_links_give_the_same_document() -> None:
    assert to_xliff(LINKS) == to_xliff(replace(LINKS))


def test_what_only_the_target_has_is_left_out_and_counted() -> None:
    assert units(LINKS) == [
        ("Ferries sail.", "translated", "As balsas navegam."),
        ("Nobody knows.", "needs-translation", None),
        ("One. Two.", "translated", "Um e dois."),
    ]
    assert left_out(LINKS) == 1


def test_blank_units_are_neither_written_nor_counted() -> None:
    blank = (Link(source=(4,), target=()), Link(source=(), target=(4,)))
    links = replace(
        LINKS,
        unit="line",
        links=(*blank, *LINKS.links),
        source=(*LINKS.source, " \t"),
        target=(*LINKS.target, "\u3000"),
    )
    assert [source for source, _, _ in units(links)] == ["Ferries sail.", "Nobody knows.", "One.\nTwo."]
    assert left_out(links) == 1


def test_units_keep_the_order_of_the_links() -> None:
    swapped = (Link(source=(0,), target=(3,)), Link(source=(2,), target=(0,)), Link(source=(1,), target=(2,)))
    assert units(replace(LINKS, links=swapped)) == [
        ("Ferries sail.", "translated", "Um e dois."),
        ("One.", "translated", "As balsas"),
        ("Nobody knows.", "translated", "Sozinho."),
    ]


def test_ids_count_what_is_written() -> None:
    found = [unit.get("id") for unit in parsed(LINKS).iter(f"{NAMESPACE}trans-unit")]
    assert found == ["1", "2", "3"]


def test_figures_stand_only_where_both_are_known_and_both_sides_say_something() -> None:
    def notes(links: Links) -> list[str | None]:
        return [note.text for note in parsed(links).iter(f"{NAMESPACE}note")]

    assert notes(LINKS) == ["similarity 0.9123, confidence 0.9600"]
    assert notes(one("Source", "\x01")) == []


def test_no_links() -> None:
    assert units(replace(LINKS, links=())) == []
    assert left_out(replace(LINKS, links=())) == 0


@pytest.mark.parametrize(
    ("unit", "language", "joined"),
    [
        ("sentence", "de", "Eins. Zwei."),
        ("sentence", "zh-Hant-TW", "Eins.Zwei."),
        ("paragraph", "zh", "Eins.\nZwei."),
        ("line", "de", "Eins.\nZwei."),
    ],
)
def test_units_are_joined_by_the_language_of_their_own_side(unit: str, language: str, joined: str) -> None:
    link = Link(source=(0, 1), target=(0, 1), similarity=1.0, divergence=0.0)
    links = replace(
        LINKS,
        unit=unit,
        links=(link,),
        languages=("en", language),
        source=("One.", "Two."),
        target=("Eins.", "Zwei."),
    )
    assert units(links) == [("One. Two." if unit == "sentence" else "One.\nTwo.", "translated", joined)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a < b & c > d ]]> \"e\" 'f'", "a < b & c > d ]]> \"e\" 'f'"),
        ("&amp; <source> <!-- x -->", "&amp; <source> <!-- x -->"),
        ("  two  spaces\tand a tab  ", "  two  spaces\tand a tab  "),
        ("轮渡今天不开。渡輪\u3000フェリー", "轮渡今天不开。渡輪\u3000フェリー"),
        ("one\ftwo\vthree\rfour", "one two three four"),
        ("bell\x07, escape\x1b[0m, nul\x00", "bell, escape[0m, nul"),
        ("lone \ud83d half, no \uffff", "lone  half, no "),
        ("next\x85line\u2028end \U0001f600 e\u0301", "next\x85line\u2028end \U0001f600 e\u0301"),
    ],
)
def test_what_a_parser_reads_back(text: str, kept: str) -> None:
    assert units(one(text, "Ziel")) == [(kept, "translated", "Ziel")]
    assert units(one("Quelle", text)) == [("Quelle", "translated", kept)]


def test_a_source_of_which_nothing_is_left_makes_no_unit() -> None:
    assert units(one("\x01\x02", "Ziel")) == []
    assert left_out(one("\x01\x02", "Ziel")) == 1


def test_a_target_of_which_nothing_is_left_is_no_translation() -> None:
    assert units(one("Quelle", "\x01\x02")) == [("Quelle", "needs-translation", None)]
    assert left_out(one("Quelle", "\x01\x02")) == 0


@pytest.mark.parametrize(
    ("languages", "written"),
    [
        (("zh_Hant", "en-GB"), ("zh-Hant", "en-GB")),
        (("en", "en"), ("en", "en")),
        (("en", 'de-"<&'), ("en", 'de-"<&')),
    ],
)
def test_languages(languages: tuple[str, str], written: tuple[str, str]) -> None:
    """Two texts in one language too: the elements tell them apart."""
    file = parsed(replace(LINKS, languages=languages)).find(f"{NAMESPACE}file")
    assert file is not None
    assert (file.get("source-language"), file.get("target-language")) == written
