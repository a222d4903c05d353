"""PDF: reading order, paragraphs, hyphens, running heads, and what has no text."""

from __future__ import annotations

import pytest
from office_files import PdfLine, pdf, pdf_of, stream

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes

ONE = [
    "The ferries cross the bay again, the port",
    "authority said on Sunday, three weeks after",
    "the storm had damaged the northern pier of",
    "the town.",
]
TWO = [
    "Tickets that were bought before the storm",
    "stay valid until the end of autumn, and the",
    "lorries with freight go round by the south",
    "terminal, as before.",
]

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 3 0 R>>>>>>"


def lines(
    texts: list[str], x: float = 60, top: float = 700, size: float = 11, step: float = 14
) -> list[PdfLine]:
    return [(x, top - step * n, size, text) for n, text in enumerate(texts)]


def read(*pages: list[PdfLine], **more: bytes) -> RawText:
    return read_bytes(pdf(pages, **more), shown="a.pdf")


def texts(raw: RawText, role: str | None = None) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks if b.role == role]


def test_lines_are_joined_to_paragraphs() -> None:
    raw = read([*lines(ONE), *lines(TWO, top=700 - 4 * 14 - 8)])
    assert texts(raw) == [" ".join(ONE), " ".join(TWO)]
    assert [b.place for b in raw.blocks] == ["page 1, paragraph 1", "page 1, paragraph 2"]


def test_a_short_last_line_ends_a_paragraph_without_a_gap() -> None:
    assert texts(read(lines(ONE + TWO))) == [" ".join(ONE), " ".join(TWO)]


def test_an_indented_line_begins_a_paragraph() -> None:
    first = [*ONE[:3], "the town, and so it is for all that live here"]
    page = [*lines(first), (72, 700 - 4 * 14, 11, TWO[0][:38]), *lines(TWO[1:], top=700 - 5 * 14)]
    assert texts(read(page)) == [" ".join(first), " ".join([TWO[0][:38], *TWO[1:]])]


def test_columns_are_read_one_after_the_other() -> None:
    head: list[PdfLine] = [(60, 740, 18, "Ferries cross the bay again on Sunday, the port says")]
    left, right = lines(ONE), lines(TWO, x=320)
    woven = [line for pair in zip(left, right, strict=True) for line in pair]
    foot = lines(
        ["This line runs over both of the columns, from the left edge to the right edge of the page."],
        top=600,
    )
    assert texts(read(head + woven + foot)) == [head[0][3], " ".join(ONE), " ".join(TWO), foot[0][3]]


def test_three_columns() -> None:
    narrow = ["Ferries cross the bay", "again on Sunday, the", "port authority says,", "as before the storm."]
    page = [line for x in (40, 220, 400) for line in lines(narrow, x=x)]
    assert texts(read(sorted(page, key=lambda line: -line[1]))) == [" ".join(narrow)] * 3


def test_a_table_stays_in_its_rows() -> None:
    rows = [
        ("Pier", "Ferries", "Price"),
        ("North", "12", "4 euros"),
        ("South", "7", "5 euros"),
        ("Quay", "1", "free"),
    ]
    page = [
        (60 + 130 * k, 700 - 16 * n, 11, cell) for n, row in enumerate(rows) for k, cell in enumerate(row)
    ]
    raw = read(page)
    assert texts(raw) == [" | ".join(row) for row in rows]
    assert {b.kind for b in raw.blocks} == {"table"}


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (["The ferries cross the bay again, says the autho-", "rity of the port."], "authority of"),
        (["We name the well-known and then again a well-", "known port of the bay."], "a well-known port"),
        (
            ["They met again on the margins of COP-", "29 in the autumn, the port authority said."],
            "COP-29 in",
        ),
        (
            ["The bay was crossed by ferries of Baden-", "Baden in the autumn, the authority said."],
            "Baden-Baden",
        ),
    ],
)
def test_hyphens_at_the_end_of_a_line_are_mended(broken: list[str], whole: str) -> None:
    (found,) = texts(read(lines(broken)))
    assert whole in found
    assert "\xad" not in found


