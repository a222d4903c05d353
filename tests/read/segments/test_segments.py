"""Translators' files: their segments, what is left out, and the way back to the file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polib
import pytest
import sphinx
from segment_samples import PO, TABLE, XLIFF

from mlcheck.data import RawText, Span
from mlcheck.errors import InputError
from mlcheck.read import is_bilingual, read_bilingual, read_file
from mlcheck.segment import segment_pair

Pair = tuple[RawText, RawText]


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read_pair(name: str, text: str) -> Pair:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        assert is_bilingual(path)
        return read_bilingual(path, shown=name)

    return read_pair


def segments(pair: Pair) -> dict[str, list[str | None]]:
    """The two sides by key; None where one has none."""
    found: dict[str, list[str | None]] = {}
    for side, raw in enumerate(pair):
        for block in raw.blocks:
            assert block.key is not None
            found.setdefault(block.key, [None, None])[side] = raw.text[block.span.start : block.span.end]
    return found


def placeholders(raw: RawText) -> list[str]:
    return [mark.value for mark in raw.marks if mark.kind == "placeholder"]


def leads_back(raw: RawText, *instead: str) -> None:
    """Each character stands in the file where the text says, or as one of `instead` there."""
    assert raw.origin is not None
    for block in raw.blocks:
        for at in range(*block.span):
            place = raw.origin.span(Span(at, at + 1))
            there = raw.origin.text[place.start : place.end]
            assert there == raw.text[at] or there in instead or raw.text[at] == " "


def test_xliff_1(read) -> None:  # type: ignore[no-untyped-def]
    pair = read("a.xlf", XLIFF)
    assert segments(pair) == {
        "1": ["Save & close", "Сохранить & закрыть"],
        "2": ["Open the file now", "Откройте файл сейчас"],
        "5": ["This one is lost", None],
        "7/0": ["One.", "Раз."],
        "7/1": ["Two.", "Два."],
        "1 (2)": ["Second file", "Второй файл"],
    }
    assert [raw.language for raw in pair] == ["en-GB", "ru-RU"]
    assert placeholders(pair[0]) == placeholders(pair[1]) == ["<g 1>", "<br/>"]
    assert pair[1].skipped == ("1 unit not to be translated", "2 segments not translated yet: 3, 4")
    assert [block.line for block in pair[1].blocks] == [5, 7, 16, 16, 20]
    for raw in pair:
        leads_back(raw, "&amp;")


def test_xliff_2(read) -> None:  # type: ignore[no-untyped-def]
    pair = read(
        "a.xliff",
        """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="de">
 <file id="f"><unit id="hello"><originalData><data id="d1">{0}</data></originalData>
  <notes><note>greets</note></notes>
  <segment id="s1" state="translated"><source>Hello <pc id="1">dear</pc> <ph id="2" disp="{0}"/>!</source>
   <target>Hallo <pc id="1">liebe</pc> <ph id="2" disp="{0}"/>!</target></segment>
  <ignorable><source> </source></ignorable>
  <segment id="s2" state="initial"><source>Not done</source><target>Not done</target></segment></unit>
 <unit id="bye"><segment><source>See you</source><target>Bis bald</target></segment></unit>
 <unit id="x" translate="no"><segment><source>ID</source></segment></unit></file></xliff>""",
    )
    assert segments(pair) == {"hello/s1": ["Hello dear !", "Hallo liebe !"], "bye": ["See you", "Bis bald"]}
    assert placeholders(pair[0]) == ["<pc 1>", "{0}"]
    assert pair[1].skipped == ("1 unit not to be translated", "1 segment not translated yet: hello/s2")


def test_tmx_of_three_languages(read) -> None:  # type: ignore[no-untyped-def]
    pair = read(
        "a.tmx",
        """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">
