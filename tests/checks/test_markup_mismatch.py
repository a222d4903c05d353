"""`markup-mismatch`, and the comparison of marks behind it: first what is no difference."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from conftest import FakeEncoder, evidence_of
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN

from mlcheck.checks.markup_mismatch import RULE
from mlcheck.checks.rule import Draft
from mlcheck.compare import Evidence
from mlcheck.compare.addresses import Addresses, written_addresses
from mlcheck.compare.listings import unlike_listings
from mlcheck.data import Alignment, Block, Document, Mark, MarkKind, RawText, Span
from mlcheck.pipeline import Checker
from mlcheck.settings import LOCALISED, CheckSettings

_MARK = re.compile(r"<(\w+)(?:=([^<>]*))?>(.*?)</>")
"""How these tests write a mark: `<link=https://example.org>words</>`."""


def raw(paragraphs: tuple[str, ...], *, format: str = "md", keyed: bool = False) -> RawText:
    """A text in which each paragraph is a block, with the marks that it is written with."""
    text, blocks, marks = "", [], []
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if text else ""
        start, at = len(text), 0
        for match in _MARK.finditer(paragraph):
            text += paragraph[at : match.start()]
            kind: Any = match[1]
            words = match[3]
            marks.append(Mark(kind, match[2] or "", Span(len(text), len(text) + len(words))))
            text, at = text + words, match.end()
        text += paragraph[at:]
        code = paragraph.startswith("$ ")
        line = text.count("\n", 0, start) + 1
        blocks.append(
            Block(
                span=Span(start, len(text)),
                line=line,
                end_line=text.count("\n") + 1,
                kind="code" if code else "text",
                key=str(number) if keyed else None,
            )
        )
    return RawText(
        path=f"a.{format}",
        text=text,
        encoding="utf-8",
        encoding_guessed=False,
        markdown=False,
        blocks=tuple(blocks),
        format=format,
        marks=tuple(marks),
    )


def aligned(source: RawText, target: RawText) -> Alignment:
    return Checker(encoder=FakeEncoder()).align(source, target, languages=("en", "de"))


def drafts(source: RawText, target: RawText, settings: CheckSettings | None = None) -> list[Draft]:
    evidence: Evidence = evidence_of(aligned(source, target))
    return list(RULE.check(evidence, settings or CheckSettings()))


def with_words(story: tuple[str, ...], *changes: tuple[int, str]) -> tuple[str, ...]:
    """A story with words at the end of some of its paragraphs."""
    found = list(story)
    for number, words in changes:
        found[number] = f"{found[number]} {words}"
    return tuple(found)


def told(source: list[tuple[int, str]], target: list[tuple[int, str]], **how: Any) -> list[tuple[str, str]]:
    """Severity and message of what is told of the two stories with these words in them."""
    settings = how.pop("settings", None)
    formats = how.pop("formats", ("md", "md"))
    one = raw(with_words(tuple(ENGLISH), *source), format=formats[0], **how)
    two = raw(with_words(tuple(GERMAN), *target), format=formats[1], **how)
    return [(draft.severity, draft.message) for draft in drafts(one, two, settings)]


LINK = "<link=https://example.org/a>here</>"

# Silence


def test_a_text_without_marks_has_nothing_to_tell() -> None:
    assert told([], [], formats=("txt", "txt")) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ([(2, LINK)], [(2, "<link=https://example.org/a>hier</>")]),
        ([(2, LINK)], [(3, LINK)]),
        ([(2, LINK)], [(4, LINK)]),
        ([(2, f"{LINK} {LINK}")], [(2, LINK)]),
        ([(2, "<link=/x>a</> <link=/y>b</>")], [(2, "<link=/y>b</> <link=/x>a</>")]),
        ([(2, "<link=#intro>here</>")], [(2, "<link=#einleitung>hier</>")]),
        ([(2, "<link=guide.md#intro>here</>")], [(2, "<link=guide.de.md#einleitung>hier</>")]),
        ([(2, "<link=/en/a.html>here</>")], [(2, "<link=/de/a.html>hier</>")]),
        ([(2, "<link=https://example.org/a>here</>")], [(2, "<link=https://example.org/de/a>hier</>")]),
        ([(2, LINK)], [(2, "(https://example.org/a)")]),
        ([(2, "<placeholder={name}>{name}</> <placeholder=%1$s>%1$s</>")],
         [(2, "<placeholder=%s>%s</> <placeholder={ name }>{ name }</>")]),
        ([(2, "<placeholder={n, plural, one {#}}>x</>")], [(2, "<placeholder={n, plural, other {#}}>x</>")]),
        ([(2, "<code=File menu>File menu</>")], [(2, "<code=Menü Datei>Menü Datei</>")]),
        ([(2, "<code=the whole answer>the whole answer</>")], []),
        ([(2, "<code=new …>new bug.patch</>")], [(2, "<code=new …>new Fehler.patch</>")]),
        ([(2, "<link=//example.org/users/>here</>")], [(2, "<link=//example.org/users-german/>hier</>")]),
        ([(1, "<heading=1></>"), (3, "<heading=2></>")], [(1, "<heading=2></>"), (3, "<heading=3></>")]),
        ([(1, "<image=img/en/a.png></>")], [(1, "<image=img/de/a.png></>")]),
        ([(1, "<footnote=></>")], [(2, "<footnote=></>")]),
    ],
)  # fmt: skip
def test_what_agrees_is_silent(source: list[tuple[int, str]], target: list[tuple[int, str]]) -> None:
    assert told(source, target) == []


def test_a_kind_that_another_format_does_not_show_is_not_compared() -> None:
    assert told([(2, LINK), (3, "<footnote=></>")], [], formats=("html", "txt")) == []


def test_a_kind_that_nobody_wants_is_not_compared() -> None:
    settings = CheckSettings(markup=("code",))
    assert told([(2, LINK)], [], settings=settings) == []
    assert told([(2, LINK)], []) != []


@settings(max_examples=25)  # each aligns two texts
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([LINK, "<code=x>x</>", "<image=a></>"])), max_size=5
    )
)
def test_a_text_agrees_with_itself(marks: list[tuple[int, str]]) -> None:
    text = raw(with_words(tuple(ENGLISH), *marks))
    own = Checker(encoder=FakeEncoder()).align(text, replace(text, path="b.md"), languages=("en", "en"))
    assert list(RULE.check(evidence_of(own), CheckSettings())) == []


# Links


def test_a_lost_link_is_told_with_its_place() -> None:
    source, target = raw(with_words(tuple(ENGLISH), (3, LINK))), raw(tuple(GERMAN))
    (draft,) = drafts(source, target)
    assert draft.message == "Paragraph 4: the link to “https://example.org/a” is not in the German version"
    assert draft.severity == "warning"
    assert draft.source_at is not None
    assert source.text[slice(*draft.source_at)] == "here"
    assert draft.target_at == target.blocks[3].span


@pytest.mark.parametrize(
    ("source", "target", "severity", "message"),
    [
        ([], [(3, "<link=/a>hier</>")], "warning",
         "Paragraph 4 of the German version: the link to “/a” is not in the English version"),
        ([(3, LINK)], [(3, "<link=/b>hier</>")], "warning",
         "Paragraph 4: the link to “https://example.org/a” leads to “/b” in the German version"),
        ([(3, "<link=http://a.org/x/>here</>")], [(3, "<link=http://b.org/x/>hier</>")], "warning",
         "Paragraph 4: the link to “http://a.org/x/” leads to “http://b.org/x/” in the German version"),
        ([(3, "https://example.org/a")], [], "info",
         "Paragraph 4: the address “https://example.org/a” is not in the German version"),
        ([(3, "a@example.org")], [(3, "b@example.org")], "info",
         "Paragraph 4: the address “a@example.org” is “b@example.org” in the German version"),
        ([(n, LINK) for n in range(1, 6)], [], "warning",
         "Paragraph 2: none of 5 links is in the German version"),
        ([(3, "<code=ls -l>ls -l</>")], [(3, "<code=ls -a>ls -a</>")], "warning",
         "Paragraph 4: the code “ls -l” is “ls -a” in the German version"),
        ([(3, "<code=ls -l>ls -l</>")], [(3, "ls -l")], "info",
         "Paragraph 4: the code “ls -l” is not marked as code in the German version"),
        ([(3, "<code=/doc/NAME/a>/doc/NAME/a</>")], [(3, "<code=/doc/TITEL/a>/doc/TITEL/a</>")], "info",
         "Paragraph 4: the code “/doc/NAME/a” is “/doc/TITEL/a” in the German version"),
        ([(3, "<placeholder={a}>{a}</>")], [(3, "<placeholder={b}>{b}</>")], "warning",
         "Paragraph 4: the placeholder “{a}” is “{b}” in the German version"),
        ([(3, "<image=a.png></>")], [], "warning",
         "Paragraph 4: the image “a.png” is not in the German version"),
        ([(3, "<image=a.png></>")], [(3, "<image=b.png></>")], "info",
         "Paragraph 4: the image “a.png” is “b.png” in the German version"),
        ([(2, "<heading=2></>")], [], "warning",
         "Paragraph 3: the heading is none in the German version"),
        ([(1, "<heading=2></>"), (2, "<heading=2></>"), (3, "<heading=3></>")],
         [(1, "<heading=2></>"), (2, "<heading=2></>"), (3, "<heading=2></>")], "warning",
         "Paragraph 4: the heading is of level 3, and of level 2 in the German version"),
        ([(3, "<list=></>")], [], "info",
         "Paragraph 4: the list item is none in the German version"),
        ([(3, "<table=3x4></>")], [(3, "<table=3x3></>")], "info",
         "Paragraph 4: the table “3x4” is “3x3” in the German version"),
        ([(3, "<footnote=></>")], [], "warning",
         "Paragraph 4: a footnote is not in the German version"),
    ],
)  # fmt: skip
def test_what_differs_is_told(
    source: list[tuple[int, str]], target: list[tuple[int, str]], severity: str, message: str
) -> None:
    assert told(source, target) == [(severity, message)]


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("http://b.org/fr/guide.html", "info"),
        ("http://b.org/1/guide.html", "info"),
        ("http://a.org/2/guide.html", "warning"),
        ("http://b.org/other.html", "warning"),
        ("guide.html", "warning"),
    ],
)
def test_a_file_of_one_name_on_another_host_may_be_its_mirror(address: str, severity: str) -> None:
    source, target = "<link=http://a.org/1/guide.html>here</>", f"<link={address}>hier</>"
    assert [found for found, _ in told([(3, source)], [(3, target)])] == [severity]


def test_a_link_far_from_its_place_is_told_on_both_sides() -> None:
    assert len(told([(0, LINK)], [(5, LINK)])) == 2


# Segments and strings


@pytest.mark.parametrize(
    ("source", "target", "severities"),
    [
        ("<placeholder=%s>%s</>", "<placeholder=%s>%s</>", []),
        ("<placeholder=%s>%s</> <placeholder=%s>%s</>", "<placeholder=%s>%s</>", ["error"]),
        ("<placeholder={a}>{a}</>", "", ["error"]),
        ("<code=x-y>x-y</>", "<code=x-z>x-z</>", ["error"]),
        ("<link=/a>here</>", "", ["warning"]),
    ],
)
def test_in_segments_each_stands_alone(source: str, target: str, severities: list[str]) -> None:
    found = told([(2, source)], [(2, target)], keyed=True)
    # The text still says `%s` once, which is no second one.
    assert [severity for severity, _ in found] == severities


def test_a_placeholder_in_the_next_segment_is_another() -> None:
    assert len(told([(2, "<placeholder={a}>{a}</>")], [(3, "<placeholder={a}>{a}</>")], keyed=True)) == 2


# Blocks of code

COMMAND = "$ git clone https://example.org/a.git  # takes a while\n$ make install"


def test_a_block_of_code_with_another_comment_is_the_same() -> None:
    one = (*ENGLISH, COMMAND)
    two = (*GERMAN, COMMAND.replace("takes a while", "dauert eine Weile"))
    assert drafts(raw(one), raw(two)) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ((), f"Paragraph {len(ENGLISH) + 1}: the block of code is not in the German version"),
        ((COMMAND.replace("make install", "make remove"),),
         f"Paragraph {len(ENGLISH) + 1}: the block of code differs in the German version"),
    ],
)  # fmt: skip
def test_a_block_of_code_is_told(target: tuple[str, ...], message: str) -> None:
    found = drafts(raw((*ENGLISH, COMMAND)), raw((*GERMAN, *target)))
    assert [(draft.severity, draft.message) for draft in found] == [("warning", message)]


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        ([], [], []),
        (["a = 1", "b = 2"], ["a = 1", "b = 2"], []),
        (["a = 1", "b(c) + 22"], ["b(c) + 22"], [(0, None)]),
        (["a = 1"], ["zzz(9)", "a = 1"], [(None, 0)]),
        (["print(1, 2)"], ["print(1, 3)"], [(0, 0)]),
        (["x = 'Hello'"], ['x = "Hallo"'], []),
        (["The server is ready now."], ["Сервер готов."], []),
        (["$ adduser <your_user_name> staff"], ["$ adduser <Ihr_Benutzername> staff"], []),
        (["deb [<name as on the disc>]/ main"], ["deb [<Name laut Scheibe>]/ main"], []),
        (["<name>a(1)</name>"], ["<Titel>a(1)</Titel>"], [(0, 0)]),
        (
            ["It is only needed if you want to use version 2.3.8 of it (19990813) with MSCHAPv2/MPPE here."],
            ["Das wird nur gebraucht, wenn jemand Fassung 2.3.8 (19990813) und MSCHAPv2/MPPE nutzen will."],
            [],
        ),
        (
            ["$ sudo apt install one two three four five six seven eight nine ten --yes a=1"],
            ["$ sudo apt install one two three four five six seven eight nine ten --no a=1"],
            [(0, 0)],
        ),
    ],
)
def test_listings(source: list[str], target: list[str], pairs: list[tuple[int | None, int | None]]) -> None:
    assert list(unlike_listings(source, target)) == pairs


# Addresses

AT_HOME = Addresses(LOCALISED, ("en", "pt-BR"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/", "http://www.example.org"),
        ("https://example.org/a/index.html", "https://example.org/a/"),
        ("https://en.wikipedia.org/wiki/Lisbon", "https://pt.wikipedia.org/wiki/Lisboa"),
        ("page.en.html", "page.pt-BR.html"),
        ("../a/b.md", "../../../a/b.md"),
        ("/en/a", "/pt_br/a"),
        ("https://example.org/a?lang=en&x=1", "https://example.org/a?x=1&lang=pt-BR"),
        ("https://example.org/a?x=1", "https://example.org/a?hl=pt"),
        ("https://example.org/english/a", "https://example.org/portuguese/b"),
        ("https://example.org/%C3%A9", "https://example.org/é"),
        ("mailto:a@example.org", "a@example.org"),
    ],
)
def test_addresses_that_lead_to_the_same(one: str, other: str) -> None:
    if other.endswith("?hl=pt"):
        other += "&x=1"
    assert AT_HOME.same(one, other)
    assert AT_HOME.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.com/a"),
        ("https://example.org/a?x=1", "https://example.org/a?x=2"),
        ("/en/a", "/fr/a"),
        ("a@example.org", "b@example.org"),
        ("a.md", "b.md"),
        ("https://example.org/open/a", "https://example.org/openpt/a"),
    ],
)
def test_addresses_that_lead_elsewhere(one: str, other: str) -> None:
    assert not AT_HOME.same(one, other)
    assert not AT_HOME.same(other, one)


def test_without_patterns_a_language_is_a_part_of_the_address() -> None:
    assert not Addresses((), ("en", "de")).same("/en/a", "/de/a")
    assert Addresses(("/{lang}/",), ("en", "de")).same("/en/a", "/de/a")
    assert Addresses(("hl={lang}",), ("en", "de")).same("//a.org/?hl=en", "//a.org/?hl=de")
    assert not Addresses(("hl={lang}",), ("en", "de")).same("//a.org/?q=en", "//a.org/?q=de")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_strings_can_be_compared(one: str, other: str) -> None:
    assert AT_HOME.same(one, one)
    assert AT_HOME.same(one, other) == AT_HOME.same(other, one)
    assert AT_HOME.any_of([other])(one) == AT_HOME.same(one, other)


@given(
    *[st.sampled_from(["/en/a", "/a", "//x.org/en/a", "//x.org/b", "//en.x.org", "#a", "", "a?lang=en"])] * 2
)
def test_any_of_one_is_the_same(one: str, other: str) -> None:
    assert AT_HOME.any_of([other])(one) == AT_HOME.same(one, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No address, e.g. of example.org or of @name.", []),
        ("See https://example.org/a. And more", ["https://example.org/a"]),
        ("(www.example.org/b), «https://example.org»", ["www.example.org/b", "https://example.org"]),
        ("Write to a.b@example.org!", ["a.b@example.org"]),
        ("https://", []),
    ],
)
def test_addresses_in_a_text(text: str, found: list[str]) -> None:
    assert [address for address, _ in written_addresses(text)] == found
    assert all(text[at : at + len(address)] == address for address, at in written_addresses(text))


def test_kinds_are_those_of_the_settings() -> None:
    kinds: tuple[MarkKind, ...] = CheckSettings().markup
    assert set(kinds) == {"link", "code", "placeholder", "image", "heading", "list", "table", "footnote"}


def test_a_document_keeps_its_marks() -> None:
    document: Document = aligned(
        raw(with_words(tuple(ENGLISH), (2, LINK))), raw(tuple(GERMAN))
    ).source.document
    assert [mark.kind for mark in document.marks] == ["link"]
