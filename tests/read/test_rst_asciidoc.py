"""reStructuredText and AsciiDoc: their words, what they are, and where they stand."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read import FORMATS, ReadOptions, read_text


def blocks_of(text: str, format: str) -> list[tuple[str, str | None, str]]:
    raw = read_text(text, format=format)
    return [(b.kind, b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("rst", ".. a comment\n   of two lines\n\nWords."),
        ("rst", ".. _port: https://a.org/\n\nWords."),
        ("rst", ".. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\nWords."),
        ("rst", "Words.\n\n----\n\n{{ page.date }}"),
        ("adoc", "// a comment\n\nWords."),
        ("adoc", "////\nA comment\n////\n\nWords."),
        ("adoc", "[[port]]\nWords.\n\n'''\n\ninclude::a.adoc[]"),
        ("adoc", "++++\n<p>Raw</p>\n++++\n\nWords."),
    ],
)
def test_what_is_no_text(format: str, text: str) -> None:
    assert blocks_of(text, format) == [("text", None, "Words.")]


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("rst", "2 * 3 * 4, snake_case, a|b|c, J. Smith [sic], C:: x"),
        ("rst", "1998. A year of ferries."),
        ("adoc", "2 * 3 * 4, snake_case_name, a#b#c, J. Smith [sic], 5 < 6"),
        ("adoc", "At 10:00:30 the ferry left; it came back."),
    ],
)
def test_prose_stays_as_it_is(format: str, text: str) -> None:
    assert [words for _, _, words in blocks_of(text, format)] == [text]


RST = """Title
=====

:Author: Jane

Some *em*, ``x y``, `words <https://a.org>`_ and :ref:`that <port>` [1]_.

- one
  more
- two::

    code

.. warning:: Mind
   the gap.

.. figure:: a.png
   :alt: A ferry at sea

   The port

.. unknown-thing::

   Text in it.

.. [1] A note.

+-----+-------+
| Day | Boats |
+=====+=======+
| Sun | 2     |
+-----+-------+
"""
ADOC = """= Title
:author: Jane

Some _em_, `x y`, https://a.org[words] and <<port,that>>.footnote:[A note.]

* one
more
* two

----
code
----

WARNING: Mind
the gap.

image::a.png[A ferry at sea]

.The port
====
Text in it.
====

|===
|Day |Boats

|Sun |2
|===
"""


def test_the_blocks_of_restructuredtext() -> None:
    assert blocks_of(RST, "rst") == [
        ("heading", None, "Title"),
        ("matter", None, ":Author: Jane"),
        ("text", None, "Some em, x y, words and that."),
        ("list", None, "one\nmore"),
        ("list", None, "two:"),
        ("code", None, "code"),
        ("text", None, "Mind\nthe gap."),
        ("text", "caption", "A ferry at sea"),
        ("text", "caption", "The port"),
        ("text", None, "Text in it."),
        ("text", None, "A note."),
        ("table", None, "Day | Boats"),
        ("table", None, "Sun | 2"),
    ]


def test_the_blocks_of_asciidoc() -> None:
    assert blocks_of(ADOC, "adoc") == [
        ("heading", None, "Title"),
        ("matter", None, ":author: Jane"),
        ("text", None, "Some em, x y, words and that."),
        ("text", None, "A note."),
        ("list", None, "one\nmore"),
        ("list", None, "two"),
        ("code", None, "code"),
        ("text", None, "Mind\nthe gap."),
        ("text", "caption", "A ferry at sea"),
        ("text", "caption", "The port"),
        ("text", None, "Text in it."),
        ("table", None, "Day | Boats"),
        ("table", None, "Sun | 2"),
    ]


@pytest.mark.parametrize(("format", "text"), [("rst", RST), ("adoc", ADOC)])
def test_marks(format: str, text: str) -> None:
    marks = [(m.kind, m.value) for m in read_text(text, format=format).marks]
    assert marks[:5] == [
        ("heading", "1"),
        ("code", "x y"),
        ("link", "https://a.org"),
        ("link", "port"),
        ("footnote", ""),
    ]


PARTS = [
    *"aé中 *_`|#:.-=+\n\\<>[]{}^~",
    "\n\n",
    "\r\n",
    "   ",
    "- ",
    ".. ",
    "::",
    "----\n",
    "|===\n",
    "== ",
    "[1]_",
]
PARTS += [
    "{{ x }}",
    ":ref:`",
    "https://a.org",
    "footnote:[",
    "+--+--+\n",
    "== ==\n",
    "a\n=\n",
    ".. note:: a\n",
    "word ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join), st.sampled_from(["rst", "adoc"]))
def test_each_character_stands_where_its_place_says(text: str, format: str) -> None:
    try:
        raw = read_text(text, format=format)
    except InputError:
        return
    assert raw.origin is not None
    for block in raw.blocks:
        for at in range(*block.span):
            place = raw.origin.span(Span(at, at + 1))
            assert raw.text[at] in "\n |" or text[place.start : place.end] == raw.text[at]


@given(st.text(max_size=60), st.sampled_from(["rst", "adoc"]))
def test_anything_is_read_or_refused(text: str, format: str) -> None:
    with suppress(InputError):
        read_text(text, format=format)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["rst", "adoc"])
@pytest.mark.parametrize(
    "unit",
    [
        "`a ",
        "**a ",
        "a_ ",
        "`a" + " " * 30,
        "a.a.",
        "https://",
        "- a\n",
        " a\n  b\n",
        "----\n",
        "== ==\n",
        "|===\n",
        "[a]\n",
        "1) a\n 1) b\n",
    ],
)
def test_hostile_text_takes_linear_time(unit: str, format: str) -> None:
    start = time.process_time()
    FORMATS[format].load("a")("x\n\n" + unit * 20_000, "a", ReadOptions())
    assert time.process_time() - start < 8