<header srclang="en" segtype="sentence"/><body>
<tu tuid="a">
<tuv xml:lang="DE-de"><seg>Guten <bpt i="1">&lt;b&gt;</bpt>Tag<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="en-US"><seg>Good <bpt i="1">&lt;b&gt;</bpt>day<ept i="1">&lt;/b&gt;</ept></seg></tuv></tu>
<tu><tuv xml:lang="en-US"><seg>Thank you</seg></tuv><tuv xml:lang="fr"><seg>Merci</seg></tuv></tu>
</body></tmx>""",
    )
    assert segments(pair) == {"a": ["Good day", "Guten Tag"]}
    assert placeholders(pair[1]) == ["<b>", "</b>"]
    assert pair[1].skipped == (
        "fr: a memory of more than two languages",
        "1 segment without de-de: 2",
    )


def test_po(read) -> None:  # type: ignore[no-untyped-def]
    pair = read("a.po", PO)
    assert segments(pair) == {
        "1": ['Page %1$d of "%2$s"', 'Страница %1$d из "%2$s"'],
        "2": ["File", "Файл"],
        "5[0]": ["%d file", "%d файл"],
        "5[1]": ["%d files", "%d файла"],
        "5[2]": ["%d files", "%d файлов"],
        "6": ["A long line.", "Длинная строка."],
    }
    assert [raw.language for raw in pair] == ["en", "ru"]
    assert pair[1].skipped == ("1 segment marked fuzzy: 3", "1 segment not translated yet: 4")
    for raw in pair:
        leads_back(raw, '\\"')


def test_placeholders_are_no_words(read) -> None:  # type: ignore[no-untyped-def]
    one, two = segment_pair(read("a.po", PO), (None, None))
    assert one.sentences[0].text == 'Page of ""'
    assert [s.text for s in two.sentences][2:5] == ["файл", "файла", "файлов"]
    assert two.paragraphs[0].text == 'Страница %1$d из "%2$s"'


@pytest.mark.parametrize("code", ["de", "ru", "ja"])
def test_po_of_sphinx_is_as_polib_reads_it(code: str) -> None:
    path = Path(sphinx.__file__).parent / "locale" / code / "LC_MESSAGES" / "sphinx.po"
    if not path.exists():
        # Distributions of Linux package catalogues apart.
        pytest.skip("this Sphinx has no catalogues")
    pair = read_bilingual(path)
    entries = [e for e in polib.pofile(str(path)) if not e.obsolete and e.msgstr and not e.fuzzy]
    plain = str.maketrans("", "", "&_")
    found = [" ".join((two or "").translate(plain).split()) for _, two in segments(pair).values()]
    for entry in entries:
        assert " ".join(entry.msgstr.translate(plain).split()) in found
    for raw in pair:
        leads_back(raw, '\\"', "\\n", "\\\\")


def test_a_table(read) -> None:  # type: ignore[no-untyped-def]
    pair = read("a.csv", TABLE)
    assert segments(pair) == {"2": ['Save; "now"', 'Сохранить; "сейчас"'], "5": ["Print it", "Печать"]}
    assert [raw.language for raw in pair] == ["en", "ru"]
    assert pair[1].skipped == ("2 segments not translated yet: 3, 4",)
    for raw in pair:
        leads_back(raw, '""')
    assert segments(read("b.tsv", "Source (en)\tTarget (de)\nGood day\tGuten Tag\n")) == {
        "2": ["Good day", "Guten Tag"]
    }


@pytest.mark.parametrize("text", ["name,age\nAnna,12\n", "words in\none column\n", "id,text\n1,one word\n"])
def test_a_table_that_names_no_versions_is_refused(read, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="does not name two versions"):
        read("a.csv", text)


def test_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Site"
    for row in (
        ("key", "English", "German", "Français"),
        ("a", "Good day", "Guten Tag", "Bonjour"),
        (),
        ("b", 12, None),
    ):
        sheet.append(row)
    other = book.create_sheet("Prices")
    other.append(("item", "price"))
    book.save(tmp_path / "a.xlsx")
    pair = read_bilingual(tmp_path / "a.xlsx", shown="a.xlsx")
    assert segments(pair) == {"2": ["Good day", "Guten Tag"]}
    assert pair[0].blocks[0].place == "Site, row 2"
    assert pair[1].skipped == (
        "Français: a table of more than two versions",
        "the sheet Prices, whose first row does not name these two versions",
        "1 segment not translated yet: 4",
    )


def test_a_file_of_segments_is_no_version_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(PO, encoding="utf-8")
    with pytest.raises(InputError, match="holds both versions; give it alone"):
        read_file(tmp_path / "a.po")


def test_nothing_translated_is_told(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(
        InputError, match=r"without a segment that is translated \(1 segment not translated yet: 1\)"
    ):
        read("a.po", 'msgid "Open"\nmsgstr ""\n')
