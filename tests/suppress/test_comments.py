"""Ignores in comments of MDX, HTML, reStructuredText and AsciiDoc: for the paragraph around, or the next."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import Finding, Location, RawText
from mlcheck.errors import InputError, UsageError
from mlcheck.read import comments, read_text
from mlcheck.suppress import suppressor

RULE = "missing-paragraph"
SAYS = "mlcheck: ignore missing-paragraph no freight here"
OTHER = read_text("Words.", name="other.txt")
FORMATS = ("mdx", "html", "rst", "adoc")
COMMENTS = {"mdx": "{/* %s */}", "html": "<!-- %s -->", "rst": ".. %s", "adoc": "// %s", "md": "<!-- %s -->"}


def accepted(raw: RawText, rule: str = RULE) -> list[str]:
    """The paragraphs in which a finding is accepted, by their first word."""
    accepts = suppressor(None, rules=(RULE, "added-paragraph"), today=date(2026, 6, 15))
    findings = tuple(finding(raw, index, rule) for index in range(len(raw.blocks)))
    marked, _ = accepts((raw, OTHER), findings, frozenset())
    return [f.source.text.split()[0] for f in marked if f.suppressed and f.source]


def finding(raw: RawText, index: int, rule: str) -> Finding:
    span = raw.blocks[index].span
    place = Location(
        paragraphs=(index,), span=span, line=1, column=1, end_line=1, end_column=1,
        text=raw.text[span.start : span.end],
    )  # fmt: skip
    return Finding(
        rule=rule, severity="error", mqm="accuracy", message="x", source=place, target=None, confidence=1.0
    )


def page(format: str, *blocks: str) -> RawText:
    if format == "html":
        blocks = tuple(b if b.startswith("<") else f"<p>{b}</p>" for b in blocks)
    return read_text("\n\n".join(blocks) + "\n", name=f"page.{format}", format=format)


# Silent


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("mdx", "`{/* mlcheck: ignore nonsense */}` is how it is written."),
        ("mdx", "```\n{/* mlcheck: ignore nonsense */}\n```"),
        ("mdx", "{'mlcheck: ignore nonsense'}"),
        ("html", "<pre>&lt;!-- mlcheck: ignore nonsense --></pre>"),
        ("html", "<script>// <!-- mlcheck: ignore nonsense --></script>"),
        ("html", "<!-- mlcheck: ignore nonsense, and never closed"),
        ("rst", "::\n\n   .. mlcheck: ignore nonsense"),
        ("rst", ".. code-block:: rst\n\n   .. mlcheck: ignore nonsense"),
        ("rst", "It is written .. mlcheck: ignore nonsense"),
        ("adoc", "----\n// mlcheck: ignore nonsense\n----"),
        ("adoc", "////\nmlcheck: ignore nonsense\n////"),
        ("adoc", "See https://mlcheck: ignore nonsense"),
        ("txt", "<!-- mlcheck: ignore nonsense -->"),
    ],
)
def test_what_looks_like_an_ignore_and_is_none(format: str, text: str) -> None:
    assert accepted(page(format, "One word.", text, "Two words.")) == []


@pytest.mark.parametrize("format", FORMATS)
def test_another_comment_is_left_alone(format: str) -> None:
    raw = page(format, "One word.", COMMENTS[format] % "see mlcheck: ignore nonsense", "Two words.")
    assert accepted(raw) == []
    assert [comment.words for comment in comments(raw)] == ["see mlcheck: ignore nonsense"]


@pytest.mark.parametrize("format", FORMATS)
def test_it_is_for_its_rule_alone(format: str) -> None:
    raw = page(format, "One word.", COMMENTS[format] % SAYS, "Two words.")
    assert accepted(raw, "added-paragraph") == []


# Which paragraph


@pytest.mark.parametrize("format", ["md", *FORMATS])
def test_the_next_paragraph(format: str) -> None:
    raw = page(format, "One word.", COMMENTS[format] % SAYS, "Two words.", "Three words.")
    assert accepted(raw) == ["Two"]


@pytest.mark.parametrize("format", ["md", *FORMATS])
def test_the_whole_file(format: str) -> None:
    says = COMMENTS[format] % SAYS.replace("ignore", "ignore-file")
    assert accepted(page(format, "One word.", "Two words.", says)) == ["One", "Two"]


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("mdx", f"Two words. {{/* {SAYS} */}}"),
        ("mdx", f"Two {{/* {SAYS} */}} words."),
        ("mdx", f"<Note>\n\n{{/*\n  {SAYS}\n*/}}\n\nTwo words.\n\n</Note>"),
        ("html", f"<p>Two <b>words</b>.<!-- {SAYS} --></p>"),
        ("html", f"<p>Two <i>words.</i>\n<!-- {SAYS} --></p>"),
        ("html", f"<p><!-- {SAYS} -->Two words.</p>"),
        ("html", f"<!--{SAYS}--><ul><li>Two words.</li><li>Four</li></ul>"),
        ("html", f"<p>Two <!--\nmlcheck:\n ignore {RULE} no\n freight --> words.</p>"),
        ("html", f"<nav><!-- {SAYS} --><a href='a'>Home</a> <a href='b'>News</a></nav><p>Two words.</p>"),
        ("rst", f".. mlcheck: ignore {RULE}\n   no freight here\n\nTwo words."),
        ("rst", f"..\n   {SAYS}\n\nTwo words."),
        ("rst", f"- Two words.\n\n  .. {SAYS}\n\n- Three words."),
        ("adoc", f"// {SAYS}\n* Two words.\n* Four"),
        ("adoc", f".Two words\n====\n// {SAYS}\nThree words.\n===="),
    ],
)
def test_where_it_stands(format: str, text: str) -> None:
    expected = ["Three"] if "Three" in text else ["Two"]
    assert accepted(page(format, "One word.", text, "Last words.")) == expected


def test_the_line_is_that_of_the_file() -> None:
    raw = page("html", "<h1>A &amp; B</h1>", "<!-- mlcheck: ignore nonsense x -->", "Words.")
    with pytest.raises(UsageError, match=r"^page\.html:3: no rule 'nonsense'"):
        accepted(raw)


@pytest.mark.parametrize("format", FORMATS)
def test_one_without_a_reason_is_an_error(format: str) -> None:
    with pytest.raises(UsageError, match="gives no reason"):
        accepted(page(format, "One word.", COMMENTS[format] % f"mlcheck: ignore {RULE}", "Two words."))


@given(st.sampled_from(FORMATS), st.text(alphabet="<!->{}/*. \n#=`p:mlcheck: ignore"))
def test_comments_stand_where_they_say(format: str, text: str) -> None:
    try:
        raw = read_text(f"w\n\n{text}", format=format)
    except InputError:
        return
    assert raw.origin is not None
    for comment in comments(raw):
        whole = raw.origin.text[comment.span.start : comment.span.end]
        assert whole.startswith(("<!--", "{", "..", "//"))
        assert comment.words in " ".join(whole.split())
        assert comment.at <= comment.span.start