def test_a_paragraph_goes_on_over_the_page() -> None:
    raw = read(lines(ONE[:3], top=120), lines(["the town, and that is that.", *TWO], top=780))
    assert texts(raw)[0] == " ".join([*ONE[:3], "the town, and that is that."])
    assert [b.place for b in raw.blocks] == ["page 1, paragraph 1", "page 2, paragraph 1"]


def test_one_that_has_ended_does_not_go_on() -> None:
    raw = read(lines([*ONE[:2], "the storm had damaged the northern piers."], top=120), lines(TWO, top=780))
    assert len(texts(raw)) == 2


def test_running_heads_and_page_numbers_are_furniture() -> None:
    pages: list[list[PdfLine]] = [
        [
            (60, 800, 9, "Port News, May 2024"),
            *lines([f"Chapter {n} begins here.", *ONE]),
            (290, 40, 9, f"Page {n} of 3"),
        ]
        for n in (1, 2, 3)
    ]
    raw = read(*pages)
    assert texts(raw, "furniture") == ["Port News, May 2024", "Page 1 of 3"]
    assert "Port News" not in " ".join(texts(raw))
    assert [t for t in texts(raw) if "Chapter" in t] == [f"Chapter {n} begins here." for n in (1, 2, 3)]
    assert texts(raw).count(" ".join(ONE)) == 3


def test_a_line_in_the_middle_that_comes_again_is_text() -> None:
    raw = read(*[lines(["It said so.", *ONE], top=400)] * 3)
    assert texts(raw, "furniture") == []


def test_larger_letters_are_a_heading() -> None:
    raw = read([(60, 730, 16, "Ferries cross again"), *lines(ONE)])
    assert [b.kind for b in raw.blocks] == ["heading", "text"]


def test_the_number_of_a_note_is_no_word() -> None:
    page: list[PdfLine] = [
        (60, 700, 11, "The ferries cross again."),
        (181, 704, 6, "12"),
        *lines(["It said so, and more."], top=650),
    ]
    raw = read(page)
    assert texts(raw)[0] == "The ferries cross again."


def test_a_turned_page_reads_upright() -> None:
    # Lines that run upwards on the sheet, which is shown turned to the right.
    body = b"".join(
        b"BT /F1 11 Tf 0 1 -1 0 %d 60 Tm (%s) Tj ET\n" % (100 + 14 * n, text.encode())
        for n, text in enumerate(ONE)
    )
    data = pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            4: PAGE.replace(b"/Contents", b"/Rotate 90/Contents"),
            5: stream(body),
        }
    )
    assert texts(read_bytes(data, shown="a.pdf")) == [" ".join(ONE)]


def test_a_scan_gives_one_clear_line() -> None:
    with pytest.raises(
        InputError, match=r"^a\.pdf: a PDF document without text: 2 pages of pictures, a scan;"
    ):
        read([], [])


def test_letters_without_a_meaning_are_no_text() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>"
    )
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> "
        b"endcodespacerange 1 beginbfrange <0000> <00ff> <e000> endbfrange endcmap end end"
    )
    data = pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            3: font,
            4: PAGE,
            5: stream(b"BT /F1 12 Tf 60 700 Td <00010002000300040005> Tj ET"),
            7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X"
            b"/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>",
            8: stream(table),
        }
    )
    with pytest.raises(InputError, match="whose fonts do not say which letters they show"):
        read_bytes(data, shown="a.pdf")


def test_the_language_of_the_catalog_is_told() -> None:
    assert read(lines(ONE), catalog=b"/Lang(de-CH)").language == "de-CH"
    assert read(lines(ONE), catalog=b"/Lang(en-US)").language is None


def link(address: str, *box: float, quads: bytes = b"") -> bytes:
    sides = b" ".join(b"%g" % side for side in box)
    return b"<</Type/Annot/Subtype/Link/Rect[%s]%s/A<</S/URI/URI(%s)>>>>" % (sides, quads, address.encode())


