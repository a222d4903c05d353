"""Containers that were made to do harm, each by the function of its name. Those in `READ` are read, and do
none; the rest are refused."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable

from office_files import DOCX_SPACES, docx, docx_part, epub, odt, relations, zipped

__all__ = ["HOSTILE", "MEGABYTE", "READ", "harmless", "hostile"]

HOSTILE: dict[str, Callable[[], bytes]] = {}
READ: set[str] = set()
TEXT = "<w:p><w:r><w:t>Ferries cross the bay.</w:t></w:r></w:p>"
MEGABYTE = 1_000_000


def hostile(make: Callable[[], bytes]) -> Callable[[], bytes]:
    HOSTILE[make.__name__] = make
    return make


def harmless(make: Callable[[], bytes]) -> Callable[[], bytes]:
    READ.add(make.__name__)
    return hostile(make)


def word(document: str | bytes, **parts: str | bytes) -> bytes:
    return zipped({"word/document.xml": document, **{k.replace("__", "/"): v for k, v in parts.items()}})


def document(inner: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>{doctype}<w:document {DOCX_SPACES}><w:body>{inner}</w:body></w:document>'


def patched(data: bytes, field: int, size: int, value: int, entry: int = 0) -> bytes:
    """An archive with a number of its directory changed: that at `field` of an entry."""
    at = -1
    for _ in range(entry + 1):
        at = data.index(b"PK\x01\x02", at + 1)
    return data[: at + field] + value.to_bytes(size, "little") + data[at + field + size :]


# Archives


@hostile
def zip_bomb() -> bytes:
    return word(document(TEXT + " " * 40 * MEGABYTE))


@hostile
def zip_bomb_of_many_parts() -> bytes:
    names = [f"header{n}" for n in range(40)]
    parts = {f"word/{name}.xml": docx_part("hdr", " " * 1_900_000) for name in names}
    rels = relations(*((name, "header", f"{name}.xml") for name in names))
    return zipped({"word/document.xml": document(TEXT), "word/_rels/document.xml.rels": rels, **parts})


@hostile
def zip_bomb_as_mimetype() -> bytes:
    return zipped({"mimetype": "application/epub+zip" + " " * 60 * MEGABYTE})


@harmless
def zip_in_zip_in_zip() -> bytes:
    inner = zipped({"0": b"\0" * 20 * MEGABYTE})
    for _ in range(5):
        inner = zipped({f"{n}.zip": inner for n in range(8)})
    return word(document(TEXT), word__embeddings__a=inner)


@hostile
def zip_of_overlapping_parts() -> bytes:
    data = zipped({"word/document.xml": document(TEXT), "word/styles.xml": docx_part("styles", "")})
    return patched(patched(data, 42, 4, 0, 1), 42, 4, 3, 0)


@hostile
def zip_that_says_less() -> bytes:
    return patched(word(document(TEXT)), 24, 4, 10)


@hostile
def zip_that_says_more() -> bytes:
    return patched(word(document(TEXT)), 24, 4, 2**31)


@hostile
def zip_with_an_absolute_path() -> bytes:
    return zipped({"word/document.xml": document(TEXT), "/etc/passwd": "x"})


@hostile
def zip_that_leaves_itself() -> bytes:
    return zipped({"word/document.xml": document(TEXT), "word/../../../etc/passwd": "x"})


@hostile
def zip_that_leaves_itself_backwards() -> bytes:
    return zipped({"word/document.xml": document(TEXT), "word\\..\\..\\evil": "x"})


@hostile
def zip_with_two_parts_of_one_name() -> bytes:
    return zipped([("word/document.xml", document(TEXT)), ("word/document.xml", document(TEXT * 2))])


@hostile
def zip_with_a_password() -> bytes:
    return patched(word(document(TEXT)), 8, 2, 1)


@hostile
def zip_cut_off() -> bytes:
    data = docx(TEXT)
    return data[: len(data) // 2]


@hostile
def zip_of_65000_parts() -> bytes:
    return zipped([("word/document.xml", document(TEXT)), *((f"p{n}", b"") for n in range(65_000))], 0)


@hostile
def zip_of_65000_parts_that_says_one() -> bytes:
    data = zip_of_65000_parts()
    at = data.rindex(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<HH", 1, 1) + data[at + 12 :]


@hostile
def zip_packed_by_bzip2() -> bytes:
    return zipped({"word/document.xml": document(TEXT + " " * 30 * MEGABYTE)}, zipfile.ZIP_BZIP2)


@hostile
def zip_packed_by_lzma() -> bytes:
    return zipped({"word/document.xml": document(TEXT + " " * 30 * MEGABYTE)}, zipfile.ZIP_LZMA)


# XML


@hostile
def xml_billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return word(
        document("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>')
    )


@hostile
def xml_external_entity() -> bytes:
    doctype = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word(document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype))


@hostile
def xml_parameter_entity() -> bytes:
    return word(document(TEXT, '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'))


@hostile
def xml_dtd_elsewhere() -> bytes:
    doctype = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'
    return word(document("<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", doctype))


@hostile
def xml_default_of_a_megabyte() -> bytes:
    doctype = f'<!DOCTYPE w [<!ATTLIST x a CDATA "{"y" * MEGABYTE}">]>'
    return word(document(TEXT + "<x/>" * 100_000, doctype))


@hostile
def xml_without_end() -> bytes:
    return word(document("<w:p>" * 200_000))


@hostile
def xml_of_two_million_elements() -> bytes:
    return zipped({"word/document.xml": document(TEXT + "<w:p/>" * 1_500_000)}, zipfile.ZIP_STORED)


@harmless
def xml_with_an_attribute_of_megabytes() -> bytes:
    inner = f'<w:p w:rsid="{"a" * 5 * MEGABYTE}"/>' + TEXT
    return zipped({"word/document.xml": document(inner)}, zipfile.ZIP_STORED)


@hostile
def xml_with_nul() -> bytes:
    return word(document(TEXT.replace("bay", "b\0y")))


@hostile
def xml_of_wrong_bytes() -> bytes:
    return word(document(TEXT).encode().replace(b"bay", b"b\xff\xfey"))


@hostile
def xml_of_an_encoding_that_there_is_not() -> bytes:
    return word(document(TEXT).replace('"1.0"', '"1.0" encoding="no-such"'))


@hostile
def xml_of_an_encoding_that_is_none() -> bytes:
    return word(document(TEXT).replace('"1.0"', '"1.0" encoding="zlib_codec"'))


# Word


@hostile
def docx_without_a_document() -> bytes:
    return zipped({"word/other.xml": document(TEXT), "word/workbook.xml": "<x/>", "_rels/.rels": relations()})


@harmless
def docx_that_refers_to_itself() -> bytes:
    rels = relations(
        *((f"r{n}", kind, "document.xml") for n, kind in enumerate(("header", "footnotes", "styles")))
    )
    return zipped({"word/document.xml": document(TEXT), "word/_rels/document.xml.rels": rels})


@harmless
def docx_with_parts_elsewhere() -> bytes:
    rels = relations(
        ("r1", "attachedTemplate", "http://127.0.0.1:9/t.dotm", True),
        ("r2", "header", "../../../../etc/passwd"),
        ("r3", "styles", "http://127.0.0.1:9/s.xml", True),
    )
    return zipped({"word/document.xml": document(TEXT), "word/_rels/document.xml.rels": rels})


@hostile
def docx_of_ten_thousand_styles() -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{(n + 1) % 10_000}"/></w:style>'
        for n in range(10_000)
    )
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr></w:p>' for n in range(10_000))
    return docx(body + TEXT, styles=styles)


@harmless
def docx_of_tables_in_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 79 + TEXT + "</w:tc></w:tr></w:tbl>" * 79)


@harmless
def docx_of_boxes_in_boxes() -> bytes:
    return docx(
        "<w:p><w:r><w:drawing><w:txbxContent>" * 60 + TEXT + "</w:txbxContent></w:drawing></w:r></w:p>" * 60
    )


@harmless
def docx_of_wrappers_in_wrappers() -> bytes:
    return docx("<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>Ferries.</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>")


@harmless
def docx_of_fields_that_never_end() -> bytes:
    return docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 20_000 + TEXT)


@harmless
def docx_with_macros() -> bytes:
    return zipped({"word/document.xml": document(TEXT), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 1000})


@hostile
def docx_with_a_password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096


# OpenDocument


@harmless
def odt_of_spaces() -> bytes:
    return odt("<text:p>Ferries" + '<text:s text:c="999999999"/>' * 50_000 + "cross.</text:p>")


@harmless
def odt_of_rows_that_repeat() -> bytes:
    return odt(
        '<table:table><table:table-row table:number-rows-repeated="99999999">'
        '<table:table-cell table:number-columns-repeated="99999999"><text:p>Pier</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )


@harmless
def odt_of_lists_in_lists() -> bytes:
    return odt(
        "<text:list><text:list-item>" * 120
        + "<text:p>Ferries</text:p>"
        + "</text:list-item></text:list>" * 120
    )


@hostile
def odt_with_a_password() -> bytes:
    return odt("<text:p>x</text:p>", manifest="<m><e><encryption-data/></e></m>")


# Books


@harmless
def epub_with_parts_elsewhere() -> bytes:
    return epub(
        {"c": '<p>Ferries.</p><img src="http://127.0.0.1:9/i"/><iframe src="file:///etc/passwd"/>'},
        items='<item id="x" href="https://127.0.0.1:9/x" media-type="text/html"/>',
        order='<itemref idref="x"/>',
    )


@hostile
def epub_with_a_spine_to_nowhere() -> bytes:
    return epub({"c": "<p>Ferries.</p>"}, order='<itemref idref="gone"/>')


@hostile
def epub_with_a_package_elsewhere() -> bytes:
    return epub({"c": "<p>x</p>"}, container='<c><rootfile full-path="../../../etc/passwd"/></c>')


@hostile
def epub_that_reads_one_chapter_without_end() -> bytes:
    return epub({"c": "<p>Ferries.</p>" * 10_000}, order='<itemref idref="c"/>' * 1900)


@hostile
def epub_with_entities() -> bytes:
    page = b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>&b;</p></body></html>'
    return epub({"c": page})


@harmless
def epub_of_quotations_in_quotations() -> bytes:
    return epub({"c": "<blockquote>" * 240 + "Ferries." + "</blockquote>" * 240})


@harmless
def epub_of_tables_in_tables() -> bytes:
    return epub({"c": "<table><tr><td>" * 80 + "Ferries." + "</td></tr></table>" * 80})


@hostile
def epub_of_letters_in_letters() -> bytes:
    return epub({"c": "<p>" + "<b>" * 100_000 + "Ferries." + "</b>" * 100_000 + "</p>"})


# RTF


@hostile
def rtf_of_groups_without_end() -> bytes:
    return b"{\\rtf1 " + b"{\\b " * MEGABYTE


@hostile
def rtf_with_binary_without_end() -> bytes:
    return b"{\\rtf1 Ferries.\\bin9999999999 abc}"


@hostile
def rtf_cut_off() -> bytes:
    return b"{\\rtf1 Ferries {\\b cross"


@hostile
def rtf_of_words_without_end() -> bytes:
    return b"{\\rtf1 Ferries." + b"\\b" * 3 * MEGABYTE + b"}"


@harmless
def rtf_of_closed_groups() -> bytes:
    return b"{\\rtf1 Ferries.}" + b"}" * MEGABYTE


@harmless
def rtf_with_a_program_inside() -> bytes:
    return b"{\\rtf1 Ferries.{\\object\\objupdate{\\*\\objdata " + b"4d5a" * MEGABYTE + b"}}}"


@harmless
def rtf_with_odd_numbers() -> bytes:
    return (
        b"{\\rtf1\\ansicpg-1\\deff9999999999\\uc9999999999 F\\u-9999999999 \\f-1\\s-5\\outlinelevel-3 e\\par}"
    )
