"""Files of segments and strings that are damaged in any way: read, or refused with one line."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segment_samples import ANDROID, APPLE, JSON, PO, PROPERTIES, SRT, TABLE, XLIFF, YAML

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read import FORMATS, ReadOptions
from mlcheck.read.extract import Extract

SAMPLES = {
    "xliff": XLIFF,
    "po": PO,
    "csv": TABLE,
    "json": JSON,
    "yaml": YAML,
    "properties": PROPERTIES,
    "strings": APPLE,
    "android": ANDROID,
    "srt": SRT,
}
SIGNS = "\"'\\{}[]<>&;:=,#%\n\r\t \ufeff0aЖ\ud7ff𝄞\0-|>/*!"


def damaged(text: str, seed: int) -> str:
    """The text with a few characters taken out, put in, doubled or cut off."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(text) + 1), chance.randint(0, 12)
        match chance.randrange(4):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + "".join(chance.choices(SIGNS, k=length)) + text[at:]
            case 2:
                text = text[:at] + text[at : at + length] * 2 + text[at + length :]
            case _:
                text = text[: max(at, 1)] if chance.random() < 0.2 else text
    return text


def read(format: str, text: str) -> tuple[Extract, ...]:
    found = FORMATS[format].load("a")(text, "a", ReadOptions())
    return found if isinstance(found, tuple) else (found,)


def check(format: str, text: str) -> None:
    try:
        extracts = read(format, text)
    except InputError:
        return
    for extract in extracts:
        assert extract.origin is not None
        assert all(block.key is not None for block in extract.blocks) or format == "srt"
        for block in extract.blocks:
            place = extract.origin.span(block.span)
            assert 0 <= place.start <= place.end <= len(text)
            assert block.span.start < block.span.end <= len(extract.text)
            assert extract.origin.span(Span(block.span.start, block.span.start + 1)).start == place.start
        assert all(0 <= mark.span.start <= mark.span.end <= len(extract.text) for mark in extract.marks)


@pytest.mark.parametrize("format", SAMPLES)
@given(seed=st.integers(0, 2**32))
def test_damage_is_read_or_refused(format: str, seed: int) -> None:
    check(format, damaged(SAMPLES[format], seed))


@pytest.mark.parametrize("format", SAMPLES)
@given(text=st.text(alphabet=SIGNS, max_size=80))
def test_any_text_is_read_or_refused(format: str, text: str) -> None:
    check(format, text)


HOSTILE = {
    "xliff": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><xliff><file>&a;</file></xliff>',
    "tmx": "<tmx>" + "<a>" * 5000,
    "json": '{"a":' * 5000,
    "yaml": "- " * 5000 + "x",
    "po": 'msgid "' + "\\" * 9999,
    "csv": "en,ru\n" + '"' * 9999,
    "properties": "a=" + "\\\n" * 9999,
    "strings": '"a" = "' + "\\" * 9999,
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n" + "<" * 9999 + "\n" + "(" * 9999,
}


@pytest.mark.parametrize("format", HOSTILE)
def test_hostile_texts_are_read_or_refused(format: str) -> None:
    with suppress(InputError):
        read(format, HOSTILE[format])


def test_a_spreadsheet_that_is_a_bomb(tmp_path: Path) -> None:
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", " " * 50_000_000)
    with pytest.raises(InputError, match="unpacks to more"):
        FORMATS["xlsx"].load("a.xlsx")(made.getvalue(), "a.xlsx", ReadOptions())
