"""Rules and what they share: places, phrases, gaps, and that a place is explained once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from types import SimpleNamespace
from typing import Any, cast

import pytest
from conftest import FakeEncoder, evidence_of, seconds
from hypothesis import given
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN

from mlcheck.checks import check, duplicated_paragraph, moved_paragraph
from mlcheck.checks.gaps import gaps
from mlcheck.checks.phrases import numbered, severity_of
from mlcheck.checks.place import Lines, locate, sentences_at, sentences_of
from mlcheck.data import Alignment, Document, Link, Paragraph, Sentence, Span
from mlcheck.languages import base, is_known, name
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.settings import CheckSettings

SETTINGS = CheckSettings()


def aligned(
    source: tuple[str, ...], target: tuple[str, ...], languages: tuple[str, str] = ("en", "de")
) -> Alignment:
    one, two = (read_text("\n\n".join(text)) for text in (source, target))
    return Checker(encoder=FakeEncoder()).align(one, two, languages=languages)


def document(text: str, *sentences: str) -> Document:
    """One paragraph over the whole text, with these sentences."""
    spans = [Span(text.index(s), text.index(s) + len(s)) for s in sentences]
    whole = Paragraph(index=0, span=Span(0, len(text)), line=1, end_line=1, text=text, role="body")
    return Document(
        path="text",
        text=text,
        encoding="utf-8",
        encoding_guessed=False,
        language="en",
        language_from="given",
        paragraphs=(whole,),
        sentences=tuple(
            Sentence(index=i, paragraph=0, span=span, text=s)
            for i, (span, s) in enumerate(zip(spans, sentences, strict=True))
        ),
    )


# Places


def test_nothing_stands_nowhere() -> None:
    assert locate(document("One."), ()) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_count_from_one(end: str) -> None:
    text = f"One.{end}{end}Two 😀. Three{end}goes on."
    place = locate(document(text, "One.", "Two 😀.", f"Three{end}goes on."), (1, 2))
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 1, 4, 9)
    assert place.text == text[place.span.start : place.span.end] == f"Two 😀. Three{end}goes on."


def test_a_whole_paragraph_goes_from_end_to_end() -> None:
    place = locate(document("- One. Two. -", "Two."), (0,), whole=True)
    assert place is not None
    assert place.text == "- One. Two. -"


@given(st.text(alphabet="a\r\n\u2028😀", max_size=30), st.data())
def test_a_place_can_be_found_again_by_line_and_column(before: str, data: st.DataObject) -> None:
    text = f"{before}X."
    place = locate(document(text, "X."), (0,))
    assert place is not None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines[place.line - 1][place.column - 1 :] == "X."


# Phrases


@pytest.mark.parametrize(
    ("paragraphs", "phrase"),
    [
        ([3], "Paragraph 4"),
        ([3, 4], "Paragraphs 4 and 5"),
        ([3, 4, 5, 6], "Paragraphs 4 to 7"),
    ],
)
def test_paragraphs_count_from_one(paragraphs: list[int], phrase: str) -> None:
    assert numbered(paragraphs) == phrase


def test_what_is_sure_is_an_error() -> None:
    assert [severity_of(x, 0.8) for x in (0.79, 0.8, 1.0)] == ["warning", "error", "error"]


def messages(
    source: tuple[str, ...], target: tuple[str, ...], languages: tuple[str, str] = ("en", "de")
) -> list[str]:
    return [finding.message for finding in check(evidence_of(aligned(source, target, languages)))[0]]


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (ENGLISH, GERMAN[:4] + GERMAN[5:], "Paragraph 5 has no counterpart in the German version"),
        (ENGLISH[:4] + ENGLISH[5:], GERMAN, "Paragraph 5 has no counterpart in the English version"),
        (
            (*ENGLISH[:4], f"{ENGLISH[4]} {ENGLISH[5]}", *ENGLISH[6:]),
            (*GERMAN[:5], *GERMAN[6:]),
            "A sentence of paragraph 5 has no counterpart in the German version",
        ),
        (
            ENGLISH,
            (*GERMAN[:5], "Ärzte warnen drei Stunden vor dem Rauch.", *GERMAN[6:]),
            "Paragraph 6: the German version says something else here",
        ),
        (
            ENGLISH,
            (*GERMAN[:3], *GERMAN[4:], GERMAN[3]),
            "Paragraph 4: moved; paragraph 11 in the German version",
        ),
        (ENGLISH, (*GERMAN, GERMAN[3]), "Paragraph 12 of the German version repeats paragraph 4"),
        (ENGLISH, (*GERMAN[:4], ENGLISH[4], *GERMAN[5:]), "Paragraph 5 of the German version is in English"),
        (
            (*ENGLISH[:4], f"{ENGLISH[4]} {ENGLISH[5]}"),
            (*GERMAN[:4], f"{GERMAN[4]} {ENGLISH[5]}"),
            "Paragraph 5 of the German version has a sentence in English",
        ),
        (ENGLISH[1:5], GERMAN[6:], "The two texts are not versions of one item"),
    ],
)
def test_what_a_rule_says(source: tuple[str, ...], target: tuple[str, ...], message: str) -> None:
    assert messages(source, target) == [message]


def test_two_versions_in_one_language_go_by_their_parts() -> None:
    found = messages(ENGLISH, ENGLISH[:4] + ENGLISH[5:], ("en", "en-GB"))
    assert found == ["Paragraph 5 has no counterpart in the target"]


# Which rules speak


def test_a_rule_that_cannot_run_is_skipped_with_a_reason() -> None:
    no_judge = ("meaning-mismatch", "no judge has read the passages")
    assert [(s.rule, s.reason) for s in check(evidence_of(aligned(ENGLISH, ENGLISH, ("en", "en"))))[1]] == [
        ("untranslated", "both versions are in English"),
        no_judge,
    ]
    assert [(s.rule, s.reason) for s in check(evidence_of(aligned(ENGLISH, GERMAN)))[1]] == [no_judge]


def test_every_finding_has_a_place_and_a_probability() -> None:
    target = (GERMAN[0], *GERMAN[2:5], ENGLISH[5], *GERMAN[6:9], GERMAN[2], "Ärzte warnen vor dem Rauch.")
    alignment = aligned(ENGLISH, target)
    findings, _ = check(evidence_of(alignment))
    assert len(findings) >= 3
    for finding in findings:
        assert finding.source or finding.target
        assert 0.5 <= finding.confidence <= 1
        for place, side in ((finding.source, alignment.source), (finding.target, alignment.target)):
            if place:
                assert place.text == side.document.text[place.span.start : place.span.end]


def test_a_place_is_explained_once() -> None:
    """The paragraph left in English is the same in all but its language, and stands elsewhere."""
    target = (*GERMAN[:3], *GERMAN[4:], ENGLISH[3])
    findings, _ = check(evidence_of(aligned(ENGLISH, target)))
    assert [f.rule for f in findings] == ["untranslated"]


# Gaps


def test_no_gap_without_null_links() -> None:
    assert gaps(aligned(ENGLISH, GERMAN), SETTINGS) == []


def test_a_gap_holds_what_stands_between_two_links() -> None:
    one = gaps(aligned(ENGLISH, GERMAN[:4] + GERMAN[6:]), SETTINGS)
    assert [(gap.source, gap.target) for gap in one] == [((4, 5), ())]
    two = gaps(aligned(ENGLISH, (*GERMAN[:2], *GERMAN[3:8], *GERMAN[9:])), SETTINGS)
    assert [(gap.source, gap.target) for gap in two] == [((2,), ()), ((8,), ())]


@pytest.mark.parametrize(
    ("block", "end", "rules"),
    [
        ("```\ndeb /cdrom main\n```", "enthält.", []),
        ("```\ndeb /cdrom main\n```", "Nie wieder.", ["added-paragraph"]),
        ("Das ist die Zeile.", "enthält.", ["added-paragraph"]),
    ],
)
def test_the_end_of_a_sentence_with_code_in_it_may_be_before_the_code(
    block: str, end: str, rules: list[str]
) -> None:
    source = (*ENGLISH[:3], block, *ENGLISH[3:])
    target = (*GERMAN[:3], block, end, *GERMAN[3:])
    checker = Checker(encoder=FakeEncoder())
    one, two = (read_text("\n\n".join(text), markdown=True) for text in (source, target))
    for sides, rule in (((one, two), "added"), ((two, one), "missing")):
        languages = ("en", "de") if sides[0] is one else ("de", "en")
        findings, _ = check(evidence_of(checker.align(*sides, languages=languages)))
        found = [f.rule for f in findings if f.rule in ("added-paragraph", "missing-paragraph")]
        assert found == [each.replace("added", rule) for each in rules]


class Counting(tuple[Any, ...]):
    """A tuple that counts how often something is taken out of it."""

    taken = 0

    def __iter__(self) -> Iterator[Any]:
        for each in super().__iter__():
            self.taken += 1
            yield each

    def __getitem__(self, key: Any) -> Any:
        self.taken += 1
        return super().__getitem__(key)


def test_gaps_look_at_each_paragraph_a_few_times_however_many_there_are() -> None:
    """Each paragraph is one sentence, and every second one has another in its place."""
    count = 400
    text = "\n\n".join(["One."] * count)
    own = replace(
        document(text),
        paragraphs=tuple(
            Paragraph(
                index=k,
                span=Span(6 * k, 6 * k + 4),
                line=2 * k + 1,
                end_line=2 * k + 1,
                text="One.",
                role="body",
            )
            for k in range(count)
        ),
        sentences=tuple(
            Sentence(index=k, paragraph=k, span=Span(6 * k, 6 * k + 4), text="One.") for k in range(count)
        ),
    )
    side = SimpleNamespace(document=own)
    links = [
        [Link(source=(k,), target=(k,), similarity=0.9, confidence=0.9)]
        if k % 2
        else [Link(source=(k,), target=(), confidence=0.9), Link(source=(), target=(k,), confidence=0.9)]
        for k in range(count)
    ]
    paragraphs = Counting(each for pair in links for each in pair)
    alignment = Alignment(
        source=cast(Any, side),
        target=cast(Any, side),
        sentences=tuple(each for pair in links for each in pair),
        paragraphs=paragraphs,
        relatedness=1.0,
    )
    found = gaps(alignment, SETTINGS)
    assert [(gap.source, gap.target, gap.replaced) for gap in found] == [
        ((k,), (k,), True) for k in range(0, count, 2)
    ]
    assert paragraphs.taken <= 2 * len(paragraphs)


def test_paragraphs_that_a_stretch_reaches_are_not_searched_for() -> None:
    count = 1_000
    paragraphs = Counting(
        Paragraph(
            index=k, span=Span(6 * k, 6 * k + 4), line=2 * k + 1, end_line=2 * k + 1, text="One.", role="body"
        )
        for k in range(count)
    )
    own = replace(document("\n\n".join(["One."] * count)), paragraphs=paragraphs)

    def reached(start: int, end: int) -> tuple[int, ...]:
        place = locate(own, (), at=Span(start, end), lines=Lines.of(own))
        assert place is not None
        return place.paragraphs

    assert reached(0, 0) == ()
    assert reached(4, 6) == ()  # between two
    assert reached(3, 7) == (0, 1)
    assert reached(4 + 6 * 500, 6 * 503) == (501, 502)
    assert reached(6 * 999, 6 * 1_000) == (999,)
    assert paragraphs.taken <= 200


def paragraphs_of_a_sentence(texts: Sequence[str]) -> tuple[Document, Counting]:
    """A document of such paragraphs, and its sentences, which count how often they are looked at."""
    own = document("\n\n".join(texts))
    ends = [end - 2 for end in accumulate(len(text) + 2 for text in texts)]
    spans = [Span(end - len(text), end) for end, text in zip(ends, texts, strict=True)]
    rows = list(enumerate(zip(spans, texts, strict=True)))
    sentences = Counting(Sentence(index=k, paragraph=k, span=span, text=text) for k, (span, text) in rows)
    paragraphs = tuple(
        Paragraph(index=k, span=span, line=2 * k + 1, end_line=2 * k + 1, text=text, role="body")
        for k, (span, text) in rows
    )
    return replace(own, paragraphs=paragraphs, sentences=sentences), sentences


def test_sentences_of_a_paragraph_and_at_a_stretch_are_not_searched_for() -> None:
    own, sentences = paragraphs_of_a_sentence(["One."] * 1_000)
    assert sentences_of(own, 500) == (500,)
    assert sentences_of(own, 1_000) == ()
    assert sentences_at(own, Span(4, 6)) == ()  # between two
    assert sentences_at(own, Span(3, 7)) == (0, 1)
    assert sentences_at(own, Span(6, 6)) == (1,)
    assert sentences.taken <= 200


def test_paragraphs_that_moved_or_stand_twice_do_not_each_take_a_look_at_the_whole_text() -> None:
    count = 200
    texts = [f"The ferries of harbour {k} cross the bay again on Sunday." for k in range(count)]
    source, _ = paragraphs_of_a_sentence(texts)
    target, sentences = paragraphs_of_a_sentence([text for text in texts for _ in (1, 2)])
    links = Counting(
        link
        for k in range(count)
        for link in (
            Link(source=(k,), target=(2 * k,), similarity=0.9, confidence=0.9, moved=True),
            Link(source=(), target=(2 * k + 1,), confidence=0.9),
        )
    )
    alignment = Alignment(
        source=cast(Any, SimpleNamespace(document=source)),
        target=cast(Any, SimpleNamespace(document=target)),
        sentences=links,
        paragraphs=tuple(links),
        relatedness=1.0,
    )
    links.taken = sentences.taken = 0
    evidence = cast(Any, SimpleNamespace(alignment=alignment))
    repeated = list(duplicated_paragraph.RULE.check(evidence, SETTINGS))
    assert [draft.target for draft in repeated] == [(2 * k + 1,) for k in range(count)]
    moved = list(moved_paragraph.RULE.check(evidence, SETTINGS))
    assert [(draft.source, draft.target) for draft in moved] == [((k,), (2 * k,)) for k in range(count)]
    assert links.taken <= 10 * len(links)
    assert sentences.taken <= 100 * len(sentences)


def test_null_links_that_are_unlikely_make_no_gap() -> None:
    alignment = aligned(ENGLISH, GERMAN[:4] + GERMAN[6:])
    assert gaps(alignment, CheckSettings(omission_from=1.01)) == []


# Languages


def test_codes_and_names() -> None:
    assert [base(code) for code in ("zh-Hant-TW", "pt_BR", "EN")] == ["zh", "pt", "en"]
    assert [name(code) for code in ("az", "pt-BR", "xx")] == ["Azerbaijani", "Portuguese", "xx"]
    assert [
        code for code in ("en", "ka", "zh-Hant", "nb", "xx", "", "12", "english", "-") if is_known(code)
    ] == [
        "en",
        "ka",
        "zh-Hant",
        "nb",
    ]


# Long texts


@given(text=st.text("ab\r\n\u2028", max_size=12))
def test_lines_and_columns(text: str) -> None:
    lines = Lines.of(SimpleNamespace(file_text=text))  # type: ignore[arg-type]
    for offset in range(len(text) + 1):
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        column = len(before) - (before.rfind("\n") + 1) + 1
        assert lines.at(offset) == (before.count("\n") + 1, column)


def test_the_gaps_of_a_text_with_many_take_time_with_their_number() -> None:
    def taken(count: int) -> float:
        values = {"divergence": 0.1, "wrong": 0.0, "confidence": 0.99}
        links = [Link(source=(k,), target=(2 * k,), similarity=0.9, **values) for k in range(count)]
        links += [Link(source=(), target=(2 * k + 1,), confidence=0.99) for k in range(count)]
        side = SimpleNamespace(document=SimpleNamespace(keyed=False))
        alignment = SimpleNamespace(
            sentences=tuple(links), paragraphs=(), source=side, documents=(side.document,) * 2
        )
        found = gaps(alignment, SETTINGS)  # type: ignore[arg-type]
        assert [gap.target for gap in found] == [(2 * k + 1,) for k in range(count)]
        return seconds(lambda: gaps(alignment, SETTINGS))  # type: ignore[arg-type]

    # Eight times the text; with the square of it, sixty-four times the time.
    assert taken(2400) < 30 * max(taken(300), 0.005)


def test_places_in_a_text_with_many_findings_take_time_with_their_number() -> None:
    def taken(count: int) -> float:
        document = SimpleNamespace(file_text="The ferries cross the bay again, and it rained.\n" * count)

        def work() -> None:
            lines = Lines.of(document)  # type: ignore[arg-type]
            for at in range(count):
                assert lines.at(48 * at + 3) == (at + 1, 4)

        return seconds(work)

    assert taken(8000) < 30 * max(taken(1000), 0.005)