def field(name: str, value: bytes, more: bytes = b"/FT/Tx", n: int = 0) -> bytes:
    return b"<</Type/Annot/Subtype/Widget/Rect[60 %d 300 %d]/T(%s)/V%s%s>>" % (
        500 - 20 * n,
        515 - 20 * n,
        name.encode(),
        value,
        more,
    )


def with_annotations(page: list[PdfLine], *annotations: bytes, catalog: bytes = b"") -> RawText:
    return read(page, page=b"/Annots[%s]" % b"".join(annotations), catalog=catalog)


def with_fields(*fields: bytes, page: list[PdfLine] | None = None) -> RawText:
    numbers = b" ".join(b"%d 0 R" % n for n in range(20, 20 + len(fields)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % numbers,
        2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: PAGE[:-2] + b"/Annots[%s]>>" % numbers,
        5: stream(b"BT /F1 12 Tf 60 700 Td (Your name) Tj ET" if page is None else b""),
        **dict(enumerate(fields, 20)),
    }
    return read_bytes(pdf_of(objects), shown="a.pdf")


def links(raw: RawText) -> list[tuple[str, str]]:
    return [(m.value, raw.text[m.span.start : m.span.end]) for m in raw.marks if m.kind == "link"]


def test_a_link_is_on_the_words_that_it_lies_on() -> None:
    # The widths of Helvetica: "The ferries " is 56 points wide in 11 points, "cross" ends at 87.
    raw = with_annotations(lines(ONE), link("https://example.org/a", 116, 696, 144, 711))
    assert links(raw) == [("https://example.org/a", "cross")]
    assert texts(raw) == [" ".join(ONE)]


def test_a_link_over_two_lines_is_one() -> None:
    quads = b"/QuadPoints[116 711 400 711 116 696 400 696 60 697 110 697 60 682 110 682]"
    raw = with_annotations(lines(ONE), link("https://example.org/a", 60, 682, 400, 711, quads=quads))
    ((address, words),) = links(raw)
    assert address == "https://example.org/a"
    assert words.startswith("cross the bay again, the port authority")
    assert with_annotations(lines(ONE), link("https://example.org/a", 400, 20, 420, 40)).marks == ()


def test_links_in_a_table_and_inside_the_document() -> None:
    row: list[PdfLine] = [(60, 700, 11, "North"), (300, 700, 11, "Tickets")]
    page = [*row, *[(x, y - 14, s, text) for x, y, s, text in row]]
    inside = b"<</Type/Annot/Subtype/Link/Rect[60 696 90 711]/Dest[0/Fit]>>"
    raw = with_annotations(page, inside, link("https://example.org/t", 299, 696, 345, 711))
    assert links(raw) == [("https://example.org/t", "Tickets")]


def test_what_fields_of_a_form_hold_comes_after_the_text_of_their_page() -> None:
    raw = with_fields(field("name", b"(Anna Berg)"), field("reply", b"(At five.\rIn rain.)", n=1))
    assert texts(raw) == ["Your name", "Anna Berg", "At five.\nIn rain."]
    assert [b.place for b in raw.blocks] == [
        "page 1, paragraph 1",
        "page 1, field name",
        "page 1, field reply",
    ]


def test_a_field_that_shows_no_words_is_not_read() -> None:
    hidden, secret = b"/FT/Tx/F 2", b"/FT/Tx/Ff 8192"
    raw = with_fields(
        field("a", b"(seen)"),
        field("b", b"(hidden)", hidden, 1),
        field("c", b"(secret)", secret, 2),
        field("d", b"/Yes", b"/FT/Btn", 3),
        field("e", b"()", n=4),
    )
    assert texts(raw) == ["Your name", "seen"]


def test_a_choice_is_read_as_it_is_shown() -> None:
    options = b"/FT/Ch/Ff 131072/Opt[[(n)(North pier)][(s)(South pier)]]"
    assert texts(with_fields(field("pier", b"(s)", options))) == ["Your name", "South pier"]


def test_a_form_alone_is_a_text() -> None:
    assert texts(with_fields(field("name", b"(Anna Berg)"), page=[])) == ["Anna Berg"]
