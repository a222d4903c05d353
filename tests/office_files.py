"""Office files, books and PDF written by hand: as small as they can be, and as odd as a test wants them."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "DOCX_SPACES",
    "ODT_SPACES",
    "PdfLine",
    "docx",
    "docx_part",
    "epub",
    "odt",
    "pdf",
    "pdf_of",
    "relations",
    "stream",
    "zipped",
]

Parts = Mapping[str, str | bytes] | Sequence[tuple[str, str | bytes]]

DOCX_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ODT_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for name, of in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive; as a sequence, `parts` may have a name twice."""
    buffer = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that are there twice
        for name, content in pairs:
            # With a date of their own, so that the bytes are the same every time.
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 28, 0, 0, 0)), content, method)
    return buffer.getvalue()


def relations(*rows: tuple[str, str, str] | tuple[str, str, str, bool]) -> str:
    """A part of relations: id, kind, target, and whether that is outside."""
    inner = "".join(
        f'<Relationship Id="{row[0]}" Type="{_RELATIONS}{row[1]}" Target="{row[2]}"'
        + (' TargetMode="External"/>' if len(row) > 3 else "/>")
        for row in rows
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def docx_part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {DOCX_SPACES}>{inner}</w:{root}>'


def docx(body: str, rows: Sequence[tuple[str, str, str]] = (), **parts: str | bytes) -> bytes:
    """A Word document. `parts` are further ones in its folder, `footnotes` for footnotes.xml, whose relations
    are put, too; `rows` are relations besides."""
    known = ("footnotes", "endnotes", "comments", "styles", "header1", "footer1")
    own = [(f"r_{name}", name.rstrip("1"), f"{name}.xml") for name in parts if name in known]
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": docx_part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*own, *rows),
            **{
                f"word/{name}.xml": docx_part({"header1": "hdr", "footer1": "ftr"}.get(name, name), content)
                if isinstance(content, str)
                else content
                for name, content in parts.items()
            },
        }
    )


def odt(text: str, automatic: str = "", styles: str | None = None, manifest: str = "") -> bytes:
    """An OpenDocument text; `styles` is what stands in styles.xml."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODT_SPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{text}</office:text></office:body>"
        "</office:document-content>",
    }
    if styles is not None:
        parts["styles.xml"] = f"<office:document-styles {ODT_SPACES}>{styles}</office:document-styles>"
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return zipped(parts)


def epub(chapters: Mapping[str, str | bytes], spine: Iterable[str] | None = None, **more: str) -> bytes:
    """A book by its chapters, the bodies of pages or whole ones; `spine` is their order by name."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in (chapters if spine is None else spine))
    pages = {
        f"OEBPS/{name}.xhtml": body
        if isinstance(body, bytes)
        else '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>t</title></head><body>{body}</body></html>"
        for name, body in chapters.items()
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": more.get("container")
            or '<container><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>',
            "OEBPS/c.opf": '<package xmlns:dc="urn:dc"><metadata><dc:language>en-GB</dc:language></metadata>'
            f"<manifest>{items}{more.get('items', '')}</manifest>"
            f"<spine>{order}{more.get('order', '')}</spine></package>",
            **({"META-INF/encryption.xml": more["encryption"]} if "encryption" in more else {}),
            **pages,
        }
    )


def pdf_of(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, with a table of where they are."""
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


PdfLine = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[PdfLine]], catalog: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF by its lines: left, base, size of the letters in points, text (of Latin-1)."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }
    for n, lines in enumerate(pages):
        shown = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n"
            % (
                size,
                x,
                y,
                text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"),
            )
            for x, y, size, text in lines
        )
        objects[10 + 2 * n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            b"/Contents %d 0 R%s>>" % (11 + 2 * n, page)
        )
        objects[11 + 2 * n] = stream(shown)
    return pdf_of(objects)
