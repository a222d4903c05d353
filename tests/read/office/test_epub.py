"""Books: chapters in the order of the spine, pages as paragraphs."""

from __future__ import annotations

import pytest
from office_files import epub

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes


def read(*args: object, **more: str) -> RawText:
    return read_bytes(epub(*args, **more), shown="a.epub")  # type: ignore[arg-type]


def texts(raw: RawText) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks]


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("<p>Ferries <b>cross</b>\n  again.</p>", ["Ferries cross again."]),
        ("<p>a&nbsp;b &eacute; &amp; &#x42;</p>", ["a\xa0b é & B"]),
        ("<div>One.<p>Two.</p>Three.</div>", ["One.", "Two.", "Three."]),
        ("<p>a<br/>b</p><hr/><p/>", ["a\nb"]),
        ("<script>x</script><style>y</style><p>z<svg><text>v</text></svg></p>", ["z"]),
        ("<a href='#x'><p>One.</p><p>Two.</p></a>", ["One.", "Two."]),
        ("<table><tr><th>Pier</th><td>Price</td></tr><tr><td>North<table><tr><td>x</td></tr></table></td><td>4</td></tr></table>", ["Pier | Price", "North x | 4"]),  # noqa: E501
        ("<p>again.<a epub:type='noteref' href='#n1'>1</a></p><aside epub:type='footnote' id='n1'><p><a href='#r'>1</a> A note.</p></aside>", ["again.", "A note."]),  # noqa: E501
        ("<p>again.<a href='n.xhtml#n1'><sup>12</sup></a></p>", ["again."]),
        ("<p><ruby>漢<rt>かん</rt></ruby></p>", ["漢"]),
    ],
)  # fmt: skip
def test_the_paragraphs_of_a_page(inner: str, found: list[str]) -> None:
    assert texts(read({"c1": inner})) == found


def test_kinds_and_marks() -> None:
    raw = read(
        {
            "c1": "<h2>Head</h2><ul><li>Item</li></ul><blockquote><p>Said.</p></blockquote>"
            "<pre>x = 1\n  y</pre><p>See <a href='https://example.org'>here</a> <code>a b</code>"
            "<img src='p.png'/></p><figcaption>Cap</figcaption><nav><p>Next</p></nav>"
        }
    )
    assert [(raw.text[b.span.start : b.span.end], b.kind, b.role) for b in raw.blocks] == [
        ("Head", "heading", None),
        ("Item", "list", None),
        ("Said.", "quote", None),
        ("x = 1\n  y", "code", None),
        ("See here a b", "text", None),
        ("Cap", "text", "caption"),
        ("Next", "text", "furniture"),
    ]
    assert [(m.kind, m.value) for m in raw.marks] == [
        ("heading", "2"),
        ("link", "https://example.org"),
        ("code", "a b"),
        ("image", "p.png"),
    ]
    assert raw.language == "en-GB"


def test_chapters_come_in_the_order_of_the_spine() -> None:
    raw = read({"b": "<p>Two.</p>", "a": "<p>One.</p>", "unused": "<p>No.</p>"}, ["a", "b"])
    assert [(b.place, raw.text[b.span.start : b.span.end]) for b in raw.blocks] == [
        ("OEBPS/a.xhtml, paragraph 1", "One."),
        ("OEBPS/b.xhtml, paragraph 1", "Two."),
    ]


def test_the_table_of_contents_and_the_title_page_are_furniture() -> None:
    raw = read({"t": "<section epub:type='titlepage'><h1>T</h1></section>", "c": "<p>One.</p>"})
    assert [b.role for b in raw.blocks] == ["furniture", None]


def test_a_page_may_be_in_another_encoding() -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Паром</p></body></html>'
    assert texts(read({"c": page.encode("cp1251")})) == ["Паром"]
    assert texts(read({"c": page.replace("windows-1251", "utf-16").encode("utf-16")})) == ["Паром"]


def test_what_stands_elsewhere_is_not_fetched() -> None:
    raw = read(
        {"c": "<p>One.</p>"},
        items='<item id="x" href="http://127.0.0.1:9/x.xhtml" media-type="application/xhtml+xml"/>',
        order='<itemref idref="x"/>',
    )
    assert texts(raw) == ["One."]
    assert raw.skipped == ("http://127.0.0.1:9/x.xhtml: stands elsewhere, and is not fetched",)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"order": '<itemref idref="gone"/>'}, "whose order names a chapter that is not there"),
        ({"items": '<item id="x" href="gone.xhtml"/>', "order": '<itemref idref="x"/>'}, "without its part"),
        ({"items": '<item id="x" href="../../../etc/passwd"/>', "order": '<itemref idref="x"/>'}, "without its part"),  # noqa: E501
        ({"container": "<container/>"}, "without its part ''"),
        ({"encryption": "<encryption><CipherReference URI='OEBPS/c.xhtml'/></encryption>"}, "copy protection"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_book_that_is_not_whole_is_refused(more: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read({"c": "<p>One.</p>"}, **more)


def test_fonts_may_be_encrypted() -> None:
    assert texts(read({"c": "<p>One.</p>"}, encryption="<e><CipherReference URI='f.otf'/></e>")) == ["One."]
