"""The text that is compared, and its way back to the file."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlcheck.text import clean

JAMO = "\u1112\u1161\u11ab\u1100\u1173\u11af"  # 한글, taken apart


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text.",
        "Тихий край.",
        "«Да!» — сказал он.",
        "می‌روم",
        "क्‍ष",
        "한글",
        "北京 2022",
        "naïve ﬁ ½ Ⅳ",
    ],
)
def test_clean_text_is_left_alone(text: str) -> None:
    cleaned = clean(text, 0)
    assert cleaned.text == text
    assert cleaned.starts == tuple(range(len(text)))
    assert cleaned.ends == tuple(range(1, len(text) + 1))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  two\t words \n here ", "two words here"),
        ("no\xa0break, thin\u202fspace, wide\u3000space", "no break, thin space, wide space"),
        ("letter\u061c mark, silent\u2062 times", "letter mark, silent times"),
        (
            "soft\u00adhyphen, zero\u200bwidth, \u200eleft\u200f, \ufeffmark",
            "softhyphen, zerowidth, left, mark",
        ),
        ("кра\u0438\u0306", "край"),
        ("cafe\u0301", "café"),
        ("cafe\u200b\u0301", "café"),
        (JAMO, "한글"),
        ("\u09a6\u09cb \u09a6\u09c7\u09be", "\u09a6\u09cb \u09a6\u09cb"),  # o in Bengali, whole and in halves
        (" \u200b ", ""),
    ],
)
def test_forms_of_one_content_become_one(text: str, wanted: str) -> None:
    assert clean(text, 0).text == wanted


@pytest.mark.parametrize("text", ["кра\u0438\u0306", "cafe\u0301", "Ends in cafe\u0301", JAMO])
def test_the_span_keeps_the_accent_of_the_last_letter(text: str) -> None:
    cleaned = clean(text, 100)
    assert cleaned.span(0, len(cleaned.text)) == (100, 100 + len(text))


def test_spans_count_from_the_start_of_the_document() -> None:
    cleaned = clean("a  \u00adbc", 10)
    assert cleaned.text == "a bc"
    assert cleaned.span(0, 1) == (10, 11)
    assert cleaned.span(2, 4) == (14, 16)


def test_inline_markup_goes_and_offsets_stay() -> None:
    text = "A **bold** [link](http://x.example) and `code`."
    cleaned = clean(text, 0, markdown=True)
    assert cleaned.text == "A bold link and code."
    for word in ("bold", "link", "code"):
        start = cleaned.text.index(word)
        span = cleaned.span(start, start + len(word))
        assert text[span.start : span.end] == word


def test_markup_in_plain_text_stays() -> None:
    assert clean("A **bold** word", 0).text == "A **bold** word"


ALPHABET = st.sampled_from(
    "ab .\t\n\u00ad\u200b\u0301\u0306\u0323и한\u1112\u1161\u11ab\u09c7\u09be\u2000。é\u0344"
)
TEXTS = st.text(ALPHABET, max_size=40) | st.text(max_size=60)


@example(text="e\u00ad\u0301")
@example(text=" \u0301")
@given(text=TEXTS)
def test_clean_text_is_composed_folded_and_final(text: str) -> None:
    cleaned = clean(text, 0).text
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == " ".join(cleaned.split())
    assert clean(cleaned, 0).text == cleaned


@given(text=TEXTS, start=st.integers(0, 1000))
def test_offsets_are_ordered_and_lie_in_the_text(text: str, start: int) -> None:
    cleaned = clean(text, start)
    assert len(cleaned.text) == len(cleaned.starts) == len(cleaned.ends)
    assert list(cleaned.starts) == sorted(cleaned.starts)
    assert list(cleaned.ends) == sorted(cleaned.ends)
    for a, b in zip(cleaned.starts, cleaned.ends, strict=True):
        assert start <= a < b <= start + len(text)


@given(text=TEXTS, data=st.data())
def test_the_span_of_a_range_cleaned_again_is_the_range(text: str, data: st.DataObject) -> None:
    cleaned = clean(text, 0)
    edges = [  # between clusters: the halves of one have one place in the file
        at
        for at in range(len(cleaned.text) + 1)
        if at in (0, len(cleaned.text)) or cleaned.starts[at] >= cleaned.ends[at - 1]
    ]
    start, end = sorted([data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))])
    if start < end:
        span = cleaned.span(start, end)
        assert clean(text[span.start : span.end], 0).text == cleaned.text[start:end].strip()


def test_a_long_text_takes_a_moment() -> None:
    start = time.process_time()
    clean("и\u0306  " * 60_000, 0)
    assert time.process_time() - start < 5
