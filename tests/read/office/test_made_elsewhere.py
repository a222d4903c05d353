"""Files that LibreOffice and pandoc made read into the paragraphs of their plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.data import RawText
from mlcheck.read import read_file

ROOT = Path(__file__).resolve().parents[3]
FILES = Path(__file__).parent / "files"
CALLS = sorted(FILES.glob("*.call.*"))
FERRIES = sorted(FILES.glob("*.ferries.*"))


def words(raw: RawText) -> list[str]:
    """The paragraphs that have words and are no furniture, white space folded."""
    found = [raw.text[b.span.start : b.span.end] for b in raw.blocks if b.role != "furniture"]
    return [" ".join(text.split()) for text in found if any(map(str.isalpha, text))]


def test_all_formats_are_there() -> None:
    assert {path.suffix for path in CALLS} == {".docx", ".odt", ".rtf", ".epub", ".pdf"}
    assert len(CALLS) == 18
    assert len(FERRIES) == 8


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.name)
def test_a_file_reads_as_its_plain_text(path: Path) -> None:
    plain = words(read_file(ROOT / "samples" / f"call.{path.suffixes[-2][1:]}.txt"))
    raw = read_file(path)
    found = words(raw)
    assert (found[1:] if found[0] == "Call" else found) == plain
    assert raw.format == path.suffix[1:]
    assert all(block.place for block in raw.blocks)


FERRY_TEXT = [
    "Ferries cross the bay again",
    "The port authority said on Sunday that the ferries would cross the bay again.",
    "What changes",
    "Tickets bought before the storm stay valid until autumn, the authority said. Three piers are open:",
    "the north pier,",
    "the south terminal,",
    "the old quay.",
    "Bicycles are free.",
    "Dogs need a ticket.",
    '"We have waited for three weeks," said the harbour master.',
    "Pier | Ferries a day | Price",
    "North pier | 12 | 4 euros",
    "South terminal | 7 | 5 euros",
    "What stays",
    "Freight lorries go round by the south terminal, as before.",
    "The storm of 12 April had damaged the north pier.",
    "Lorries of more than 40 tonnes are not carried.",
]


@pytest.mark.parametrize("path", FERRIES, ids=lambda path: path.name)
def test_lists_tables_and_notes_are_read(path: Path) -> None:
    raw = read_file(path)
    found = words(raw)
    if path.suffix == ".pdf":  # which has the signs of list items as its text
        found = [text.split(" ", 1)[1] if text[:2] in ("1.", "2.", "3.", "• ") else text for text in found]
    assert found == FERRY_TEXT
    kinds = {raw.text[b.span.start : b.span.end]: b.kind for b in raw.blocks}
    assert [text for text in FERRY_TEXT if kinds.get(text) == "heading"][-2:] == [
        "What changes",
        "What stays",
    ]
    assert kinds["North pier | 12 | 4 euros"] == "table"
    assert sum(kind == "list" for kind in kinds.values()) == 5
    assert [mark.kind for mark in raw.marks].count("footnote") == 2


@pytest.mark.parametrize("path", [p for p in FERRIES if p.suffix != ".pdf"], ids=lambda path: path.name)
def test_links_lead_to_their_address(path: Path) -> None:
    raw = read_file(path)
    links = [(m.value, raw.text[m.span.start : m.span.end]) for m in raw.marks if m.kind == "link"]
    assert links == [("https://example.org/ferries", "the ferries")]


@pytest.mark.parametrize("path", [p for p in FERRIES if p.suffix != ".pdf"], ids=lambda path: path.name)
def test_places_can_be_found(path: Path) -> None:
    raw = read_file(path)
    places = {
        raw.text[b.span.start : b.span.end]: b.place.rpartition(".xhtml, ")[2]
        for b in raw.blocks
        if b.role != "furniture"
    }
    assert places["the old quay."] == "paragraph 7"
    assert places["South terminal | 7 | 5 euros"] == "table 1, row 3"
    assert places["Lorries of more than 40 tonnes are not carried."] == "footnote 2"


def test_a_language_is_told_where_it_says_something() -> None:
    assert read_file(FILES / "libreoffice.ferries.odt").language == "en-GB"
    assert read_file(FILES / "pandoc.call.ru.epub").language == "ru"
    assert read_file(FILES / "libreoffice.call.ru.odt").language is None  # en-US, which nobody chose
