"""The segmenter's door: roles, language, sentences with their places, and what is refused."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.data import Document
from mlcheck.errors import InputError
from mlcheck.read import read_text
from mlcheck.segment import mark_languages, segment, segment_pair

HEADLINE = "Harbour town to widen its old bridge"
LEDE = "The council of the harbour town agreed on Tuesday to widen the old bridge."
BODY = "Work is to begin in May and will take two summers. Shops along the river fear for their trade."


def document(*paragraphs: str, language: str | None = "en", markdown: bool = False) -> Document:
    return segment(read_text("\n\n".join(paragraphs), markdown=markdown), language)


def roles(*paragraphs: str, markdown: bool = False) -> list[str]:
    return [p.role for p in document(*paragraphs, markdown=markdown).paragraphs]


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        ([HEADLINE], ["headline"]),
        ([LEDE], ["lede"]),
        ([HEADLINE, LEDE], ["headline", "lede"]),
        ([LEDE, BODY], ["lede", "body"]),
        ([HEADLINE, LEDE, BODY], ["headline", "lede", "body"]),
        ([HEADLINE, LEDE, "What comes next", BODY], ["headline", "lede", "body", "body"]),
        ([HEADLINE, LEDE, "“We wait.”", BODY], ["headline", "lede", "body", "body"]),
        (["Will the bridge hold?", LEDE, BODY], ["headline", "lede", "body"]),
        (
            [HEADLINE, "14 March 2023, 06:30", LEDE, "27", BODY],
            ["headline", "furniture", "lede", "furniture", "body"],
        ),
        (["14 March 2023, 06:30", HEADLINE, LEDE], ["furniture", "headline", "lede"]),
        (["北京市长会见外国代表团", "市长星期一在北京会见了代表团。"], ["headline", "lede"]),
        (["ฝนตกหนักในกรุงเทพ", "วันนี้มีฝนตกหนักในกรุงเทพและปริมณฑล"], ["headline", "lede"]),
    ],
)
def test_roles(paragraphs: list[str], wanted: list[str]) -> None:
    assert roles(*paragraphs) == wanted


def test_roles_in_markdown() -> None:
    table = "| a | b |\n|---|---|\n| x | y |"
    found = roles(
        "# " + HEADLINE, LEDE, "## Next", "> We wait.", "```\nx = 1\n```", BODY, table, markdown=True
    )
    assert found[:6] == ["headline", "lede", "body", "quote", "code", "body"]
    assert set(found[6:]) == {"table"}
    assert roles(LEDE, "- first thing", markdown=True) == ["lede", "list"]


def test_a_heading_inside_the_text_is_never_doubtful() -> None:
    paragraphs = document(HEADLINE, LEDE, "What comes next", BODY, "She was born there.", BODY).paragraphs
    assert not any(p.doubtful for p in paragraphs)


def test_a_line_below_the_text_is_doubtful_and_stays_in_the_comparison() -> None:
    found = document(HEADLINE, LEDE, BODY, "More from the coast")
    assert [p.doubtful for p in found.paragraphs] == [False, False, False, True]
    assert found.sentences[-1].text == "More from the coast"


def test_furniture_and_code_have_no_sentences() -> None:
    found = document("# " + HEADLINE, "```\nx = 1.\n```", LEDE, "2024", markdown=True)
    assert [found.paragraphs[s.paragraph].role for s in found.sentences] == ["headline", "lede"]


@pytest.mark.parametrize("language", ["ru", "az-AZ", "zz"])
def test_the_given_language_wins(language: str) -> None:
    found = document(HEADLINE, LEDE, language=language)
    assert (found.language, found.language_from) == (language, "given")


def test_the_language_is_detected_from_the_prose() -> None:
    cyrillic = ["НОВОСТИ СПОРТА", "Следите за нами в Telegram", "Другие новости", "Свяжитесь с нами"] * 3
    found = document(HEADLINE, LEDE, BODY, *cyrillic, language=None)
    assert (found.language, found.language_from) == ("en", "detected")


@pytest.mark.parametrize(
    "text",
    ["2024\n\n14 March 2024, 10:30\n\n© 2024 The Courier. All rights reserved.", "© 2024 The Courier"],
)
def test_furniture_alone_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        segment(read_text(text, name="page.txt"), "en")
    assert str(caught.value) == "page.txt: nothing to compare: every paragraph is code or page furniture"


def test_code_alone_is_refused() -> None:
    with pytest.raises(InputError, match=r"^page\.md: nothing to compare"):
        segment(read_text("```\nx = one\n```", name="page.md", markdown=True), "en")


def test_an_unknown_language_asks_for_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.segment.detect", lambda text: None)
    with pytest.raises(InputError) as caught:
        document(LEDE, language=None)
    assert str(caught.value) == "text: cannot tell the language; name it with --lang"


def test_paragraphs_left_untranslated_are_marked() -> None:
    russian = "Совет портового города решил во вторник расширить старый мост."
    marked = mark_languages(document(HEADLINE, LEDE, russian, "Ann Lee"), "ru")
    assert [p.language for p in marked.paragraphs] == ["en", "en", "ru", None]


def test_one_language_marks_nothing() -> None:
    found = document(HEADLINE, LEDE)
    assert mark_languages(found, "en-GB") is found


def test_sentences_know_their_places() -> None:
    text = f"{HEADLINE}\n\nThe cafe\u0301.  It  is\u00a0open."
    found = segment(read_text(text), "en")
    assert [s.text for s in found.sentences] == [HEADLINE, "The café.", "It is open."]
    assert [text[s.span.start : s.span.end] for s in found.sentences] == [
        HEADLINE,
        "The cafe\u0301.",
        "It  is\u00a0open.",
    ]


LINES = st.lists(
    st.text(max_size=50)
    | st.sampled_from(
        [HEADLINE, LEDE, BODY, "2024", "Share", "© 2023", "- item", "# head", "> said", "Foto: Ann"]
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(lines=LINES, gap=st.sampled_from(["\n", "\n\n"]), markdown=st.booleans())
def test_any_text_keeps_its_order_and_loses_no_letter(lines: list[str], gap: str, markdown: bool) -> None:
    try:
        raw = read_text(gap.join(lines), markdown=markdown)
        found = segment(raw, "en")
    except InputError:  # nothing that can be compared
        return
    assert [p.index for p in found.paragraphs] == list(range(len(raw.blocks)))
    assert [s.index for s in found.sentences] == list(range(len(found.sentences)))
    assert sum(p.role == "headline" for p in found.paragraphs) <= 1
    assert sum(p.role == "lede" for p in found.paragraphs) <= 1
    for paragraph in found.paragraphs:
        assert paragraph.text == found.text[paragraph.span.start : paragraph.span.end]
    end = 0
    for sentence in found.sentences:
        paragraph = found.paragraphs[sentence.paragraph]
        assert paragraph.span.start <= sentence.span.start < sentence.span.end <= paragraph.span.end
        assert end <= sentence.span.start
        end = sentence.span.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", [LEDE + " ", LEDE + "\n\n", "word ", "Share\n", "x", "a@a.", "2024\n\nShare\n\n"]
)
def test_a_long_text_takes_a_moment(unit: str) -> None:
    raw = read_text(f"{LEDE}\n\n" + unit * (250_000 // len(unit)))
    start = time.process_time()
    segment(raw, "en")
    assert time.process_time() - start < 10


def test_importing_loads_no_library() -> None:
    code = "import mlcheck.segment, sys; print({'babel', 'langdetect', 'sentencex'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("text", "name", "word", "place"),
    [
        ("One plain line.\n", "x.txt", "plain", "plain"),
        ("One  wide\tline.\n", "x.txt", "line", "line"),
        ("One **bold**  word.\n", "x.md", "word", "word"),
        ("One soft\u00adened word.\n", "x.txt", "softened", "soft\u00adened"),
        ("Un e\u0301te\u0301 ici.\n", "x.txt", "été", "e\u0301te\u0301"),
        ("First.\n\nTwo, and e\u0301 there.\n", "x.txt", "there", "there"),
    ],
)
def test_a_stretch_of_a_sentence_is_found_in_the_file(text: str, name: str, word: str, place: str) -> None:
    document = segment(read_text(text, name=name), "en")
    sentence = next(s for s in document.sentences if word in s.text)
    start = sentence.text.index(word)
    found = sentence.place(start, start + len(word))
    assert text[found.start : found.end] == place


WRAPPED = (
    "The river runs beneath the wall,\nand slow the barges go home.\n\n"
    "The lamps are out tonight, my dear,\nand still the river hurries on.\n"
)
VERSE = {
    "ru": (
        "Река бежит у старых стен,\nПлывут по ней баржи.\n\nПогасли в доме фонари,\nНо всё спешит река.\n"
    ),
    "de": (
        "Der Fluss fließt an der Mauer hin,\nDie Kähne ziehen heim.\n\n"
        "Die Lampen sind heut Nacht verlöscht,\nUnd weiter eilt der Fluss.\n"
    ),
    "ka": ("მდინარე მიდის კედელთან,\nნავები ნელა მიდიან.\n\nლამპრები ჩაქრა ამ ღამით,\nმდინარე ისევ მიდის.\n"),
    "hy": (
        "Գետը հոսում է պատի տակ,\nՆավերը դանդաղ գնում են։\n\nԼամպերը մարել են գիշերը,\nԳետը դեռ շտապում է։\n"
    ),
}


@pytest.mark.parametrize("language", VERSE)
def test_lines_are_joined_on_both_sides_where_they_are_on_one(language: str) -> None:
    texts = read_text(WRAPPED, name="one"), read_text(VERSE[language], name="two")
    for order in (1, -1):
        codes = ["en", language][::order]
        documents = segment_pair(texts[::order], codes)
        assert [[p.line for p in d.paragraphs] for d in documents] == [[1, 4], [1, 4]]


def test_lines_of_a_list_or_of_both_texts_stay_lines() -> None:
    items = (
        "What the council bought for the hall:\n- Chairs for the hall\n- Lamps\n\nNothing else was bought.\n"
    )
    one = read_text(WRAPPED, name="one")
    _, listed = segment_pair((one, read_text(items, name="two")), ("en", "en"))
    assert [p.line for p in listed.paragraphs] == [1, 2, 3, 5]
