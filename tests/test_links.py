"""Links alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.data import Link
from mlcheck.errors import InputError, UsageError
from mlcheck.links import aligned, to_jsonl, to_tsv
from mlcheck.pipeline import Checker

Write = Callable[..., Path]
Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
LANGUAGES = ("en", "de")

LINKS = [
    Link(source=(0,), target=(0, 1), similarity=0.912345, divergence=0.04, confidence=0.96),
    Link(source=(1,), target=(), confidence=0.99999),
    Link(source=(), target=(2,)),
]


def pairs(links: list[Link]) -> Pairs:
    return [(link.source, link.target) for link in links]


def by_line(checker: Checker, folder: Path, source: bytes, target: bytes) -> Pairs:
    for name, content in (("a.txt", source), ("b.txt", target)):
        (folder / name).write_bytes(content)
    return pairs(aligned(checker, folder / "a.txt", folder / "b.txt", "line", LANGUAGES))


def test_json_lines() -> None:
    assert [json.loads(line) for line in to_jsonl(LINKS).splitlines()] == [
        {"source": [0], "target": [0, 1], "similarity": 0.9123, "confidence": 0.96},
        {"source": [1], "target": [], "similarity": None, "confidence": 1.0},
        {"source": [], "target": [2], "similarity": None, "confidence": None},
    ]


def test_tab_separated() -> None:
    assert to_tsv(LINKS) == (
        "source\ttarget\tsimilarity\tconfidence\n0\t0,1\t0.9123\t0.9600\n1\t\t\t1.0000\n\t2\t\t\n"
    )


def test_no_links() -> None:
    assert to_jsonl([]) == ""
    assert to_tsv([]) == "source\ttarget\tsimilarity\tconfidence\n"


def test_paragraphs_and_sentences(checker: Checker, write: Write) -> None:
    source = write("a.txt", ENGLISH[0], " ".join(ENGLISH[1:4]), " ".join(ENGLISH[4:7]))
    target = write("b.txt", GERMAN[0], " ".join(GERMAN[1:3]), " ".join(GERMAN[3:7]))
    by_paragraph = aligned(checker, source, target, "paragraph", LANGUAGES)
    assert pairs(by_paragraph) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    by_sentence = aligned(checker, source, target, "sentence", LANGUAGES)
    assert pairs(by_sentence) == [((i,), (i,)) for i in range(7)]


def test_every_line_is_one_unit(checker: Checker, tmp_path: Path) -> None:
    """Two sentences on a line stay one unit, and what looks like furniture stays too."""
    english = [*ENGLISH[1:4], f"{ENGLISH[4]} {ENGLISH[5]}", "12:45", "Share on Telegram"]
    german = [*GERMAN[1:4], f"{GERMAN[4]} {GERMAN[5]}", "12:45", "Share on Telegram"]
    found = by_line(checker, tmp_path, "\n".join(english).encode(), "\n".join(german).encode())
    assert sorted(i for a, _ in found for i in a) == list(range(6))
    assert sorted(j for _, c in found for j in c) == list(range(6))
    assert found[:4] == [((i,), (i,)) for i in range(4)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_count_and_have_no_link(checker: Checker, tmp_path: Path, end: str) -> None:
    english = end.join(["", ENGLISH[1], " \t", ENGLISH[2], ENGLISH[3], ""])
    german = end.join([GERMAN[1], "", GERMAN[2], GERMAN[3]])
    assert by_line(checker, tmp_path, english.encode(), german.encode()) == [
        ((1,), (0,)),
        ((3,), (2,)),
        ((4,), (3,)),
        ((0,), ()),
        ((2,), ()),
        ((), (1,)),
    ]


@pytest.mark.parametrize("inside", ["\f", "\v", "\u2028", "\x1c", "\x85"])
def test_a_line_ends_where_editors_end_it(checker: Checker, tmp_path: Path, inside: str) -> None:
    english = f"{ENGLISH[1]}{inside}{ENGLISH[2]}\n{ENGLISH[3]}\n"
    german = f"{GERMAN[1]} {GERMAN[2]}\n{GERMAN[3]}\n"
    assert by_line(checker, tmp_path, english.encode(), german.encode()) == [((0,), (0,)), ((1,), (1,))]


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "line"])
def test_what_cannot_be_linked(checker: Checker, write: Write, unit: str) -> None:
    source, target = write("a.txt", *ENGLISH), write("b.txt", *GERMAN)
    with pytest.raises(InputError, match="the same file twice"):
        aligned(checker, source, source, unit, LANGUAGES)
    with pytest.raises(UsageError, match="'xx' is no language code"):
        aligned(checker, source, target, unit, ("en", "xx"))
    with pytest.raises(InputError, match="no such file"):
        aligned(checker, source, target.with_name("gone.txt"), unit, LANGUAGES)
