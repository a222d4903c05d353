"""Items in the formats of news, `fixtures/news`: what each part is, and where it stands."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import FIXTURES

from mlcheck.data import Item, RawText
from mlcheck.errors import InputError
from mlcheck.read import ReadOptions, read_bytes, read_file, refuse_same
from mlcheck.read.extract import Piece
from mlcheck.read.markup import markup_parts, string_parts
from mlcheck.segment import segment

NEWS = FIXTURES / "news"
FILES = sorted(path for path in NEWS.iterdir() if path.suffix != ".md")
HEADLINE = "Ferries across Lisna Bay to resume on Sunday"
LEDE = "Ferries will again cross Lisna Bay on Sunday, the port’s authority said."
CAPTION = "The northern pier before the storm"


def parts(raw: RawText) -> list[tuple[str | None, str]]:
    return [(b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


def in_file(raw: RawText, number: int) -> str:
    assert raw.origin is not None
    span = raw.origin.span(raw.blocks[number].span)
    return raw.origin.text[span.start : span.end]


def test_ninjs_1() -> None:
    raw = read_file(NEWS / "ferries.ninjs1.json")
    assert (raw.format, raw.language, raw.skipped) == ("ninjs", "en", ())
    assert raw.item == Item(
        version="3", status="usable", embargo="2024-04-28T12:00:00Z", issued="2024-04-28T10:00:00Z"
    )
    assert parts(raw) == [
        ("furniture", "FERRIES-LISNA"),
        ("headline", HEADLINE),
        ("byline", "By Anna Berg"),
        ("dateline", "LISNA"),
        (None, LEDE),
        (None, "Repairs cost 4.2 million crowns, see the report."),
        ("caption", CAPTION),
    ]
    assert [b.line for b in raw.blocks] == [9, 10, 11, 12, 13, 13, 16]
    link = '<a href=\\"https:\\/\\/example.org\\/en\\/port\\">'
    assert in_file(raw, 5) == f"Repairs cost 4.2 million crowns, see {link}the report<\\/a>."
    assert [(m.kind, m.value, raw.text[m.span.start : m.span.end]) for m in raw.marks] == [
        ("link", "https://example.org/en/port", "the report")
    ]


def test_ninjs_2_has_lists_of_headlines_and_bodies_and_escapes() -> None:
    raw = read_file(NEWS / "ferries.ninjs2.json")
    assert (raw.language, raw.skipped) == ("ru", ("1 more headline of other lengths",))
    assert parts(raw) == [
        ("headline", "Паромы через залив Лисна пойдут в воскресенье"),
        ("byline", "Анна Берг"),
        (None, "Паромы снова пойдут через залив Лисна в воскресенье, сообщил порт."),
        (None, "Ремонт обошёлся в 4,2 миллиона крон."),
    ]
    assert in_file(raw, 2).startswith("\\u041f\\u0430\\u0440\\u043e\\u043c\\u044b снова")
    assert in_file(raw, 3) == "Ремонт обошёлся в 4,2 миллиона крон."


def test_ninjs_3_has_other_names() -> None:
    raw = read_file(NEWS / "ferries.ninjs3.json")
    assert (raw.format, raw.language) == ("ninjs", "de")
    assert raw.item is not None
    assert raw.item.status == "canceled"
    assert [role for role, _ in parts(raw)] == ["headline", "byline", None, None]


def test_newsml_g2() -> None:
    raw = read_file(NEWS / "ferries.newsml.xml")
    assert (raw.format, raw.language) == ("newsml", "en")
    assert raw.item == Item(
        version="3", status="withheld", embargo="2024-04-28T12:00:00Z", issued="2024-04-28T10:00:00Z"
    )
    assert parts(raw) == [
        ("furniture", "Adds cost."),
        ("headline", HEADLINE),
        ("byline", "By Anna Berg"),
        ("dateline", "LISNA, April 28"),
        (None, LEDE),
        (None, "Repairs cost 4.2 million crowns."),
        ("furniture", "Copyright 2024 Example News"),
    ]
    assert in_file(raw, 4) == LEDE.replace("’", "&#8217;").replace("authority", "<b>authority</b>")


def test_nitf() -> None:
    raw = read_file(NEWS / "ferries.nitf.xml")
    assert (raw.format, raw.language) == ("nitf", "en")
    assert raw.item == Item(
        version="3", status="usable", embargo="20240428T120000Z", issued="20240428T100000Z"
    )
    assert parts(raw) == [
        ("furniture", "Adds cost."),
        ("headline", HEADLINE),
        (None, "Repairs cost millions"),
        ("byline", "By Anna Berg"),
        ("dateline", "LISNA, April 28"),
        (None, LEDE),
        (None, "Repairs cost 4.2 million crowns."),
        ("caption", CAPTION),
        ("furniture", "Example News"),
        ("furniture", "Edited by the desk"),
    ]
    assert raw.blocks[6].line == 21


def test_rss_reads_the_whole_text_and_not_its_beginning_too() -> None:
    raw = read_file(NEWS / "ferries.rss")
    assert (raw.format, raw.language) == ("feed", "en")
    assert parts(raw) == [
        ("headline", HEADLINE),
        ("byline", "Anna Berg"),
        (None, LEDE),
        (None, "Repairs cost 4.2\xa0million crowns."),
        ("caption", CAPTION),
    ]
    assert [b.line for b in raw.blocks] == [8, 9, 12, 13, 14]


def test_of_several_entries_each_has_its_parts_under_its_title() -> None:
    raw = read_file(NEWS / "two.atom")
    assert raw.item is None
    assert raw.skipped == (
        "the dates of its 2 entries, which are one text; to compare one, add its number to the name of the "
        "file, as in feed.xml#1",
    )
    assert [(b.kind, b.line, text) for b, (_, text) in zip(raw.blocks, parts(raw), strict=True)] == [
        ("heading", 5, HEADLINE),
        ("text", 6, "Anna Berg"),
        ("text", 8, "Ferries will again cross Lisna Bay on Sunday."),
        ("text", 8, "Repairs cost 4.2 million crowns."),
        ("heading", 11, "Museum reopens"),
        ("text", 13, "Visitors will find the clock collection on the first floor."),
    ]


def test_json_ld() -> None:
    raw = read_file(NEWS / "ferries.jsonld")
    assert (raw.format, raw.language) == ("jsonld", "en-GB")
    assert parts(raw) == [
        ("headline", HEADLINE),
        ("byline", "Anna Berg"),
        ("caption", CAPTION),
        (None, LEDE),
        (None, "Repairs cost 4.2 million crowns."),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_format_is_known_by_its_content(path: Path) -> None:
    assert read_bytes(path.read_bytes(), shown="a.txt").format == read_file(path).format


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_letters_that_are_written_out_stand_where_they_are_said_to(path: Path) -> None:
    raw = read_file(path)
    assert raw.origin is not None
    for block in raw.blocks:
        place = raw.origin.span(block.span)
        if place.end - place.start == block.span.end - block.span.start:
            assert raw.origin.text[slice(*place)] == raw.text[slice(*block.span)]
        for mark in raw.marks:
            assert 0 <= mark.span.start <= mark.span.end <= len(raw.text)
        assert raw.origin.text.count("\n", 0, place.start) + 1 == block.line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_damage_is_an_input_error_or_is_read(path: Path) -> None:
    data, dice, known = path.read_bytes(), random.Random(7), read_file(path).format
    for _ in range(300):
        bad = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(bad))
            kind = dice.randrange(4)
            if kind == 0:
                bad[at] = dice.randrange(256)
            elif kind == 1:
                del bad[at : at + dice.randint(1, 40)]
            elif kind == 2:
                bad[at:at] = dice.choice(
                    [b"<", b">", b'"', b"{", b"]", b"&", b"\\u", b"<!DOCTYPE a [", b"null"]
                )
            else:
                bad[at:at] = bad[: dice.randint(1, 80)]
            if not bad:
                break
        with suppress(InputError):
            assert read_bytes(bytes(bad), shown="a", format=known).blocks


@pytest.mark.parametrize(
    ("text", "format", "says"),
    [
        ("{}", "ninjs", "no letters"),
        ('{"uri": "urn:1"}', "ninjs", "without a headline or a body"),
        ('{"headline": 3}', "ninjs", "without a headline or a body"),
        ("<rss><channel/></rss>", "feed", "without an entry"),
        ("<newsMessage><packageItem>a</packageItem></newsMessage>", "newsml", "without a news item"),
        ('{"@type": "Person", "name": "Anna"}', "jsonld", "without an article"),
        (
            '<!DOCTYPE nitf [<!ENTITY a "aaaa">]><nitf><body><p>&a;</p></body></nitf>',
            "nitf",
            "defines entities",
        ),
        ('{"headline": ' + "[" * 5000 + "]" * 5000 + "}", "ninjs", "more than 200 levels"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, format: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_bytes(text.encode(), shown="a", format=format)
    assert "\n" not in str(caught.value)


FEED = """<rss version="2.0"><channel><language>en</language>
<item><title>Ferries resume</title><link>https://example.org/2024/ferries</link><guid>tag:example.org,7713</guid>
<pubDate>Sun, 28 Apr 2024 10:00:00 GMT</pubDate><description>They cross the bay.</description></item>
<item><title>Ferries stop</title><link>https://example.org/2024/storm</link><guid>tag:example.org,7714</guid>
<description>A storm is near.</description></item>
<item xml:lang="de"><title>Museum offen</title><link>https://example.org/2024/museum</link>
<description>Uhren sind zu sehen.</description></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("1", "Ferries resume"),
        ("3", "Museum offen"),
        ("7714", "Ferries stop"),
        ("tag:example.org,7713", "Ferries resume"),
        ("https://example.org/2024/museum", "Museum offen"),
        ("ferries RESUME", "Ferries resume"),
        ("storm", "Ferries stop"),
    ],
)
def test_one_entry_of_a_feed(tmp_path: Path, entry: str, title: str) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    raw = read_file(f"{tmp_path}/feed.xml#{entry}")
    assert (raw.blocks[0].role, raw.text.partition("\n")[0]) == ("headline", title)
    assert (raw.path, raw.entry) == (f"{tmp_path}/feed.xml#{entry}", entry)
    assert raw.skipped == ()
    # A path that is a `Path` has lost a slash of an address.
    assert read_file(Path(raw.path)).text == raw.text
    assert FEED[slice(*raw.origin.span(raw.blocks[0].span))] == title if raw.origin else False


