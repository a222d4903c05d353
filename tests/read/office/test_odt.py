"""OpenDocument texts: what is text, what is furniture, and what is left out."""

from __future__ import annotations

import pytest
from office_files import odt, zipped

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes


def read(text: str, automatic: str = "", styles: str | None = None, manifest: str = "") -> RawText:
    return read_bytes(odt(text, automatic, styles, manifest), shown="a.odt", suffix=".odt")


def texts(raw: RawText, role: str | None = None) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks if role is None or b.role == role]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("Ferries <text:span>cross</text:span> again.", "Ferries cross again."),
        ("\n  Ferries\n   <text:span> cross </text:span> \n again.", "Ferries cross again."),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a   b\tc\nd"),
        ('a<text:s text:c="999999999999"/>b', f"a{' ' * 16}b"),
        ("One<text:change-start/> two<text:change-end/>", "One two"),
        ("a<text:soft-page-break/>b", "ab"),
        ("a<office:annotation><text:p>Really?</text:p></office:annotation>b", "ab"),
        ('a<text:span text:style-name="H">hidden</text:span>b', "ab"),
        ("a<text:hidden-text>x</text:hidden-text><text:date>3 May</text:date>", "a3 May"),
        (
            "<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>",
            "漢",
        ),
    ],
)
def test_the_characters_of_a_paragraph(inner: str, text: str) -> None:
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    assert texts(read(f"<text:p>{inner}</text:p>", style)) == [text]


def test_the_parts_of_a_text() -> None:
    raw = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Head</text:h>'
        '<text:p>A <text:a xlink:href="https://example.org/a">link</text:a>'
        '<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note>.</text:p>"
        "<text:list><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Two</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:section text:display="none"><text:p>Hidden</text:p></text:section>'
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Pier</text:p>"
        "</table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>North</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>4</text:p></table:table-cell></table:table-row>"
        "</table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
        "Beside.</text:p><text:table-of-content><text:index-body><text:p>Head 1</text:p></text:index-body>"
        "</text:table-of-content>"
    )
    assert [(b.place, raw.text[b.span.start : b.span.end], b.kind, b.role) for b in raw.blocks] == [
        ("paragraph 1", "Head", "heading", None),
        ("paragraph 2", "A link.", "text", None),
        ("paragraph 3", "One", "list", None),
        ("paragraph 4", "Two", "list", None),
        ("table 1, row 1", "Pier | Price", "table", None),
        ("table 1, row 2", "North | 4", "table", None),
        ("paragraph 5", "Beside.", "text", None),
        ("paragraph 6", "In a box.", "text", None),
        ("paragraph 7", "Head 1", "text", "furniture"),
        ("footnote 1", "A note.", "text", None),
    ]
    assert [(m.kind, m.value) for m in raw.marks] == [
        ("heading", "2"),
        ("link", "https://example.org/a"),
        ("footnote", ""),
    ]


def test_heads_are_furniture() -> None:
    styles = (
        '<office:styles><style:default-style><style:text-properties fo:language="de" fo:country="AT"/>'
        "</style:default-style></office:styles><office:master-styles><style:master-page><style:header>"
        "<text:p>Daily</text:p></style:header><style:header-first><text:p>Daily</text:p></style:header-first>"
        "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
    raw = read("<text:p>Text.</text:p>", styles=styles)
    assert texts(raw) == ["Daily", "Text.", "Page 1"]
    assert texts(raw, "furniture") == ["Daily", "Page 1"]
    assert raw.language == "de-AT"


def test_one_with_a_password_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(InputError, match=r"^a\.odt: an OpenDocument text with a password"):
        read("<text:p>Text.</text:p>", manifest=manifest)


def test_what_is_not_whole_is_refused() -> None:
    with pytest.raises(InputError, match=r"without its part 'content\.xml'"):
        read_bytes(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), shown="a.odt")
