"""How often is a term that a faithful version renders missed all the same?

    python benchmarks/terms.py [--eval FOLDER] [--found]

The glossary is CLDR's names of countries in either language, the texts are the development news, story
by story, with their own sentences as links. Translators leave a country out or use its adjective now and
then; `--found` prints what is reported, to be read. The data is not part of this project.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from babel import Locale

from mlcheck.checks.term_mismatch import RULE
from mlcheck.compare import compare
from mlcheck.data import (
    Alignment,
    Document,
    Encoded,
    EncoderId,
    Glossary,
    Link,
    Paragraph,
    Sentence,
    Span,
    Term,
)
from mlcheck.settings import CheckSettings
from mlcheck.terms import find

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"
CODES = {"eng": "en", "rus": "ru", "deu": "de", "fra": "fr", "zho": "zh", "aze": "az", "tur": "tr"}


def countries(one: str, two: str) -> Glossary:
    """CLDR's countries, one a term."""
    left, right = Locale(one).territories, Locale(two).territories
    codes = [code for code in left if len(code) == 2 and code in right]
    return Glossary(
        terms=tuple(Term(wanted={one: (left[c],), two: (right[c],)}, match_case=True, id=c) for c in codes)
    )


def encoded(sentences: list[str], language: str) -> Encoded:
    """A document with a paragraph a sentence, and no vectors."""
    spans, start = [], 0
    for text in sentences:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    paragraphs, numbered = [], []
    for i, (span, text) in enumerate(zip(spans, sentences, strict=True)):
        paragraphs.append(Paragraph(index=i, span=span, line=i + 1, end_line=i + 1, text=text, role="body"))
        numbered.append(Sentence(index=i, paragraph=i, span=span, text=text))
    document = Document(
        path="",
        text="\n".join(sentences),
        encoding="utf-8",
        encoding_guessed=False,
        language=language,
        language_from="given",
        paragraphs=tuple(paragraphs),
        sentences=tuple(numbered),
    )
    vectors = np.zeros((len(sentences), 1), np.float32)
    return Encoded(document=document, vectors=vectors, encoder=EncoderId(name="", revision="", sha256=""))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--eval", type=Path, default=DEFAULT, metavar="FOLDER")
    parser.add_argument("--found", action="store_true", help="print each finding")
    arguments = parser.parse_args()
    table = arguments.eval / "data" / "ntrex_dev.tsv"
    if not table.is_file():
        print(f"no evaluation data in {arguments.eval}; name its folder with --eval", file=sys.stderr)
        return
    stories: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            stories[row["doc"]].append(row)
    print("| pair | stories | mentions | warnings | information | s |\n|---|---|---|---|---|---|")
    for pair in ("eng-rus", "eng-deu", "eng-fra", "eng-zho", "eng-aze", "eng-tur", "rus-aze", "fra-deu"):
        one, two = pair.split("-")
        glossary = countries(CODES[one], CODES[two])
        counts: Counter[str] = Counter()
        started = time.monotonic()
        for rows in stories.values():
            left, right = ([row[code] for row in rows] for code in (one, two))
            counts["mentions"] += sum(len(find(glossary, text, CODES[one])) for text in left)
            alignment = Alignment(
                source=encoded(left, CODES[one]), target=encoded(right, CODES[two]),
                sentences=tuple(Link(source=(i,), target=(i,)) for i in range(len(rows))),
                paragraphs=(), relatedness=1.0,
            )  # fmt: skip
            for draft in RULE.check(compare(alignment), CheckSettings(glossary=glossary)):
                counts[draft.severity] += 1
                if arguments.found:
                    print(draft.severity, draft.message, "|", right[draft.target[0]], file=sys.stderr)
        seconds = time.monotonic() - started
        cells = counts["mentions"], counts["warning"], counts["info"]
        print(f"| {pair} | {len(stories)} | " + " | ".join(map(str, cells)) + f" | {seconds:.1f} |")


if __name__ == "__main__":
    main()
