"""Is a text the same text in every format?

    python benchmarks/formats.py [--texts FOLDER] [--keep FOLDER]

Writes April 2024 in English and in Russian, furniture and all, in each format that is read: office files,
books and PDF by pandoc and LibreOffice, where they are installed, the others by `tests/story_files.py`.
Checks each English file against two Russian ones of other formats, and prints the pairs that are not
`consistent`. Exits 1 where there are any.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from story_files import FORMATS, ITEMS, paragraphs_of, story_of, write_story  # noqa: E402

from mlcheck.pipeline import Checker  # noqa: E402
from mlcheck.read import read_file  # noqa: E402

TEXTS = ROOT.parent / "shared" / "seeds"
OFFICE = ("docx", "odt", "rtf", "epub")
STEPS = (1, 5)
"""How many formats further on the other version's stands: each meets two others, near and far."""


def written(folder: Path, texts: Path, language: str) -> list[Path]:
    """The text of a language in all formats, in an order that mixes pages, items and office files."""
    raw = read_file(texts / f"april-2024.{language}.txt")
    page, item = paragraphs_of(raw), story_of(raw)
    name = f"april.{language}"
    files = [
        write_story(folder, name, item if kind in ITEMS else page, language, kind) for kind in sorted(FORMATS)
    ]
    if shutil.which("pandoc"):
        for kind in OFFICE:
            file = folder / f"{name}.{kind}"
            title = ["--metadata", f"title={item[0]}"] if kind == "epub" else []
            subprocess.run(["pandoc", "-s", *title, folder / f"{name}.html", "-o", file], check=True)
            files.append(file)
        if shutil.which("soffice"):
            call = [
                "soffice",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                folder / f"{name}.odt",
            ]
            subprocess.run(call, check=True, capture_output=True)
            files.append(folder / f"{name}.pdf")
    return sorted(files, key=lambda file: file.suffix)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, default=TEXTS, metavar="FOLDER")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write the files there")
    given = parser.parse_args()
    if not given.texts.is_dir():
        print(f"no texts in {given.texts}: nothing is measured")
        return 0
    checker, count, bad = Checker(), 0, 0
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        english, russian = (written(folder, given.texts, language) for language in ("en", "ru"))
        for step in STEPS:
            for n, source in enumerate(english):
                target = russian[(n + step) % len(russian)]
                report = checker.check(source, target)
                loud = [finding for finding in report.findings if finding.severity != "info"]
                count += 1
                if report.verdict != "consistent" or loud:
                    bad += 1
                    print(source.name, target.name, report.verdict, *(f.message for f in loud), sep="\n    ")
    print(json.dumps({"formats": len(english), "pairs": count, "consistent": count - bad}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
