"""Files of all formats, held against each other with the bundled model: silence, then planted flaws, each at
its place in the file."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import pdf

from mlcheck.pipeline import Checker
from mlcheck.read import read_file

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[3]
FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("libreoffice.call.en.docx", "pandoc.call.ru.odt"),
        ("libreoffice.call.en.pdf", "libreoffice.call.ru.rtf"),
        ("libreoffice.call.en.epub", "libreoffice.call.ru.pdf"),
        ("pandoc.call.en.rtf", "pandoc.call.ru.epub"),
    ],
)
def test_the_same_text_in_two_formats_is_consistent(real_checker: Checker, source: str, target: str) -> None:
    report = real_checker.check(FILES / source, FILES / target)
    assert report.verdict == "consistent"
    assert [finding.rule for finding in report.findings if finding.severity != "info"] == []


RUSSIAN = {"Алматы": "Астане", "пять принципов": "шесть принципов"}
ENGLISH = {"Almaty": "Astana", "five principles": "six principles"}
_DROPPED = r"<(w:p|text:p|p)\b[^>]*>(?:(?!</\1>).)*Говоря о регионе(?:(?!</\1>).)*</\1>"


def in_archive(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        with (
            zipfile.ZipFile(io.BytesIO((FILES / name).read_bytes())) as old,
            zipfile.ZipFile(path, "w") as new,
        ):
            for part in old.namelist():
                data = old.read(part)
                if part.endswith(("document.xml", "content.xml", ".xhtml")):
                    text = re.sub(_DROPPED, "", data.decode(), flags=re.DOTALL)
                    for one, other in RUSSIAN.items():
                        text = text.replace(one, other)
                    data = text.encode()
                new.writestr(part, data)
        return path

    return make


def in_rtf(folder: Path) -> Path:
    text = (FILES / "pandoc.call.en.rtf").read_text("ascii")
    for one, other in ENGLISH.items():
        text = text.replace(one, other)
    path = folder / "call.rtf"
    path.write_text(re.sub(r"\{\\pard[^{}]*Turning to the region[^{}]*\\par\}", "", text), "ascii")
    return path


def in_pdf(folder: Path) -> Path:
    raw = read_file(ROOT / "samples" / "call.en.txt")
    lines, base = [], 780.0
    for block in raw.blocks:
        text = raw.text[block.span.start : block.span.end]
        if text.startswith("Turning to the region") or "GÜNÜN" in text:
            continue
        for one, other in ENGLISH.items():
            text = text.replace(one, other)
        for line in textwrap.wrap(text, 80):
            lines.append((60.0, base, 11.0, line))
            base -= 14
        base -= 8
    half = len(lines) // 2
    second = [(x, y + lines[0][1] - lines[half][1], size, text) for x, y, size, text in lines[half:]]
    path = folder / "call.pdf"
    path.write_bytes(pdf([lines[:half], second]))
    return path


@pytest.mark.parametrize(
    ("source", "make", "lost", "changed"),
    [
        ("libreoffice.call.en.odt", in_archive("libreoffice.call.ru.docx"), "paragraph 9", "paragraph 18"),
        ("libreoffice.call.en.docx", in_archive("pandoc.call.ru.odt"), "paragraph 9", "paragraph 18"),
        ("libreoffice.call.en.pdf", in_archive("pandoc.call.ru.epub"), "page 1, paragraph 9", r"EPUB/text/ch001\.xhtml, paragraph 19"),  # noqa: E501
        ("libreoffice.call.ru.docx", in_rtf, "paragraph 19", "paragraph 8"),
        ("libreoffice.call.ru.docx", in_pdf, "paragraph 19", "page 1, paragraph 8"),
    ],
    ids=["docx", "odt", "epub", "rtf", "pdf"],
)  # fmt: skip
def test_planted_flaws_are_told_at_their_place(
    real_checker: Checker,
    tmp_path: Path,
    source: str,
    make: Callable[[Path], Path],
    lost: str,
    changed: str,
) -> None:
    report = real_checker.check(FILES / source, make(tmp_path))
    found = {f.rule: f for f in report.findings if f.severity == "error"}
    assert found.keys() == {"missing-paragraph", "number-mismatch", "name-mismatch"}
    gone, number, name = (found[rule] for rule in ("missing-paragraph", "number-mismatch", "name-mismatch"))
    assert gone.source is not None
    assert gone.source.place == lost
    assert gone.target is None
    assert number.target is not None
    assert re.fullmatch(changed, number.target.place)
    assert number.target.text in ("шесть", "six")
    assert name.target is not None
    assert name.target.text in ("Астане", "Astana")
