"""HTML: which words of a page are its text, what they are, and where they stand in the file."""

from __future__ import annotations

import html
import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlcheck.data import RawText, Span
from mlcheck.errors import InputError
from mlcheck.read import ReadOptions, read_bytes, read_text
from mlcheck.read.html import read_html


def read(text: str) -> RawText:
    return read_text(text, name="page.html", format="html")


def blocks_of(text: str) -> list[tuple[str, str | None, str]]:
    raw = read(text)
    return [(b.kind, b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


def texts_of(text: str) -> list[str]:
    return [words for _, role, words in blocks_of(text) if role != "furniture"]


# What is not read, and what is furniture ----------------------------------------------------------


@pytest.mark.parametrize(
    "gone",
    [
        "<script>let a = '<p>Words</p>';</script>",
        "<style>p { color: red }</style>",
        "<noscript><p>Turn scripts on</p></noscript>",
        "<template><p>Row</p></template>",
        "<svg><title>Icon</title><text>Arrow</text></svg>",
        "<!-- a comment > -- with <p>words</p> -->",
        "<p hidden>Hidden</p>",
        "<div aria-hidden=true>Star</div>",
        "<p style='display : none'>Gone</p>",
        "<select><option>English<option>Русский</select>",
        "<textarea>Your words <p></textarea>",
        "<iframe src=x>Old browser</iframe>",
        "<?php echo 'words' ?>",
        "<img src=a.png alt='Logo'>",
        "{% include banner.html %}",
    ],
)
def test_what_nobody_reads_is_no_text(gone: str) -> None:
    assert texts_of(f"<p>One.{'</p>' + gone if gone[0] != '{' else '</p><p>' + gone}<p>Two.") == [
        "One.",
        "Two.",
    ]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href=/>Start</a></nav>",
        "<header><div>Site</div></header>",
        "<footer><p>© 2024 Port</footer>",
        "<aside><h2>Most read</h2></aside>",
        "<div role=navigation>Start</div>",
        "<div class='cookie-banner'>We use cookies.</div>",
        "<ul class=share-links><li>Share</ul>",
        "<ul><li><a href=/1>Politics</a><li><a href=/2>Sport</a><li><a href=/3>Culture</a></ul>",
        "<p><a href=/1>Back</a> | <a href=/2>Next</a></p>",
        "<p><time>28 April 2024, 21:15</time></p>",
        "<button>Subscribe</button>",
    ],
)
def test_what_stands_around_the_text_is_furniture_unless_all_is_wanted(around: str) -> None:
    page = f"<body>{around}<h1>Ferries</h1><p>Ferries cross the bay again, from Sunday on.</p></body>"
    assert texts_of(page) == ["Ferries", "Ferries cross the bay again, from Sunday on."]
    whole = read_html(page, "page.html", ReadOptions(whole=True))
    assert len(whole.blocks) > 2
    assert not any(block.role == "furniture" for block in whole.blocks)


def test_what_the_page_calls_its_main_part_is_the_text() -> None:
    page = (
        "<body><p>Weather: rain</p><main><h1>Ferries</h1><header><p>The bay</header><p>They cross.</p>"
        "<aside class=note>Mind the gap.</aside></main><p>More news</p>"
    )
    assert texts_of(page) == ["Ferries", "The bay", "They cross.", "Mind the gap."]


def test_a_class_that_holds_the_text_says_nothing_of_it() -> None:
    page = (
        "<div class=page-with-sidebar><div class=sidebar>Menu</div><p>Ferries cross the bay again.</p></div>"
    )
    assert texts_of(page) == ["Ferries cross the bay again."]


# What it is ---------------------------------------------------------------------------------------


def test_the_parts_of_a_page() -> None:
    page = """<html lang=en_GB><title>Ferries – Port</title><article><h1>Ferries &amp; more</h1>
    <p class=byline>By Jane Doe</p><p>They cross<br>the <b>bay</b>.<br><br>
    Again<sup><a href="#n1">1</a></sup>.
    <ul><li>one<li>two</ul><blockquote><p>He said <q>yes</q>.</blockquote>
    <figure><img src=a.png alt="A ferry leaves."><figcaption>The port</figcaption></figure>
    <table><tr><th>Day<th>Boats<tr><td>Sunday<td>2</table><pre>a  b
c</pre></article>"""
    assert blocks_of(page) == [
        ("matter", None, "Ferries – Port"),
        ("heading", "headline", "Ferries & more"),
        ("text", "byline", "By Jane Doe"),
        ("text", None, "They cross\nthe bay."),
        ("text", None, "Again."),
        ("list", None, "one"),
        ("list", None, "two"),
        ("quote", None, "He said “yes”."),
        ("text", "caption", "A ferry leaves."),
        ("text", "caption", "The port"),
        ("table", None, "Day | Boats"),
        ("table", None, "Sunday | 2"),
        ("code", None, "a  b\nc"),
    ]
    assert read(page).language == "en-GB"


