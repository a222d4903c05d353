"""What people marked, as passages for the judge: JSON lines, each two linked passages.

Reads the texts whose words are labelled (`words_dev_en-*.jsonl`) and the labelled sentence pairs
(`sentences_dev_en-fr.tsv`) of `--eval`. A text pair is cut and aligned by mlcheck itself, so that the
passages are those which the judge will be given: each link of the alignment is a line, one with an
empty side too. Fields of a line:

- `id` of the text, `languages`, such as ["en", "de"], and `divergence` of the link, null where a side
  is empty;
- `source`, `target`: sentences, each with its `text` and `words`, a list of [start, end, label]: a range
  of characters of `text`, and how many of the annotators say that this word differs, 0 to 1. What is in
  no range was not scored;
- `label` and `class` for a sentence pair, null for a text: 0 is the same meaning, 1 is not.

The labelled texts come as words, with a space around every sign. They are put together first as people
write them, because an apostrophe with spaces around it is taken for a quotation mark, and a quotation is
not cut into sentences.

    python -m training.judge.human --eval EVAL/data --out human.jsonl
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mlcheck.data import Document, Sentence
from mlcheck.errors import MlcheckError
from mlcheck.pipeline import Checker
from mlcheck.read import read_text

_LANGUAGES = ("de", "fr", "it")
_CLASSES = {"no_meaning_difference": 0, "some_meaning_difference": 1, "unrelated": 1}
_OPENING, _CLOSING = frozenset("([„"), frozenset(")],.;:!?%…")
_APOSTROPHES = frozenset("'’")
_ELIDED = re.compile(
    r"[ldnscjmt]|qu|lorsqu|puisqu|jusqu|aujourd|(de|ne|a|da|su)ll|un|quest|quell|anch|dev|com", re.IGNORECASE
)
_ENDING = re.compile(r"s|t|re|ve|ll|d|m")
Words = list[tuple[int, int, float]]
Place = tuple[int, float] | None


def passages(row: dict[str, Any], language: str, checker: Checker) -> Iterator[dict[str, Any]]:
    """The linked passages of a labelled text, by their place in the source, with the words' labels.
    Raises `ValueError` where a side has not as many labels as words."""
    sides = [
        _written(row[side], row[f"{side}_labels"], f"{row['id']}: {side}") for side in ("source", "target")
    ]
    raw = [read_text(text, name=row["id"]) for text, _ in sides]
    alignment = checker.align(raw[0], raw[1], languages=("en", language))
    documents = alignment.source.document, alignment.target.document
    for link in alignment.sentences:
        yield {
            "id": row["id"],
            "languages": ["en", language],
            "divergence": link.divergence,
            "source": _sentences(documents[0], link.source, sides[0][1]),
            "target": _sentences(documents[1], link.target, sides[1][1]),
            "label": None,
            "class": None,
        }


def pairs(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled sentence pairs of a table with the columns id, label, en, fr."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {
                "id": f"pair {row['id']}",
                "languages": ["en", "fr"],
                "divergence": None,
                "source": [{"text": row["en"], "words": []}],
                "target": [{"text": row["fr"], "words": []}],
                "label": _CLASSES[row["label"]],
                "class": row["label"],
            }


def _written(text: str, labels: Sequence[float], where: str) -> tuple[str, list[Place]]:
    """The text without the spaces around signs, and for each of its characters the number and the label
    of its word; None where nothing was scored."""
    words = text.split(" ")
    if len(words) != len(labels):
        raise ValueError(f"{where}: {len(words)} words, {len(labels)} labels")
    written = ""
    places: list[Place] = []
    glued = True
    for number, (word, label) in enumerate(zip(words, labels, strict=True)):
        before = words[number - 1] if number else ""
        after = words[number + 1] if number + 1 < len(words) else ""
        # An apostrophe belongs to what is cut short, before it or after it; other quotes stay apart.
        short = word in _APOSTROPHES and bool(_ELIDED.fullmatch(before) or _ENDING.fullmatch(after))
        if not (glued or short or word in _CLOSING):
            written += " "
            places.append(None)
        written += word
        places += [None if label < 0 else (number, float(label))] * len(word)
        glued = short or word in _OPENING
    return written, places


def _sentences(document: Document, which: Sequence[int], places: list[Place]) -> list[dict[str, Any]]:
    return [
        {"text": document.sentences[i].text, "words": _words(document.sentences[i], places)} for i in which
    ]


def _words(sentence: Sentence, places: list[Place]) -> Words:
    """The labelled words of a sentence, as ranges of its text. A word that is cut in two by the end of
    a sentence is in both."""
    found: Words = []
    before: Place = None
    for i in range(len(sentence.text)):
        now = places[sentence.place(i, i + 1).start]
        if now is not None:
            if now == before:
                start, _, label = found.pop()
                found.append((start, i + 1, label))
            else:
                found.append((i, i + 1, now[1]))
        before = now
    return found


def main() -> int:
    """Write all passages to `--out`, and say how many there are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--eval", type=Path, required=True, help="folder with the labelled texts")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines to write")
    arguments = parser.parse_args()
    checker = Checker(judge="none")  # what is read here is what a judge is made from
    lines: list[dict[str, Any]] = []
    try:
        for language in _LANGUAGES:
            with (arguments.eval / f"words_dev_en-{language}.jsonl").open(encoding="utf-8") as file:
                for line in file:
                    lines += passages(json.loads(line), language, checker)
            print(f"{language}: {len(lines)} passages so far", file=sys.stderr, flush=True)
        lines += pairs(arguments.eval / "sentences_dev_en-fr.tsv")
        arguments.out.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
        )
    except (OSError, ValueError, KeyError, MlcheckError) as error:
        print(f"human: {error}", file=sys.stderr)
        return 2
    empty = sum(not (line["source"] and line["target"]) for line in lines)
    print(f"{len(lines)} passages, {empty} of them with an empty side")
    return 0


if __name__ == "__main__":
    sys.exit(main())
