"""Word documents: what is text, what is furniture, and what is left out."""

from __future__ import annotations

import pytest
from office_files import docx, docx_part, relations, zipped

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes


def read(body: str, **more: str) -> RawText:
    return read_bytes(docx(body, **more), shown="a.docx", suffix=".docx")


def texts(raw: RawText, role: str | None = None) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks if role is None or b.role == role]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("Ferries ") + run("cross", "<w:b/>") + run(" again."), "Ferries cross again."),
        ("<w:del>" + run("Gone") + "</w:del>" + "<w:ins>" + run("Here") + "</w:ins>", "Here"),
        ("<w:del><w:r><w:delText>Gone </w:delText></w:r></w:del>" + run("Here"), "Here"),
        ("<w:moveFrom>" + run("Gone") + "</w:moveFrom>" + "<w:moveTo>" + run("Here") + "</w:moveTo>", "Here"),
        (run("Hidden ", "<w:vanish/>") + run("shown", '<w:vanish w:val="0"/>'), "shown"),
        (run("fer") + "<w:r><w:softHyphen/></w:r>" + run("ries"), "ferries"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b") + "<w:r><w:br/></w:r>" + run("c"), "a\tb\nc"),
        (run("A") + "<w:r><w:noBreakHyphen/></w:r>" + run("B"), "A\N{NON-BREAKING HYPHEN}B"),
        (run("x ") + '<w:r><w:sym w:font="Arial" w:char="20AC"/></w:r>', "x €"),
        (run("x") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "x"),
        ("<w:smartTag>" + run("in ") + "<w:sdt><w:sdtContent>" + run("boxes") + "</w:sdtContent></w:sdt></w:smartTag>", "in boxes"),  # noqa: E501
        ("<w:fldSimple>" + run("7") + "</w:fldSimple>" + run(" piers"), "7 piers"),
        ("<w:r><w:ruby><w:rt>" + run("かん") + "</w:rt><w:rubyBase>" + run("漢") + "</w:rubyBase></w:ruby></w:r>", "漢"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_characters_of_a_paragraph(inner: str, text: str) -> None:
    assert texts(read(p(inner))) == [text]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def test_a_field_shows_its_result_and_a_link_its_address() -> None:
    raw = read(p(run("See "), FIELD.format(' HYPERLINK "https://example.org/a" ', run("here")), run(".")))
    assert texts(raw) == ["See here."]
    assert [(m.kind, m.value, raw.text[m.span.start : m.span.end]) for m in raw.marks] == [
        ("link", "https://example.org/a", "here")
    ]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    open_ = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'
    assert texts(read(p(run("One."), open_) + p(run("Two.")))) == ["One.", "Two."]


def test_a_deleted_paragraph_end_joins_two() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One, ')}</w:p>"
    assert texts(read(first + p(run("two.")))) == ["One, two."]
    assert texts(read(first)) == ["One,"]


STYLES = """
<w:style w:styleId="T1"><w:name w:val="Titre 1 maison"/><w:basedOn w:val="H"/></w:style>
<w:style w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Pool"/></w:style>
<w:style w:styleId="Pool"><w:name w:val="b"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:styleId="LB"><w:name w:val="List Bullet"/></w:style>
<w:style w:styleId="Hid"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def test_styles_say_what_a_paragraph_is() -> None:
    body = "".join(p(run(name), style=name) for name in ("T1", "Loop", "Toc", "Cap", "LB", "Hid"))
    body += '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>' + run("Own") + "</w:p>"
    body += '<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>' + run("Item") + "</w:p>"
    body += '<w:p><w:pPr><w:pStyle w:val="T1"/><w:outlineLvl w:val="9"/></w:pPr>' + run("Body") + "</w:p>"
    raw = read(body, styles=STYLES)
    shown = {raw.text[b.span.start : b.span.end]: (b.kind, b.role) for b in raw.blocks}
    assert shown == {
        "T1": ("heading", None),
        "Loop": ("text", None),
        "Toc": ("text", "furniture"),
        "Cap": ("text", "caption"),
        "LB": ("list", None),
        "Own": ("heading", None),
        "Item": ("list", None),
        "Body": ("text", None),
    }
    assert [m.value for m in raw.marks if m.kind == "heading"] == ["2", "1"]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_row_of_a_table_is_a_block() -> None:
    inner = f"<w:tbl>{row(p(run('in')), p(run('side')))}</w:tbl>"
    deleted = row(p(run("gone"))).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    head, last = row(p(run("Pier")), p(run("Price"))), row(p(run("North")) + inner, p(run("4")))
    raw = read(f"<w:tbl>{head}{deleted}{last}</w:tbl>")
    assert [(b.place, raw.text[b.span.start : b.span.end], b.kind) for b in raw.blocks] == [
        ("table 1, row 1", "Pier | Price", "table"),
        ("table 1, row 3", "North | 4", "table"),
        ("table 2, row 1", "in | side", "table"),
    ]


def test_a_table_that_lays_out_a_page_is_read_by_its_paragraphs() -> None:
    raw = read(f"<w:tbl>{row(p(run('One.')) + p(run('Two.')) + p(run('Three.')), p(run('Aside.')))}</w:tbl>")
    assert [(b.place, raw.text[b.span.start : b.span.end]) for b in raw.blocks] == [
        ("table 1, row 1, cell 1, paragraph 1", "One."),
        ("table 1, row 1, cell 1, paragraph 2", "Two."),
        ("table 1, row 1, cell 1, paragraph 3", "Three."),
        ("table 1, row 1, cell 2", "Aside."),
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(run('In a box.'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(p(run("Before."), f"<w:r>{both}</w:r>", run(" After.")))) == [
        "Before. After.",
        "In a box.",
    ]


def test_notes_come_last_and_in_the_order_of_the_text() -> None:
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(run(t))}</w:footnote>' for n, t in ((1, "B."), (2, "A."), (3, "-"))
    )
    body = p(run("One"), refer.format(2)) + p(run("Two"), refer.format(1))
    raw = read(body, footnotes=notes, endnotes="")
    assert [(b.place, raw.text[b.span.start : b.span.end]) for b in raw.blocks] == [
        ("paragraph 1", "One"),
        ("paragraph 2", "Two"),
        ("footnote 1", "A."),
        ("footnote 2", "B."),
    ]
    assert [m.kind for m in raw.marks] == ["footnote", "footnote"]


def test_heads_are_furniture_and_comments_are_named() -> None:
    raw = read(
        p(run("Text.")),
        header1=p(run("Daily")),
        footer1=p(run("Page 1")),
        comments=f'<w:comment w:id="0">{p(run("Really?"))}</w:comment>',
    )
    assert texts(raw) == ["Daily", "Text.", "Page 1"]
    assert texts(raw, "furniture") == ["Daily", "Page 1"]
    assert raw.skipped == ("1 comment: not read",)


def test_macros_are_named_and_not_run() -> None:
    data = zipped(
        {
            "_rels/.rels": relations(("r", "officeDocument", "/word/document.xml")),
            "word/document.xml": docx_part("document", f"<w:body>{p(run('Text.'))}</w:body>"),
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        }
    )
    raw = read_bytes(data, shown="a.docm", suffix=".docm")
    assert (texts(raw), raw.skipped) == (["Text."], ("macros: neither read nor run",))


def test_the_language_of_most_characters_wins() -> None:
    raw = read(p(run("Паромы пойдут", '<w:lang w:val="ru-RU"/>'), run("x", '<w:lang w:val="de-DE"/>')))
    assert raw.language == "ru-RU"
    default = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    assert read(p(run("Паромы пойдут")), styles=default).language is None


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a\.docx: a Word document without any words in it"):
        read(p(run("")))
    data = zipped({"word/document.xml": docx_part("document", "")})
    with pytest.raises(InputError, match=r"^a\.docx: a Word document without a text in it"):
        read_bytes(data, shown="a.docx")