def test_a_table_that_is_there_for_its_looks_is_read_as_text() -> None:
    page = "<table><tr><td><h1>Ferries</h1><p>One.<p>Two.<td><p>Three.</table>"
    assert [kind for kind, _, _ in blocks_of(page)] == ["heading", "text", "text", "text"]


def test_links_code_images_headings_and_notes_are_marks() -> None:
    page = "<h2>Port</h2><p>A <a href='/en/x?a&amp;b'>link</a>, <code>ls -l</code><img src=b.png> {{ page.date }}<sup><a href=#f>2</a></sup>"  # noqa: E501
    raw = read(page)
    assert [(m.kind, m.value, raw.text[slice(*m.span)]) for m in raw.marks] == [
        ("heading", "2", "Port"),
        ("link", "/en/x?a&b", "link"),
        ("code", "ls -l", "ls -l"),
        ("image", "b.png", ""),
        ("footnote", "", ""),
        ("placeholder", "{{ page.date }}", "{{ page.date }}"),
    ]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ('<?xml version="1.0" encoding="iso-8859-5"?>', "iso8859-5"),
        ('<meta charset="shift_jis">', "utf-8"),
        ('<meta charset="no-such">', "utf-8"),
    ],
)
def test_the_encoding_that_a_page_declares_wins_over_a_guess(declared: str, codec: str) -> None:
    raw = read_bytes(f"{declared}<p>Паромы</p>".encode(codec), shown="a.html", suffix=".html")
    assert raw.text == "Паромы"
    assert not raw.encoding_guessed


def test_an_archive_of_a_page_is_refused_in_one_line() -> None:
    with pytest.raises(
        InputError, match=r"^page\.html: a page saved with its pictures \(MHTML\); save it as HTML only$"
    ):
        read("From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\nwords")


# Places lead back ---------------------------------------------------------------------------------

PARTS = [
    *(
        "a",
        "é ",
        "中",
        " ",
        "\n",
        "\r\n",
        "words. ",
        "&amp;",
        "&nbsp;",
        "&#x2014;",
        "&bogus;",
        "&",
        "{{ x }}",
    ),
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "</h1>",
        "<q>",
    ),
    *("<table>", "</table>", "<tr>", "<td>", "<pre>", "</pre>", "<a href='x'>", "</a>", "<main>", "</main>"),
    *(
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<",
        ">",
        '<a b="',
        "</",
        "<img alt='A b.'>",
        "<![CDATA[",
        "]]>",
    ),
]


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
@example("<p>a&ndash;")
@example("<td>" * 3)
def test_each_character_stands_where_its_place_says(text: str) -> None:
    try:
        raw = read(text)
    except InputError:
        return
    assert raw.origin is not None
    before = 0
    for block in raw.blocks:
        assert before <= block.span.start < block.span.end
        before = block.span.end
        for at in range(*block.span):
            place = raw.origin.span(Span(at, at + 1))
            written = text[place.start : place.end]
            assert raw.text[at] in (" ", "\n", "|", "“", "”") or raw.text[at] in html.unescape(written)


@given(st.text(alphabet="<>/='\"!-[]&;# \nabpdivtr", max_size=80))
def test_anything_is_read_or_refused(text: str) -> None:
    with suppress(InputError):
        read(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<" * 300_000,
        "<a " * 50_000,
        "<a/" * 50_000,
        "<!--" * 50_000,
        "<![" * 50_000,
        '<a b="' * 50_000,
        "<div>" * 50_000,
        "<p><b>x" * 20_000,
        "<table><tr><td>x" * 10_000,
        "<article>x</article>" * 10_000,
        "<header>x" * 20_000,
        "<script></script" * 50_000,
        "<!DOCTYPE [" * 20_000,
        "<p>" + "{{" * 50_000,
        "<p>" + "&a" * 50_000,
        "<p style='" + " " * 100_000 + "'>x",
    ],
)
def test_hostile_pages_take_linear_time(text: str) -> None:
    start = time.process_time()
    read_html(text, "page.html", ReadOptions())
    assert time.process_time() - start < 8


def test_too_many_elements_are_refused_in_one_line() -> None:
    with pytest.raises(InputError, match=r"^page\.html: HTML of more than 300,000 elements; split it$"):
        read_html("<i>" * 300_001, "page.html", ReadOptions())


def test_what_is_to_be_filled_in_is_no_part_of_the_code() -> None:
    raw = read(
        '<p><code>new <em class="replaceable"><code>bug.patch</code></em></code>, then '
        '<em class="replaceable"><code>path</code></em> and <code><var>a</var></code>, '
        "or <code>/doc/<em>name</em>/x</code>, and <code>ls</code>"
        '<pre>$ get <em class="replaceable">file</em>\n# <em>now</em></pre>'
    )
    assert [m.value for m in raw.marks] == ["new …", "/doc/…/x", "ls", "$ get …\n# now"]
    assert "new bug.patch, then path and a, or /doc/name/x" in raw.text
