"""The formats that are read: what each is called, by what it is known, and which file reads it.

A format is known by `--from`, else by what the first bytes show of a container, else by its suffix where that
says enough, else by what stands in it. A reader is imported when a file of its format is met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mlcheck.errors import InputError, UsageError

__all__ = ["FORMATS", "Format", "ReadOptions", "format_named", "suffix_format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How files are read. With `whole`, a page's navigation and the like are kept as text. `entry` is the one
    that is wanted of a feed: its number from 1, or words of its id, address or title; "" is all of them."""

    whole: bool = False
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format. `reader` is `module:function` inside `mlcheck.read`; the function takes the decoded text, or
    the bytes of a `container`, then the name that the user knows the file by and `ReadOptions`, and gives an
    `Extract`, or two for a `bilingual` format. It raises nothing but `InputError`."""

    name: str
    title: str
    reader: str
    suffixes: tuple[str, ...] = ()
    container: bool = False
    bilingual: bool = False
    library: str | None = None
    """The distribution of the extra `formats` without which it cannot be read."""
    module: str | None = None
    """What that is imported as, where it is called otherwise."""
    entries: bool = False
    """Has it entries, of which one can be chosen?"""
    open_suffix: bool = False
    """Do other formats use its suffixes too (`.json`, `.xml`)? Then the content decides."""

    def load(self, shown: str) -> Callable[..., Any]:
        """The function that reads it. Raises `InputError` where a library is missing."""
        if self.library is not None:
            try:
                import_module(self.module or self.library.replace("-", "_"))
            except ImportError:
                raise InputError(
                    f"{shown}: {self.title} needs {self.library}; install mlcheck with the extra: "
                    "pip install 'mlcheck[formats]'"
                ) from None
        place, _, name = self.reader.partition(":")
        found: Callable[..., Any] = getattr(import_module(f"mlcheck.read.{place}"), name)
        return found


FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        Format(name="txt", title="plain text", reader="plain:read_plain", suffixes=(".txt", ".text")),
        Format(name="md", title="Markdown", reader="markdown:read_markdown", suffixes=(".md", ".markdown")),
        Format(name="mdx", title="MDX", reader="markdown:read_mdx", suffixes=(".mdx",)),
        Format(name="rst", title="reStructuredText", reader="rst:read_rst", suffixes=(".rst", ".rest")),
        Format(
            name="adoc", title="AsciiDoc", reader="asciidoc:read_asciidoc", suffixes=(".adoc", ".asciidoc")
        ),
        Format(name="html", title="HTML", reader="html:read_html", suffixes=(".html", ".htm", ".xhtml")),
        Format(name="srt", title="SubRip subtitles", reader="subtitles:read_subtitles", suffixes=(".srt",)),
        Format(name="vtt", title="WebVTT subtitles", reader="subtitles:read_subtitles", suffixes=(".vtt",)),
        Format(
            name="docx",
            title="a Word document",
            reader="office:read_docx",
            suffixes=(".docx", ".docm", ".dotx", ".dotm"),
            container=True,
        ),
        Format(
            name="odt",
            title="an OpenDocument text",
            reader="office:read_odt",
            suffixes=(".odt", ".ott"),
            container=True,
        ),
        Format(name="rtf", title="RTF", reader="office:read_rtf", suffixes=(".rtf",), container=True),
        Format(
            name="epub", title="an EPUB book", reader="office:read_epub", suffixes=(".epub",), container=True
        ),
        Format(
            name="pdf",
            title="a PDF document",
            reader="office:read_pdf",
            suffixes=(".pdf",),
            container=True,
            library="pypdfium2",
        ),
        Format(name="eml", title="a mail", reader="mail:read_mail", suffixes=(".eml",)),
        Format(name="ninjs", title="ninjs", reader="news:read_ninjs", suffixes=(".json",), open_suffix=True),
        Format(
            name="newsml", title="NewsML", reader="news:read_newsml", suffixes=(".xml",), open_suffix=True
        ),
        Format(name="nitf", title="NITF", reader="news:read_nitf", suffixes=(".nitf",)),
        Format(
            name="feed", title="a feed", reader="news:read_feed", suffixes=(".rss", ".atom"), entries=True
        ),
        Format(name="jsonld", title="JSON-LD", reader="news:read_jsonld", suffixes=(".jsonld",)),
        Format(
            name="xliff",
            title="XLIFF",
            reader="segments:read_xliff",
            suffixes=(".xlf", ".xliff", ".sdlxliff", ".mxliff", ".mqxliff"),
            bilingual=True,
        ),
        Format(name="tmx", title="TMX", reader="segments:read_tmx", suffixes=(".tmx",), bilingual=True),
        Format(name="po", title="a PO file", reader="segments:read_po", suffixes=(".po",), bilingual=True),
        Format(
            name="xcstrings",
            title="an Apple string catalogue",
            reader="segments:read_xcstrings",
            suffixes=(".xcstrings",),
            bilingual=True,
        ),
        Format(
            name="csv", title="a table", reader="segments:read_csv", suffixes=(".csv", ".tsv"), bilingual=True
        ),
        Format(
            name="xlsx",
            title="a spreadsheet",
            reader="segments:read_xlsx",
            suffixes=(".xlsx",),
            container=True,
            bilingual=True,
            library="openpyxl",
        ),
        Format(
            name="json",
            title="JSON",
            reader="strings:read_json",
            suffixes=(".json", ".arb"),
            open_suffix=True,
        ),
        Format(name="yaml", title="YAML", reader="strings:read_yaml", suffixes=(".yml", ".yaml")),
        Format(
            name="properties",
            title="properties",
            reader="strings:read_properties",
            suffixes=(".properties",),
        ),
        Format(name="strings", title="Apple strings", reader="strings:read_apple", suffixes=(".strings",)),
        Format(
            name="stringsdict",
            title="an Apple stringsdict",
            reader="strings:read_stringsdict",
            suffixes=(".stringsdict",),
        ),
        Format(name="android", title="an Android resource file", reader="strings:read_android"),
        Format(name="resx", title="a RESX file", reader="strings:read_resx", suffixes=(".resx", ".resw")),
    )
}
"""By name, which is what `--from` takes."""


def format_named(name: str) -> Format:
    """The format that `--from` names. Raises `UsageError`."""
    found = FORMATS.get(name.lower().lstrip("."))
    if found is None:
        raise UsageError(f"--from {name}: no such format; there are {', '.join(sorted(FORMATS))}")
    return found


def suffix_format(suffix: str) -> Format | None:
    """The format of a suffix such as `.docx`, in any case; None where there is none."""
    suffix = suffix.lower()
    return next((format for format in FORMATS.values() if suffix in format.suffixes), None)
