"""PDF documents that were made to do harm; importing this adds them to those of `hostile_files`."""

from __future__ import annotations

import zlib

from hostile_files import MEGABYTE, harmless, hostile
from office_files import pdf, pdf_of, stream

__all__: list[str] = []


def tree(pages: bytes, more: dict[int, bytes] | None = None, catalog: bytes = b"") -> bytes:
    return pdf_of({1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, 2: pages, **(more or {})})


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>"
PAGE_PARTS = {
    4: PAGE,
    5: stream(b"BT /F1 12 Tf 60 700 Td (Ferries cross the bay.) Tj ET"),
    6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
}


@hostile
def pdf_that_says_a_million_pages() -> bytes:
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1000000>>", PAGE_PARTS)


@hostile
def pdf_of_a_hundred_thousand_pages() -> bytes:
    return tree(b"<</Type/Pages/Kids[%s]/Count 100000>>" % (b"4 0 R " * 100_000), PAGE_PARTS)


@hostile
def pdf_with_a_cycle_of_pages() -> bytes:
    return tree(
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>", {3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"}
    )


@harmless
def pdf_with_scripts() -> bytes:
    script = (
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"
    )
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", PAGE_PARTS, script)


@harmless
def pdf_with_files_inside() -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>]>>>>"
    return tree(
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>", {**PAGE_PARTS, 7: stream(b"MZ", b"/Type/EmbeddedFile")}, names
    )


@harmless
def pdf_with_a_broken_table() -> bytes:
    data = tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", PAGE_PARTS)
    at = data.index(b"startxref")
    return data[:at] + b"startxref\n99999999\n%%EOF"


@hostile
def pdf_cut_off() -> bytes:
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", PAGE_PARTS)[:60]


@hostile
def pdf_of_nothing() -> bytes:
    return b"%PDF-1.7\n" + b"\0" * 1000


@hostile
def pdf_bomb() -> bytes:
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", {**PAGE_PARTS, 5: stream(b" " * 60 * MEGABYTE)})


@hostile
def pdf_bomb_in_a_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b" " * 100 * MEGABYTE, 9), 9)
    bomb = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(packed), packed)
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", {**PAGE_PARTS, 5: bomb})


@hostile
def pdf_with_a_password() -> bytes:
    parts = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>", **PAGE_PARTS}
    parts[9] = b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"x" * 32, b"y" * 32)
    return pdf_of(parts, trailer=b"/Encrypt 9 0 R/ID[(a)(b)]")


@hostile
def pdf_with_a_form_in_itself() -> bytes:
    form = stream(
        b"/X Do BT /F1 12 Tf 60 700 Td (Ferries.) Tj ET /X Do",
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 7 0 R>>/Font<</F1 6 0 R>>>>",
    )
    page = PAGE.replace(b"/Resources<<", b"/Resources<</XObject<</X 7 0 R>>")
    parts = {**PAGE_PARTS, 4: page, 5: stream(b"/X Do"), 7: form}
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", parts)


@hostile
def pdf_without_pages() -> bytes:
    return tree(b"<</Type/Pages/Kids[]/Count 0>>")


@harmless
def pdf_of_letters_in_one_place() -> bytes:
    return pdf([[(60, 700, 11, "Ferries")] * 10_000])


@hostile
def pdf_of_a_page_without_bounds() -> bytes:
    return tree(
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        {4: b"<</Type/Page/Parent 2 0 R/MediaBox[-1e38 -1e38 1e38 1e38]/Rotate 77>>"},
    )


@harmless
def pdf_with_a_field_that_is_its_own_parent() -> bytes:
    field = b"<</FT/Tx/T(a)/V(A word)/Parent 7 0 R/Kids[7 0 R]/Subtype/Widget/Rect[0 0 9 9]>>"
    page = PAGE[:-2] + b"/Annots[7 0 R]>>"
    return tree(
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        {**PAGE_PARTS, 4: page, 7: field},
        b"/AcroForm<</Fields[7 0 R]>>",
    )


@harmless
def pdf_with_a_form_that_computes() -> bytes:
    script = b"<</S/JavaScript/JS(for\\(;;\\);)>>"
    field = b"<</FT/Tx/T(a)/V(A word)/Subtype/Widget/Rect[0 0 9 9]/AA<</C %s/F %s/PO %s>>>>" % ((script,) * 3)
    page = PAGE[:-2] + b"/Annots[7 0 R]/AA<</O %s>>>>" % script
    form = b"/AcroForm<</Fields[7 0 R]/CO[7 0 R]>>/OpenAction %s" % script
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", {**PAGE_PARTS, 4: page, 7: field}, form)


@hostile
def pdf_with_a_field_of_four_million_letters() -> bytes:
    field = b"<</FT/Tx/T(a)/V(%s)/Subtype/Widget/Rect[0 0 9 9]>>" % (b"a " * 2_000_000)
    page = PAGE[:-2] + b"/Annots[7 0 R]>>"
    return tree(
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        {**PAGE_PARTS, 4: page, 7: field},
        b"/AcroForm<</Fields[7 0 R]>>",
    )


@hostile
def pdf_with_a_million_links() -> bytes:
    link = b"<</Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(https://example.org)>>>>"
    letters = b"BT /F1 4 Tf 4 TL 10 830 Td " + b"(%s) ' " % (b"ab " * 90) * 200 + b"ET"
    page = PAGE[:-2] + b"/Annots[%s]>>" % (b"7 0 R " * 100_000)
    return tree(b"<</Type/Pages/Kids[4 0 R]/Count 1>>", {**PAGE_PARTS, 4: page, 5: stream(letters), 7: link})
