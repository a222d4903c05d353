"""Subtitles: what is said, whatever the cues cut, and where it stands."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segment_samples import SRT

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_text


def texts(raw: RawText) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks if b.role is None]


def written(raw: RawText, number: int) -> str:
    assert raw.origin is not None
    place = raw.origin.span(raw.blocks[number].span)
    return raw.origin.text[place.start : place.end]


def cues(*said: str) -> str:
    return "\n".join(
        f"{n}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 1:02},900\n{text}\n" for n, text in enumerate(said, 1)
    )


def test_sentences_across_cues_are_joined() -> None:
    raw = read_text(SRT, format="srt")
    assert texts(raw) == [
        "The ferry left the harbour in the morning, long before the storm.",
        "Did you see it?",
        "No, I was asleep.",
        "Row, row, row your boat",
        "We turn back… …at -5 degrees. (SIGHS)",
    ]
    assert [b.place for b in raw.blocks if b.role is None] == [
        "cue 1, 00:00:01",
        "cue 3, 00:00:06",
        "cue 3, 00:00:06",
        "cue 5, 00:00:11",
        "cue 6, 00:00:14",
    ]


def test_a_sound_is_no_speech() -> None:
    raw = read_text(SRT, format="srt")
    (sound,) = (b for b in raw.blocks if b.role == "furniture")
    assert raw.text[sound.span.start : sound.span.end] == "[DOOR SLAMS]"


def test_a_sentence_stands_where_it_begins_and_ends() -> None:
    raw = read_text(SRT, format="srt")
    assert written(raw, 0).startswith("The ferry")
    assert written(raw, 0).endswith("before the storm.")
    assert (raw.blocks[0].line, raw.blocks[0].end_line) == (3, 8)
    assert written(raw, 1) == "Did you see it?"


def test_cues_cut_elsewhere_read_alike() -> None:
    one = read_text(cues("The ferry left", "the harbour early.", "It was cold."), format="srt")
    two = read_text(cues("The ferry", "left the harbour", "early.", "It was cold."), format="srt")
    assert texts(one) == texts(two) == ["The ferry left the harbour early.", "It was cold."]


def test_without_full_stops_a_cue_is_a_paragraph() -> None:
    raw = read_text(cues("我住在这里", "已经四十年了", "我的父亲是渔夫"), format="srt")
    assert len(raw.blocks) == 3


def test_a_sentence_has_an_end_even_where_nobody_wrote_it() -> None:
    said = ["Nobody ends this", *["and on it goes"] * 20, "till here.", "Then. ", "So.", "Yes.", "No."]
    raw = read_text(cues(*said), format="srt")
    assert max(block.end_line - block.line for block in raw.blocks) < 25


def test_webvtt() -> None:
    raw = read_text(
        "WEBVTT\n\nNOTE made by hand\n\nSTYLE\n::cue { color: red }\n\nintro\n"
        "00:01.000 --> 00:02.800 align:start\n"
        "<v Anna>Fish &amp; chips,</v>\n\n00:03.000 --> 00:04.800\n<c.loud>please.</c>\n",
        format="vtt",
    )
    assert texts(raw) == ["Fish & chips, please."]
    assert written(raw, 0) == "Fish &amp; chips,</v>\n\n00:03.000 --> 00:04.800\n<c.loud>please."
    assert raw.blocks[0].place == "cue 1, 00:01"


def test_what_has_no_times_is_refused() -> None:
    with pytest.raises(InputError, match="no subtitles"):
        read_text("The ferry left.\n\nIt was cold.", format="srt")
    with pytest.raises(InputError, match="ASS subtitles"):
        read_text("[Script Info]\nTitle: Ferries\n[Events]\nDialogue: 0,0:00:01.00,Hello\n")


@given(st.lists(st.text(alphabet="ab C.…-♪[]<>{}\\&;:()\n 0Ж", max_size=30), min_size=1, max_size=6))
def test_every_character_leads_back(said: list[str]) -> None:
    try:
        raw = read_text(cues(*said, "The last one says something."), format="srt")
    except InputError:
        return
    assert raw.origin is not None
    for at, character in enumerate(raw.text):
        place = raw.origin.span(type(raw.blocks[0].span)(at, at + 1))
        there = raw.origin.text[place.start : place.end]
        assert there == character or character.isspace() or there in ("&amp;", "&lt;", "&gt;")


@given(st.text(alphabet=st.sampled_from("1:0,->\n aЖ<{\\[\ufeff\r"), max_size=200))
def test_nothing_but_input_errors(text: str) -> None:
    with suppress(InputError):
        read_text(text, format="srt")


def test_lines_of_a_script_without_spaces_are_joined_without_one() -> None:
    raw = read_text(cues("大家晚上好。", "我在这里\n住了四十年。"), format="srt")
    assert texts(raw) == ["大家晚上好。", "我在这里住了四十年。"]
