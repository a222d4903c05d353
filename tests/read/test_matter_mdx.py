"""Markdown's front matter, the texts that calls hand over, its marks; and MDX."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.errors import InputError
from mlcheck.read import ReadOptions, read_text
from mlcheck.read.markdown import read_mdx


def blocks_of(text: str, format: str = "md") -> list[tuple[str, str | None, str]]:
    raw = read_text(text, format=format)
    return [(b.kind, b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: 2024\nlayout: page\n---",
        "---\ntitle: '{{ page.name }}'\n---",
        "---\ntitle: [a\n---",
        "+++\nweight = 1\n[params]\ntitle = 'Inner'\n+++",
        "---\ntags: {a: b}\n---",
    ],
)
def test_what_a_program_is_told_is_furniture(matter: str) -> None:
    assert {role for kind, role, _ in blocks_of(f"{matter}\n\nWords.") if kind == "matter"} == {None}


@pytest.mark.parametrize(
    "matter",
    [
        "---\ntitle: \"Ferries again\"\ndate: 2024-04-28\ndescription: >\n  They cross.\nimages:\n  - caption: 'The port'\n---",  # noqa: E501
        '+++\ntitle = "Ferries again"\ndescription = """They cross."""\ncaption = \'The port\'\n+++',
        '{\n  "title": "Ferries again",\n  "description": "They cross.",\n  "a": [{"caption": "The port"}]\n}\n',  # noqa: E501
    ],
)
def test_title_description_and_captions_are_texts(matter: str) -> None:
    found = [(role, text) for _, role, text in blocks_of(f"{matter}\n\nWords.") if role]
    assert found == [("headline", "Ferries again"), ("body", "They cross."), ("caption", "The port")]


@pytest.mark.parametrize(
    ("text", "captions"),
    [
        ('{{< figure src="a.png" caption="A ferry at sea" >}}', ["A ferry at sea"]),
        ('{{< figure src="a.png"\n  alt="A ferry at sea" >}}', ["A ferry at sea"]),
        ("{% include figure.html alt='A ferry at sea' %}", ["A ferry at sea"]),
        ('<Figure src="a.png" caption="A ferry at sea" />', ["A ferry at sea"]),
        ("![A ferry at sea](a.png)", ["![A ferry at sea](a.png)"]),
        ('{{< figure src="a.png" alt="logo" >}}', []),
        ('```\n{{< figure caption="A ferry at sea" >}}\n```', []),
    ],
)
def test_captions_that_calls_hand_over(text: str, captions: list[str]) -> None:
    assert [
        words for _, role, words in blocks_of(f"Words.\n\n{text}\n\nMore.") if role == "caption"
    ] == captions


def test_marks() -> None:
    text = "## Port\n\nA [link](/en/x) and [other][o], `ls`, ![](a.png), note[^1] {{ x }}.\n\n```\ncode\n```\n\n[o]: https://a.org/\n[^1]: Note."  # noqa: E501
    marks = [(m.kind, m.value) for m in read_text(text, markdown=True).marks]
    assert marks == [
        ("heading", "2"),
        ("link", "/en/x"),
        ("link", "https://a.org/"),
        ("code", "ls"),
        ("image", "a.png"),
        ("footnote", ""),
        ("placeholder", "{{ x }}"),
        ("code", "code"),
    ]


MDX = """---
title: Ferries
---
import Note from './note'
export const meta = { title: 'All about ferries' }

# Ferries <Badge text="new">now</Badge>, again

<Note title="Mind the gap" style={{a: '}'}}>
    They **cross** the {place.name}, and a < b. {/* why */}
</Note>

```js
import a from 'a'
```
"""


def test_mdx_without_its_scripts() -> None:
    raw = read_text(MDX, format="mdx")
    found = [
        (b.kind, b.role, " ".join(raw.text[b.span.start : b.span.end].replace("\u2060", "").split()))
        for b in raw.blocks
    ]
    assert found == [
        ("matter", "headline", "Ferries"),
        ("text", "caption", "All about ferries"),
        ("heading", None, "Ferries now, again"),
        ("text", "caption", "Mind the gap"),
        ("text", None, "They **cross** the , and a < b."),
        ("code", None, "import a from 'a'"),
    ]
    assert raw.origin is not None
    assert raw.origin.text == MDX


def test_mdx_stands_where_it_stood() -> None:
    raw = read_text(MDX, format="mdx")
    assert len(raw.text) == len(MDX)
    assert all(one in (two, " ", "\u2060") for one, two in zip(raw.text, MDX, strict=True))


@given(st.text(alphabet="<>{}/`'\"= \n-#abcimport", max_size=80))
def test_anything_is_read_or_refused(text: str) -> None:
    for format in ("md", "mdx"):
        try:
            raw = read_text(text, format=format)
        except InputError:
            continue
        assert len(raw.text) == len(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["<a ", '<a b="', "{", "{`", "- a\n", "<A>", "a\n=\n", "{{< ", "```\n", "import x\n\n"]
)
def test_hostile_mdx_takes_linear_time(unit: str) -> None:
    start = time.process_time()
    read_mdx("x\n\n" + unit * 10_000, "a.mdx", ReadOptions())
    assert time.process_time() - start < 8