def test_one_entry_has_its_own_date_and_language(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    one, three = (read_file(f"{tmp_path}/feed.xml#{n}") for n in (1, 3))
    assert (one.item, one.language) == (Item(issued="Sun, 28 Apr 2024 10:00:00 GMT"), "en")
    assert (three.item, three.language) == (None, "de")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "feed.xml#Ships",
            r"feed\.xml#Ships: no such entry; there are 1 \(Ferries resume\), 2 \(Ferries stop\), 3 \(Mus",
        ),
        ("feed.xml#9", "no such entry; there are 1 "),
        ("feed.xml#0", "no such entry; there are 1 "),
        ("feed.xml#20", "no such entry; there are 1 "),  # of 2024
        (
            "feed.xml#ferries",
            r"2 entries are called so: 1 \(Ferries resume\), 2 \(Ferries stop\); give a number",
        ),
        ("page.html#2", "is HTML, which has no entries; name the file alone, without #2"),
        ("feed.xml#", "feed.xml#: no such file"),
        ("other.xml#2", "other.xml#2: no such file"),
    ],
)
def test_an_entry_that_there_is_not(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "page.html").write_text("<!doctype html><p>They cross the bay.</p>", encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        read_file(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_an_error_names_few_of_many_entries() -> None:
    items = "".join(f"<item><title>{'Story ' * 20}{n}</title></item>" for n in range(400))
    with pytest.raises(InputError, match="and 390 more") as caught:
        read_bytes(f"<rss>{items}</rss>".encode(), shown="a", options=ReadOptions(entry="x"))
    assert len(str(caught.value)) < 700


def test_a_file_that_is_called_like_an_entry_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "feed.xml#2").write_text("Only words.", encoding="utf-8")
    assert read_file(tmp_path / "feed.xml#2").text == "Only words."
    assert "Ferries stop" in read_file(tmp_path / "feed.xml").text


def test_an_entry_is_not_compared_with_itself(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    one, two = f"{tmp_path}/feed.xml#1", f"{tmp_path}/feed.xml#2"
    refuse_same(one, two)
    with pytest.raises(InputError, match="twice"):
        refuse_same(one, Path(one))


def test_plain_text_in_a_string_is_no_markup() -> None:
    (part,) = string_parts([Piece("Is 5 < 6 & <7> b?")])
    assert "".join(piece.text for piece in part.pieces) == "Is 5 < 6 & <7> b?"


@settings(max_examples=200)
@given(st.text(alphabet="<>/pbra &;amp=\"'li!-h1\n", max_size=60))
def test_markup_never_fails_and_keeps_to_its_text(text: str) -> None:
    for part in markup_parts([Piece(text)]):
        length = sum(len(piece.text) for piece in part.pieces)
        assert all(0 <= start <= end <= length for _, _, start, end in part.marks)


def test_reports_name_the_file_that_an_entry_stands_in(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    one, whole = (segment(read_file(f"{tmp_path}/feed.xml{n}"), "en") for n in ("#1", ""))
    assert (one.path, one.file) == (f"{tmp_path}/feed.xml#1", f"{tmp_path}/feed.xml")
    assert whole.file == whole.path == one.file
