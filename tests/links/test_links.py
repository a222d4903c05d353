"""Links alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.data import Link, Links
from mlcheck.errors import InputError, UsageError
from mlcheck.links import aligned, to_jsonl, to_tsv
from mlcheck.pipeline import Checker

Write = Callable[..., Path]
Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]
LANGUAGES = ("en", "de")

LINKS = Links(
    unit="sentence",
    links=(
        Link(source=(0,), target=(0, 1), similarity=0.912345, divergence=0.04, confidence=0.96),
        Link(source=(1,), target=(), confidence=0.99999),
        Link(source=(), target=(2,)),
    ),
    languages=LANGUAGES,
    source=("One and two.", "Three."),
    target=("Eins.", "Zwei.", "Vier."),
)


def pairs(links: Links) -> Pairs:
    return [(link.source, link.target) for link in links.links]


def lines(checker: Checker, folder: Path, source: bytes, target: bytes) -> Links:
    for name, content in (("a.txt", source), ("b.txt", target)):
        (folder / name).write_bytes(content)
    return aligned(checker, folder / "a.txt", folder / "b.txt", "line", LANGUAGES)


def by_line(checker: Checker, folder: Path, source: bytes, target: bytes) -> Pairs:
    return pairs(lines(checker, folder, source, target))


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
    none = replace(LINKS, links=())
    assert to_jsonl(none) == ""
    assert to_tsv(none) == "source\ttarget\tsimilarity\tconfidence\n"


def test_paragraphs_and_sentences(checker: Checker, write: Write) -> None:
    source = write("a.txt", ENGLISH[0], " ".join(ENGLISH[1:4]), " ".join(ENGLISH[4:7]))
    target = write("b.txt", GERMAN[0], " ".join(GERMAN[1:3]), " ".join(GERMAN[3:7]))
    by_paragraph = aligned(checker, source, target, "paragraph", LANGUAGES)
    assert pairs(by_paragraph) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    by_sentence = aligned(checker, source, target, "sentence", LANGUAGES)
    assert pairs(by_sentence) == [((i,), (i,)) for i in range(7)]
    assert by_paragraph.source == (ENGLISH[0], " ".join(ENGLISH[1:4]), " ".join(ENGLISH[4:7]))
    assert (by_sentence.source, by_sentence.target) == (ENGLISH[:7], GERMAN[:7])
    assert by_sentence.languages == LANGUAGES


@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_texts_are_without_markup_and_wrapped_lines(checker: Checker, write: Write, unit: str) -> None:
    words = ENGLISH[1].split()
    wrapped = f"**{words[0]}** {words[1]}\n" + "\u00ad  ".join(words[2:])
    source = write("a.md", f"# {ENGLISH[0]}", wrapped, "    code", ENGLISH[2])
    target = write("b.md", f"# {GERMAN[0]}", *GERMAN[1:3])
    found = aligned(checker, source, target, unit, LANGUAGES)
    assert [found.source[i] for link in found.links for i in link.source] == list(ENGLISH[:3])
    assert [found.target[j] for link in found.links for j in link.target] == list(GERMAN[:3])
    # Code is a paragraph with a number, in no link.
    assert len(found.source) == (4 if unit == "paragraph" else 3)


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


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_is_its_characters_without_the_end(
    checker: Checker, tmp_path: Path, mark: bytes, end: str
) -> None:
    english = [f"  {ENGLISH[1]} \t", "", f"{ENGLISH[2]}\f\u2028x", f"**{ENGLISH[3]}**", "", " "]
    content = mark + "".join(line + end for line in english).encode()
    found = lines(checker, tmp_path, content, "\n".join(GERMAN[1:4]).encode())
    assert found.source == tuple(english)
    assert found.target == GERMAN[1:4]
    assert pairs(found) == [
        ((0,), (0,)),
        ((2,), (1,)),
        ((3,), (2,)),
        ((1,), ()),
        ((4,), ()),
        ((5,), ()),
    ]


def test_one_line_against_one(checker: Checker, tmp_path: Path) -> None:
    found = lines(checker, tmp_path, ENGLISH[1].encode(), GERMAN[1].encode() + b"\n\n")
    assert (found.source, found.target) == ((ENGLISH[1],), (GERMAN[1], ""))
    assert pairs(found) == [((0,), (0,)), ((), (1,))]


def test_a_long_line_is_one_unit(checker: Checker, tmp_path: Path) -> None:
    english, german = (" ".join(story * 50) for story in (ENGLISH, GERMAN))
    found = lines(checker, tmp_path, english.encode(), german.encode())
    assert (found.source, found.target) == ((english,), (german,))
    assert pairs(found) == [((0,), (0,))]


def test_a_side_of_blank_lines(checker: Checker, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"b\.txt: is empty but for white space"):
        lines(checker, tmp_path, ENGLISH[1].encode(), b"\n \n\n")


def test_lines_in_a_language_that_cannot_be_told(checker: Checker, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("ᎣᏏᏲ ᎣᏏᏲ\n", encoding="utf-8")
    files = tmp_path / "a.txt", tmp_path / "b.txt"
    with pytest.raises(InputError, match=r"a\.txt: cannot tell the language; name it with --lang"):
        aligned(checker, *files, "line", (None, None))
    assert aligned(checker, *files, "line", ("chr", "en")).languages == ("chr", "en")


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "line"])
def test_what_cannot_be_linked(checker: Checker, write: Write, unit: str) -> None:
    source, target = write("a.txt", *ENGLISH), write("b.txt", *GERMAN)
    with pytest.raises(InputError, match="the same file twice"):
        aligned(checker, source, source, unit, LANGUAGES)
    with pytest.raises(UsageError, match="'xx' is no language code"):
        aligned(checker, source, target, unit, ("en", "xx"))
    with pytest.raises(InputError, match="no such file"):
        aligned(checker, source, target.with_name("gone.txt"), unit, LANGUAGES)
