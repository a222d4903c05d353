"""Markdown: which blocks a text has, and the words of a block without its inline markup."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlcheck.read import read_text
from mlcheck.text import BLANK, strip_inline


def blocks_of(text: str) -> list[tuple[str, str]]:
    raw = read_text(text, markdown=True)
    return [(block.kind, text[block.span.start : block.span.end]) for block in raw.blocks]


def words_of(text: str) -> str:
    return strip_inline(text)[0]


# Prose that must be left alone --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "2*3*4 is 24, 5*6 is 30",
        "snake_case_name and __init_x",
        "He said [sic] and left.",
        "as in [1][2] and a[i][j]",
        "[sic](see below)",
        "a < b and c > d, x<y",
        "x <y and y> z, <name>",
        "AT&T, R&D; &c; &bogus;",
        "f**k this s**t",
        "a 4* hotel and a 5* hotel",
        "* alone, ** alone, _ alone, ` alone, ~ alone",
        "~5 or ~6, ~~~",
        r"C:\dir\name",
        "https://a.org/_b_/c*d_e_ and www",
        "Wow! [Really]!",
        "5 > 3\nand 3 < 5",
        "«Мост» — «старый»…",
        "中文 * 加粗 * 中文",
        "<!-- not closed",
    ],
)
def test_prose_stays_as_it_is(text: str) -> None:
    assert strip_inline(text) == (text, list(range(len(text))))


@given(st.text(st.characters(exclude_characters="\\`*_~[]<>&!\r\n")))
@example("http: //x")
def test_text_without_special_characters_stays_as_it_is(text: str) -> None:
    assert strip_inline(text) == (text, list(range(len(text))))


@pytest.mark.parametrize(
    "text",
    [
        "28. April 2025",
        "1. FC Köln",
        "3) more",
        "-5 degrees",
        "#hashtag",
        "1.5 million",
        "__init__ is",
        "+1 and",
    ],
)
def test_what_looks_like_a_marker_is_text(text: str) -> None:
    assert blocks_of(text) == [("text", text)]


# Inline markup ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**b** *i* ***bi*** __b__ _i_ ~~s~~", "b i bi b i s"),
        ("**bold *both* bold**", "bold both bold"),
        ("*a **b***", "a b"),
        ("**G**overnment", "Government"),
        ("**a*b**", "a*b"),
        ("**«Мост»**, сказал", "«Мост», сказал"),
        ("中文**加粗**中文", "中文加粗中文"),
        ("他说**“好”**。", "他说“好”。"),
        ("**「橋」**は古い", "「橋」は古い"),
        ("`*code*` and ``a ` b`` and `` `t` ``", "*code* and a ` b and `t`"),
        ("[the *old* bridge](http://a_b.org/c_d_(e) 'T')!", "the old bridge!"),
        ("[a](<b c>) [d](e (f)) [](g)", "a d "),
        ("[words][label] and [words][]", "words and words"),
        ("![a bridge](a.png) ![](b.png)", "a bridge "),
        ("[![a bridge](a.png)](b)", "a bridge"),
        ("<https://a.org/b_c_d> <mail@a.org>", "https://a.org/b_c_d mail@a.org"),
        ("one<br>two <b class='x'>three</b><!-- no -->.", "one two three."),
        ("</p>end", " end"),
        (r"\*no\* \[x\] 1\. back\\slash", r"*no* [x] 1. back\slash"),
        ("AT&amp;T &copy; &#8212; &#x2014;", "AT&T © — —"),
        ("a word[^1], another![^note]", "a word, another!"),
        ("one\n> two\r\n  > > three", "one\ntwo\r\nthree"),
        ("hard\\\nbreak", "hard\nbreak"),
    ],
)
def test_markup_goes_and_words_stay(text: str, words: str) -> None:
    assert words_of(text) == words


def test_each_character_knows_its_place() -> None:
    text = "**The** [old](u) b&amp;b"
    words, offsets = strip_inline(text)
    assert words == "The old b&b"
    assert offsets == [2, 3, 4, 7, 9, 10, 11, 16, 17, 18, 23]


PARTS = [
    *("a", "é", "中", ".", "«", ";", " ", "  ", "\n", "\n> ", "\\", "https://"),
    *("*", "**", "***", "_", "__", "~~", "`", "``"),
    *("[", "]", "](u)", "(", ")", "![", "[x](u)", "[^1]"),
    *("<", ">", "<b>", "</b>", "<br>", "<!--", "-->", "&", "&amp;", "&lt;"),
]
MARKUP = st.lists(st.sampled_from(PARTS), max_size=14).map("".join)


@given(st.one_of(MARKUP, st.text()))
@example("")
def test_offsets_lead_back(text: str) -> None:
    words, offsets = strip_inline(text)
    assert len(words) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    replaced = set("&<")  # by what an entity stands for, by a space
    assert all(text[at] == char or text[at] in replaced for char, at in zip(words, offsets, strict=True))


EMPHASIS = st.lists(
    st.sampled_from(
        ["a", "b ", " c", "*", "**", "_", "__", "`", "``", "\\", "[x *y*](u)", "&amp;", ".", "é", " "]
    ),
    max_size=12,
).map("".join)


@given(EMPHASIS)
@example("***a** b*")
@example("*a _b* c_")
@example("**a*b**")
def test_reference_algorithm_says_the_same(text: str) -> None:
    assume(not re.search(r"\w\*+\w", text))  # where we differ on purpose: 2*3*4
    assume(text == text.strip())
    tokens = MarkdownIt("commonmark").parseInline(text)[0].children or []
    assert words_of(text) == "".join(token.content for token in tokens)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "*a" * 50_000,
        "*a**" * 30_000,
        "_a*" * 30_000,
        "[a" * 50_000,
        "[" * 30_000 + "a" + "][b]" * 30_000,
        "[a](" * 30_000,
        '[a](b "' * 20_000,
        "`` a ``` " * 20_000,
        "<a" * 50_000,
        "<!--" * 30_000,
        "&a" * 50_000,
        "[a](" + " " * 200_000 + "x",
        "[a](b" + " " * 200_000 + "x",
        "[a](<b>" + "\n " * 100_000 + "x",
        '[a](b "c"' + " " * 200_000 + "x",
        "[a](" + "()" * 100_000 + "x",
    ],
    ids=lambda text: text[:12],
)
def test_inline_markup_takes_linear_time(text: str) -> None:
    before = time.process_time()
    strip_inline(text)
    # Where time grew with the square, this would take a minute.
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a]()", "a"),
        ("[a]( )", "a"),
        ("[a](  b  )", "a"),
        ('[a]( "no address but a title" )', "a"),
        ("[a](b 'c d')", "a"),
        ("[a](b (c d))", "a"),
        ('[a](<b c> "d")', "a"),
        ("[a](b(c)d)", "a"),
        ("[a](b\\)c)", "a"),
        ("[a](b c)", "[a](b c)"),
        ("[a](b 'c d)", "[a](b 'c d)"),
        ("[a]((b)", "[a]((b)"),
    ],
)
def test_targets_of_links(text: str, words: str) -> None:
    assert words_of(text) == words


# Blocks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# One\n## Two ##\n### \nText", [("heading", "One"), ("heading", "Two"), ("text", "Text")]),
        ("One *more*\nline\n====\n\nTwo\n---\n", [("heading", "One *more*\nline"), ("heading", "Two")]),
        ("One\nline.\n\nTwo.", [("text", "One\nline."), ("text", "Two.")]),
        ("One\n***\nTwo\n\n---\n", [("text", "One"), ("text", "Two")]),
        (
            "- one\n  wraps\n  - nested\n* [ ] task\n+ [x] done\n1. first\n2. second",
            [
                ("list", "one\n  wraps"),
                ("list", "nested"),
                ("list", "task"),
                ("list", "done"),
                ("list", "first"),
                ("list", "second"),
            ],
        ),
        (
            "3. Mai: Flut\n12. Mai: Damm\n\n---\n0. zero\n1. one",
            [("list", "3. Mai: Flut"), ("list", "12. Mai: Damm"), ("list", "zero"), ("list", "one")],
        ),
        (
            "> 28. April\n\n- 3. more\n\n  4. four\n     - sub",
            [("quote", "28. April"), ("list", "3. more"), ("list", "4. four"), ("list", "sub")],
        ),
        ("- one\n\n  more\n\n      code", [("list", "one"), ("list", "more"), ("code", "code")]),
        ("> one\n> two\nlazy\n>\n> three", [("quote", "one\n> two\nlazy"), ("quote", "three")]),
        ("> - item\n>\n> # Head", [("list", "item"), ("heading", "Head")]),
        ("- > quoted", [("quote", "quoted")]),
        (
            "```py\ncode *x*\n```\n\n    more\n\n```\n```\n~~~\nopen",
            [("code", "code *x*"), ("code", "more"), ("code", "open")],
        ),
        (
            "| a | b |\n|---|:-:|\n| 1 | 2 |\n|  |  |\n3 | x \\|\n\nText",
            [("table", "a | b"), ("table", "1 | 2"), ("table", "3 | x \\|"), ("text", "Text")],
        ),
        ("[one]: http://a.org 'T'\n[two]: b\n\n[one] text", [("text", "[one] text")]),
        (
            "Text[^1].\n\n[^1]: Reuters\n[^2]: A longer note",
            [("text", "Text[^1]."), ("text", "Reuters"), ("text", "A longer note")],
        ),
        ("<!-- one\n\ntwo -->\nText", [("text", "Text")]),
        ("<hr>\n\n<img src='a'>", [("code", "<hr>"), ("code", "<img src='a'>")]),
        ("<script>\nvar a;\n</script>\nText", [("code", "<script>\nvar a;\n</script>"), ("text", "Text")]),
        (
            "<div>\n  <p>One <b>bold</b>\n  word</p>\n  <p>Two</p>\n</div>",
            [("text", "One <b>bold</b>\n  word"), ("text", "Two")],
        ),
        ("\u3000\u3000中文。\n\u3000\n\u3000\u3000第二。", [("text", "中文。"), ("text", "第二。")]),
        ("One\n\xa0\nTwo\n> \xa0\n> three\n>\xa0", [("text", "One"), ("text", "Two"), ("quote", "three")]),
        ("\ufeff# One\n\n\ufeff", [("heading", "One")]),
        ("\tcode\n\n-\titem\n\n\tmore", [("code", "code"), ("list", "item"), ("list", "more")]),
    ],
)
def test_blocks(text: str, blocks: list[tuple[str, str]]) -> None:
    assert blocks_of(text) == blocks
    windows = [(kind, piece.replace("\r\n", "\n")) for kind, piece in blocks_of(text.replace("\n", "\r\n"))]
    assert windows == blocks


@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: A\ntags: [b]\n---",
        "---\n# note\n\n'title': A\n...",
        "+++\n[a]\nb = 1\n+++",
        "\ufeff--- \na: b\n---",
    ],
)
def test_front_matter(matter: str) -> None:
    kinds = [kind for kind, _ in blocks_of(f"{matter}\n# Title\n")]
    assert kinds[-1] == "heading"
    assert set(kinds[:-1]) == {"matter"}


def test_front_matter_leaves_out_its_fences() -> None:
    block = read_text("---\na: A\nb: c\n---\nText", markdown=True).blocks[0]
    assert (block.span, block.line, block.end_line) == ((4, 13), 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "---\nProse here.\n---\nMore",
        "---\ntitle: A\nnever closed",
        "Text\n\n---\na: b\n---",
        "---\n---\nText",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert "matter" not in [kind for kind, _ in blocks_of(text)]


def test_blocks_know_their_lines() -> None:
    raw = read_text("# A\r\n\r\nb\r\nc\r\r\n- d\n\n```\ne\n\n```\n", markdown=True)
    lines = [(block.kind, block.line, block.end_line) for block in raw.blocks]
    assert lines == [("heading", 1, 1), ("text", 3, 4), ("list", 6, 6), ("code", 9, 9)]


# Properties ---------------------------------------------------------------------------------------

MARKERS = [
    "",
    "",
    "# ",
    "## ",
    "- ",
    "  - ",
    "    ",
    "\t",
    "> ",
    "> > ",
    ">",
    "1. ",
    "* ",
    "- [ ] ",
    "> - ",
    "\u3000",
    "\ufeff",
    "| ",
]
ODD = [
    "",
    "",
    " ",
    "\xa0",
    "> \xa0",
    "***",
    "---",
    "===",
    "```",
    ">",
    "-",
    "|---|",
    "\x0b",
    "<!-- -->",
    "+++",
    "#",
]
NUMBERED = st.lists(
    st.one_of(st.sampled_from(MARKERS), st.sampled_from(ODD).map(lambda line: f"\n{line}")), max_size=12
)


def numbered(shape: list[str]) -> str:
    """Lines with a word of their own behind each marker; the odd lines have none."""
    lines = [
        line[1:] if line.startswith("\n") else f"{line}word{number}" for number, line in enumerate(shape)
    ]
    return "\n".join([*lines, "wordlast"])


@given(NUMBERED, st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_word_is_in_one_block(shape: list[str], end: str) -> None:
    text = numbered(shape).replace("\n", end)
    inside = "\n".join(piece for _, piece in blocks_of(text))
    opening_fence = set(re.findall(r"^`+(word\w+)", text, re.MULTILINE))
    assert set(re.findall(r"word\w+", inside)) == set(re.findall(r"word\w+", text)) - opening_fence
    assert len(re.findall(r"word\w+", inside)) == len(set(re.findall(r"word\w+", inside)))


@given(
    st.one_of(
        NUMBERED.map(numbered), MARKUP.map(lambda text: f"{text}a"), st.text().map(lambda text: f"{text}a")
    )
)
@example("> \xa0\n> a")
@example("[^1]: a\n[^2]:")
def test_blocks_are_ordered_trimmed_and_located(text: str) -> None:
    at = 0
    for block in read_text(text, markdown=True).blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        at = block.span.end
        piece = text[block.span.start : block.span.end]
        assert piece == piece.strip(BLANK)
        for place, line in ((block.span.start, block.line), (block.span.end, block.end_line)):
            assert line == len(re.findall(r"\r\n|\r|\n", text[:place])) + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["word\n", "word\n\n", "> word\n", "# word\n", "<p>word</p>\n", "[^1]: word\n", "2. word\n\nword\n\n"],
)
def test_half_a_megabyte_takes_seconds_at_most(unit: str) -> None:
    before = time.process_time()
    assert read_text(unit * (500_000 // len(unit)), markdown=True).blocks
    assert time.process_time() - before < 10


def test_a_table_of_ten_thousand_rows_takes_seconds_at_most() -> None:
    before = time.process_time()
    rows = "".join(f"| row {number} | words of the row |\n" for number in range(10_000))
    blocks = read_text(f"| one | two |\n|---|---|\n{rows}", markdown=True).blocks
    assert [block.kind for block in blocks] == ["table"] * 10_001
    assert time.process_time() - before < 10


def test_attributes_are_no_text() -> None:
    text = (
        "## ما هو الترخيص؟ {#اي-ترخيص}\n\nFirst words. {: .lead #first}\n\n"
        "{: .toc}\n- one\n- two\n{: .list}\n\n"
        "Say \\{#this} and `{#that}` here.\n\n```\n{: .x}\n```\n"
    )
    raw = read_text(text, markdown=True)
    assert [raw.text[slice(*block.span)] for block in raw.blocks] == [
        "ما هو الترخيص؟",
        "First words.",
        "one",
        "two",
        "Say \\{#this} and `{#that}` here.",
        "{: .x}",
    ]
    assert [(block.line, block.end_line) for block in raw.blocks][:4] == [(1, 1), (3, 3), (6, 6), (7, 7)]
