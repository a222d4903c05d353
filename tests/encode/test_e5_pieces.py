"""e5's tokenizer, made of the pieces of a text alone: it cuts as one that has them all."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.encode.e5_pieces import PieceTokenizer, make_table
from mlcheck.encode.e5_tokenizer import normaliser, read_character_map, unigram
from mlcheck.models import SENTENCEPIECE, e5_pieces_folder, load_or_make, package_file

PIECES = [
    *(("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)),
    *((letter, -5.0 - n / 8) for n, letter in enumerate("abcdeéfий1,.")),
    *(("▁ab", -3.0), ("ab", -4.0), ("abc", -6.0), ("bca", -6.0), ("▁a", -4.5), ("cab", -6.5), ("fi", -4.0)),
    *(("👍", -9.0), ("▁ий", -8.0), ("和", -9.5)),
]
CHARACTERS = "abcdeéfий1,. \u00a0\u3000\n▁👍和ﬁ\u0301zß<unk>\x00\U0001f1fa"
Cut = list[tuple[list[int], list[tuple[int, int]]]]


@pytest.fixture(scope="module")
def whole() -> Any:
    return unigram(PIECES, 3, normaliser(read_character_map(package_file(*SENTENCEPIECE))))


@pytest.fixture(scope="module")
def few(whole: Any) -> PieceTokenizer:
    return PieceTokenizer(make_table(whole.to_str().encode()))


def cut(whole: Any, texts: list[str]) -> Cut:
    return [(e.ids, e.offsets) for e in (whole.encode(text, add_special_tokens=False) for text in texts)]


def test_no_text_and_an_empty_one(whole: Any, few: PieceTokenizer) -> None:
    assert few.split([]) == []
    assert few.split(["", " ", "abc"]) == cut(whole, ["", " ", "abc"])


@given(st.lists(st.text(st.sampled_from(CHARACTERS), max_size=40), max_size=5))
def test_it_cuts_as_one_with_all_pieces(whole: Any, few: PieceTokenizer, texts: list[str]) -> None:
    assert few.split(texts) == cut(whole, texts)


def test_a_text_is_cut_the_same_beside_others(few: PieceTokenizer) -> None:
    texts = [f"abc {n} ab,cab" for n in range(600)]
    assert few.split(texts) == [few.split([text])[0] for text in texts]


def test_several_threads_at_once(whole: Any, few: PieceTokenizer) -> None:
    texts = [["abcab ий"] * n for n in range(1, 40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(few.split, texts)) == [cut(whole, some) for some in texts]


def test_a_lone_half_of_a_character_is_refused_as_before(whole: Any, few: PieceTokenizer) -> None:
    for work in (few.split, lambda texts: cut(whole, texts)):
        with pytest.raises((TypeError, UnicodeEncodeError)):
            work(["a \ud800"])


def test_the_table_is_made_again_where_it_is_damaged_and_never_needed(tmp_path: Path) -> None:
    folder = e5_pieces_folder(tmp_path)
    made: list[int] = []

    def make() -> dict[str, bytes]:
        made.append(1)
        return {"table": b"pieces"}

    assert load_or_make(folder, make) == load_or_make(folder, make) == {"table": b"pieces"}
    assert len(made) == 1
    (folder / "table").write_bytes(b"damage")
    assert load_or_make(folder, make) == {"table": b"pieces"}
    assert (folder / "table").read_bytes() == b"pieces"
    (folder / "manifest.json").write_text("[")
    assert load_or_make(folder, make) == {"table": b"pieces"}
    (tmp_path / "file").write_text("no folder")
    assert load_or_make(tmp_path / "file" / "pieces", make) == {"table": b"pieces"}
    assert len(made) == 4


def test_several_at_once_make_it_whole(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda _: load_or_make(tmp_path / "p", lambda: {"table": b"pieces"}), range(16))
        assert all(files == {"table": b"pieces"} for files in found)
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def strange() -> list[str]:
    """Some of every block of Unicode, its neighbours mixed, and runs of one character."""
    order = random.Random(3)
    texts = []
    for block in range(0, 0x30000, 256):
        some = [chr(code) for code in range(block, block + 256) if not 0xD800 <= code < 0xE000]
        if some:
            texts += ["".join(order.sample(some, 30)), " ".join(order.sample(some, 30))]
    texts += ["".join(chr(order.randrange(0x20, 0x3100)) for _ in range(30)) for _ in range(300)]
    return [
        *texts,
        "a" * 5000,
        "▁" * 300,
        "\u0301" * 300,
        "👩‍👩‍👧" * 50,
        "<s></s><unk><pad>",
        "\x00\x01\x02",
        "\u1100\u1161",
    ]


@pytest.mark.model
@pytest.mark.slow
def test_it_cuts_as_the_models_own() -> None:
    from tokenizers import Tokenizer

    from mlcheck.encode.e5 import read_sources

    _, data = read_sources()
    ours, theirs = PieceTokenizer(make_table(data)), Tokenizer.from_buffer(data)
    texts = strange()
    assert ours.split(texts) == cut(theirs, texts)
