"""Properties of the aligner, on vectors made at random: what holds whatever the texts say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest
from conftest import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.align import Background, align
from mlcheck.align.paragraphs import paragraph_links
from mlcheck.align.passes import _translated as translated
from mlcheck.align.repeats import open_repeats
from mlcheck.data import (
    Alignment,
    Document,
    Encoded,
    EncoderId,
    Link,
    Paragraph,
    Sentence,
    Span,
    Words,
    WordTable,
)
from mlcheck.encode.words import tabulate

ENCODER = EncoderId(name="random", revision="1", sha256="0" * 64)
DIMENSIONS = 48

Meanings = list[list[int]]
"""A text: for each paragraph, the numbers of what its sentences say."""

meanings = st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=4), min_size=1, max_size=8)
origin = np.zeros(DIMENSIONS)


def vector(seed: str) -> npt.NDArray[np.float64]:
    drawn = np.random.default_rng(list(seed.encode())).normal(size=DIMENSIONS)
    return np.asarray(drawn / np.linalg.norm(drawn))


MERGED = 1000


def merged(*told: int) -> int:
    """The number of a sentence that says what two or more say."""
    number = 0
    for part in told:
        number = MERGED * number + part + 1
    return number


def parts(meaning: int) -> list[int]:
    found = [meaning % MERGED - 1] if meaning >= MERGED else [meaning]
    while (meaning := meaning // MERGED) > 0:
        found.insert(0, meaning % MERGED - 1)
    return found


def text_of(meaning: int) -> str:
    """A sentence that ends in a full stop, of a length of its own."""
    told = (f"What number {part} says{' at some length' * (part % 4)}" for part in parts(meaning))
    return "; ".join(told) + "."


def sentence_vector(meaning: int) -> npt.NDArray[np.float64]:
    """That of what it says, by the length of each part, as a mean over words is."""
    whole = sum(len(text_of(part)) * vector(f"sentence {part}") for part in parts(meaning))
    return np.asarray(whole / np.linalg.norm(whole))


def encoded(text: Meanings, language: str = "en", *, words: bool = True) -> Encoded:
    """A document whose sentences have the vectors of their meanings, a little of the language in each."""
    paragraphs, sentences, at = [], [], 0
    for number, paragraph in enumerate(text):
        start = at
        for meaning in paragraph:
            said = text_of(meaning)
            span = Span(at, at + len(said))
            sentences.append(Sentence(index=len(sentences), paragraph=number, span=span, text=said))
            at += len(said) + 1
        span = Span(start, at - 1)
        line = 2 * number + 1
        paragraphs.append(Paragraph(index=number, span=span, line=line, end_line=line, text="", role="body"))
        at += 1
    whole = "\n\n".join(" ".join(map(text_of, paragraph)) for paragraph in text)
    document = Document(
        path=language,
        text=whole,
        encoding="utf-8",
        encoding_guessed=False,
        language=language,
        language_from="given",
        paragraphs=tuple(replace(p, text=whole[p.span.start : p.span.end]) for p in paragraphs),
        sentences=tuple(sentences),
    )
    told = [meaning for paragraph in text for meaning in paragraph]
    rows = np.stack([sentence_vector(meaning) + 0.2 * vector(language) for meaning in told])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Encoded(
        document=document,
        vectors=rows.astype(np.float32),
        encoder=ENCODER,
        words=tabulate(document, [words_of(meaning) for meaning in told]) if words else None,
    )


def words_of(meaning: int) -> Words:
    """Five words for each thing said, all its own."""
    vectors = np.stack([vector(f"{text_of(part)} {at}") for part in parts(meaning) for at in range(5)])
    spans = [(at, at + 1) for at in range(len(vectors))]
    return Words(spans=np.array(spans, np.int64), vectors=vectors.astype(np.float16))


def joined(one: Meanings, two: Meanings, *, words: bool = True) -> Alignment:
    return align(encoded(one, words=words), encoded(two, "de", words=words), Background(origin, origin))


def both_ways(one: Meanings, two: Meanings, *, words: bool = True) -> tuple[Alignment, Alignment]:
    """The alignment, and that with the sides changed, each text in its own language as before."""
    source, target = encoded(one, words=words), encoded(two, "de", words=words)
    background = Background(origin, origin)
    return align(source, target, background), align(target, source, background)


def pairs(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in links]


def distinct(count: int) -> Meanings:
    """Paragraphs of one sentence each, no two alike."""
    return [[number] for number in range(count)]


def check_whole(alignment: Alignment) -> None:
    """What every alignment owes: each compared unit in one link, figures where there are two sides."""
    sides = alignment.source, alignment.target
    for links, units in (
        (
            alignment.sentences,
            [range(len(s.document.sentences)) for s in sides],
        ),
        (
            alignment.paragraphs,
            [[p.index for p in s.document.paragraphs if p.role != "furniture"] for s in sides],
        ),
    ):
        assert sorted(i for link in links for i in link.source) == list(units[0])
        assert sorted(j for link in links for j in link.target) == list(units[1])
        for link in links:
            assert link.source or link.target
            assert (
                (link.similarity is None) == (link.divergence is None) == (not (link.source and link.target))
            )
            for figure in (link.similarity, link.divergence, link.confidence):
                assert figure is None or 0 <= figure <= 1
    assert 0 <= alignment.relatedness <= 1


@given(meanings, meanings, st.booleans())
@settings(deadline=None, max_examples=60)
def test_every_unit_is_in_exactly_one_link(one: Meanings, two: Meanings, words: bool) -> None:
    check_whole(joined(one, two, words=words))


@given(meanings, meanings)
@settings(deadline=None, max_examples=25)
def test_the_same_again(one: Meanings, two: Meanings) -> None:
    first, second = joined(one, two), joined(one, two)
    assert (first.sentences, first.paragraphs, first.relatedness) == (
        second.sentences,
        second.paragraphs,
        second.relatedness,
    )


@given(st.integers(1, 12), st.booleans())
@settings(deadline=None, max_examples=12)
def test_a_text_against_itself_is_the_identity(count: int, words: bool) -> None:
    text = [[2 * number, 2 * number + 1] for number in range(count)]
    alignment = joined(text, text, words=words)
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(2 * count)]
    assert pairs(alignment.paragraphs) == [((i,), (i,)) for i in range(count)]
    assert all(link.divergence is not None and link.divergence < 0.1 for link in alignment.sentences)
    assert alignment.relatedness > 0.9


@given(st.integers(6, 12), st.sets(st.integers(0, 11), max_size=2), st.sets(st.integers(0, 11), max_size=2))
@settings(deadline=None, max_examples=40)
def test_with_the_sides_changed_the_links_are_mirrored(count: int, less: set[int], more: set[int]) -> None:
    one = [paragraph for paragraph in distinct(count) if paragraph[0] not in less]
    two = [paragraph for paragraph in distinct(count) if paragraph[0] not in more]
    there, back = joined(one, two), joined(two, one)
    assert sorted((link.source, link.target) for link in there.sentences) == sorted(
        (link.target, link.source) for link in back.sentences
    )


@given(st.integers(6, 12), st.integers(0, 11))
@settings(deadline=None, max_examples=30)
def test_a_paragraph_that_both_have_more_changes_no_other_link(count: int, gone: int) -> None:
    one = distinct(count)
    two = [paragraph for paragraph in one if paragraph != [gone]]
    before = pairs(joined(one, two).sentences)
    after = pairs(joined([*one, [99]], [*two, [99]]).sentences)
    assert [pair for pair in after if pair != ((count,), (len(two),))] == before


@given(
    st.integers(6, 20),
    st.sets(st.integers(0, 19), max_size=4),
    st.sets(st.integers(0, 19), max_size=4),
    st.sets(st.integers(0, 9), max_size=3),
    st.sets(st.integers(0, 9), max_size=3),
    st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_with_the_sides_changed_links_of_several_sentences_are_mirrored(
    count: int, less: set[int], more: set[int], left: set[int], right: set[int], words: bool
) -> None:
    """With sentences missing on either side, and others run together."""

    def version(gone: set[int], together: set[int]) -> Meanings:
        told: Meanings = []
        for start in range(0, count, 2):
            if start // 2 in together and not gone & {start, start + 1}:
                told.append([merged(start, start + 1)])
            else:
                told.append([x for x in (start, start + 1) if x not in gone])
        return [paragraph for paragraph in told if paragraph] or [[0]]

    there, back = both_ways(version(less, left), version(more, right), words=words)
    check_whole(there)
    for mine, its in ((there.sentences, back.sentences), (there.paragraphs, back.paragraphs)):
        assert sorted(pairs(mine)) == sorted((b, a) for a, b in pairs(its))
    if not any(link.moved for link in (*there.sentences, *back.sentences)):
        # Of sentences alone: a paragraph's are a mean by the lengths of the source, whichever that is.
        chances = {(link.source, link.target): link.confidence for link in there.sentences}
        mirrored = {(link.target, link.source): link.confidence for link in back.sentences}
        assert chances == pytest.approx(mirrored, abs=1e-3)


@pytest.mark.parametrize("words", [True, False])
def test_sentences_run_together(words: bool) -> None:
    one = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]
    two = [[0, 1], [merged(2, 3)], [4, 5], [merged(6, 7)], [8, 9]]
    expected = [((0,), (0,)), ((1,), (1,)), ((2, 3), (2,)), ((4,), (3,)), ((5,), (4,)), ((6, 7), (5,))]
    expected += [((8,), (6,)), ((9,), (7,))]
    for alignment in (joined(one, two, words=words), joined(two, one, words=words)):
        assert all(link.divergence is not None and link.divergence < 0.1 for link in alignment.sentences)
    there, back = both_ways(one, two, words=words)
    assert pairs(there.sentences) == expected
    assert pairs(back.sentences) == [(b, a) for a, b in expected]


@pytest.mark.parametrize("count", [6, 7, 8])
def test_one_long_sentence_against_six_to_eight(count: int) -> None:
    many = list(range(2, 2 + count))
    one = [[0], [1], [merged(*many)], [20], [21]]
    two = [[0], [1], many, [20], [21]]
    after = 2 + count
    expected: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), tuple(many)),
    ]
    expected += [((3,), (after,)), ((4,), (after + 1,))]
    there, back = both_ways(one, two)
    assert pairs(there.sentences) == expected
    assert pairs(back.sentences) == [(b, a) for a, b in expected]


@pytest.mark.parametrize("words", [True, False])
def test_six_hundred_sentences_against_themselves(words: bool) -> None:
    """More than are aligned in one piece."""
    text = [[2 * number, 2 * number + 1] for number in range(300)]
    alignment = joined(text, text, words=words)
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(600)]
    assert pairs(alignment.paragraphs) == [((i,), (i,)) for i in range(300)]


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize("count", [1, 2, 12, 130])
def test_the_same_text_twice_in_one_document(count: int, words: bool) -> None:
    """Each copy has its counterpart; with 130 sentences, in pieces."""
    text = distinct(count) * 2
    alignment = joined(text, text, words=words)
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(2 * count)]
    assert not any(link.moved for link in alignment.sentences)


@given(st.integers(5, 12), st.sets(st.integers(0, 11), max_size=2), st.integers(1, 3))
@settings(deadline=None, max_examples=30)
def test_a_paragraph_that_both_begin_with_changes_no_other_link(
    count: int, gone: set[int], size: int
) -> None:
    """With words; vectors alone leave some of these to chance."""
    one = distinct(count)
    two = [paragraph for paragraph in one if paragraph[0] not in gone]
    before = pairs(joined(one, two).sentences)
    more = [list(range(90, 90 + size))]
    after = pairs(joined([*more, *one], [*more, *two]).sentences)
    assert after[:size] == [((i,), (i,)) for i in range(size)]
    shifted = [(tuple(i + size for i in a), tuple(j + size for j in c)) for a, c in before]
    assert after[size:] == shifted


@pytest.mark.parametrize("size", [9, 30, 60])
def test_a_text_against_its_summary(size: int) -> None:
    """Every third sentence is kept; two in three are missing, and no link swallows them."""
    text = distinct(size)
    there, back = both_ways(text, text[1::3])
    assert pairs(there.sentences) == [((i,), ((i - 1) // 3,) if i % 3 == 1 else ()) for i in range(size)]
    assert sorted(pairs(back.sentences)) == sorted((b, a) for a, b in pairs(there.sentences))
    assert there.relatedness > 0.5


def test_a_text_against_its_summary_without_words() -> None:
    """Vectors alone cannot tell every time what a sentence has swallowed, but its own is in it."""
    text = distinct(30)
    alignment = joined(text, text[1::3], words=False)
    check_whole(alignment)
    for link in alignment.sentences:
        assert all(3 * j + 1 in link.source for j in link.target)


@pytest.mark.parametrize("words", [True, False])
def test_a_headline_alone_against_a_headline(words: bool) -> None:
    """No sentence, no paragraph beside it; the first model has a single candidate."""

    def headline(language: str, meaning: int) -> Encoded:
        own = encoded([[meaning]], language, words=words)
        (paragraph,), (sentence,) = own.document.paragraphs, own.document.sentences
        text = sentence.text.rstrip(".")
        document = replace(
            own.document,
            text=text,
            paragraphs=(replace(paragraph, text=text, role="headline", span=Span(0, len(text))),),
            sentences=(replace(sentence, text=text, span=Span(0, len(text))),),
        )
        return replace(own, document=document)

    background = Background(origin, origin)
    same = align(headline("en", 1), headline("de", 1), background)
    assert pairs(same.sentences) == pairs(same.paragraphs) == [((0,), (0,))]
    assert not same.sentences[0].moved
    other = align(headline("en", 1), headline("de", 2), background)
    check_whole(other)
    assert same.relatedness > 0.5 > other.relatedness


def test_what_one_side_lacks_is_alone() -> None:
    text = distinct(9)
    for gone in range(9):
        alignment = joined(text, text[:gone] + text[gone + 1 :])
        assert [link.source for link in alignment.sentences if not link.target] == [(gone,)]
        assert [link.target for link in alignment.sentences if not link.source] == []


def test_one_sentence_each() -> None:
    alike, unlike = joined([[1]], [[1]]), joined([[1]], [[2]])
    assert pairs(alike.sentences) == [((0,), (0,))]
    assert alike.relatedness > 0.5 > unlike.relatedness
    # There is no other way to link them; that they differ, the link says itself.
    assert pairs(unlike.sentences) == [((0,), (0,))]
    check_whole(unlike)


def test_one_sentence_against_thirty() -> None:
    for one, two in ((([[7]]), distinct(30)), (distinct(30), [[7]])):
        alignment = joined(one, two)
        check_whole(alignment)
        linked = [link for link in alignment.sentences if link.source and link.target]
        assert all(7 in (*link.source, *link.target) for link in linked)


def test_one_sentence_thirty_times() -> None:
    for one, two in (([[3]] * 30, [[3]] * 30), ([[3]] * 30, [[3]]), ([[3] * 30], [[3]] * 30)):
        check_whole(joined(one, two))


def test_sentences_that_go_together_in_another_cut() -> None:
    alignment = joined([[0, 1], [2, 3], [4, 5]], [[0], [1, 2, 3], [4, 5]])
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(6)]
    assert not any(link.moved for link in alignment.paragraphs)


def test_a_moved_paragraph_crosses() -> None:
    text = distinct(10)
    moved = [*text[:2], *text[3:], text[2]]
    alignment = joined(text, moved)
    assert [(link.source, link.target) for link in alignment.paragraphs if link.moved] == [((2,), (9,))]
    check_whole(alignment)


def test_a_doubtful_paragraph_without_counterpart_is_furniture() -> None:
    one, two = encoded(distinct(6)), encoded([*distinct(6), [50]], "de")
    last = replace(two.document.paragraphs[-1], doubtful=True)
    document = replace(two.document, paragraphs=(*two.document.paragraphs[:-1], last))
    alignment = align(one, replace(two, document=document), Background(origin, origin))
    assert alignment.target.document.paragraphs[-1].role == "furniture"
    assert pairs(alignment.paragraphs) == [((i,), (i,)) for i in range(6)]
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(6)]


def test_a_doubtful_paragraph_that_stands_in_for_another_is_furniture() -> None:
    """The target lacks the last paragraph, and has a share line in its place."""
    one, two = encoded(distinct(7)), encoded([*distinct(6), [50]], "de")
    last = replace(two.document.paragraphs[-1], doubtful=True)
    document = replace(two.document, paragraphs=(*two.document.paragraphs[:-1], last))
    alignment = align(one, replace(two, document=document), Background(origin, origin))
    assert alignment.target.document.paragraphs[-1].role == "furniture"
    assert pairs(alignment.paragraphs)[-1] == ((6,), ())


@st.composite
def doubtful(draw: st.DrawFn) -> tuple[Meanings, set[int]]:
    """A text, and which of its paragraphs look like furniture."""
    text = draw(meanings)
    return text, draw(st.sets(st.integers(0, len(text) - 1)))


def with_doubtful(text: Meanings, language: str, paragraphs: set[int], words: bool) -> Encoded:
    own = encoded(text, language, words=words)
    marked = tuple(replace(p, doubtful=p.index in paragraphs) for p in own.document.paragraphs)
    return replace(own, document=replace(own.document, paragraphs=marked))


@given(doubtful(), doubtful(), st.booleans())
@settings(deadline=None, max_examples=60)
def test_furniture_has_no_sentences_and_each_sentence_is_in_one_link(
    one: tuple[Meanings, set[int]], two: tuple[Meanings, set[int]], words: bool
) -> None:
    given = with_doubtful(one[0], "en", one[1], words), with_doubtful(two[0], "de", two[1], words)
    alignment = align(*given, Background(origin, origin))
    check_whole(alignment)
    for before, after in zip(given, (alignment.source, alignment.target), strict=True):
        furniture = {p.index for p in after.document.paragraphs if p.role == "furniture"}
        assert all(before.document.paragraphs[i].doubtful for i in furniture)
        sentences = after.document.sentences
        assert [s.index for s in sentences] == list(range(len(sentences)))
        stay = [s for s in before.document.sentences if s.paragraph not in furniture]
        assert stay
        assert [replace(s, index=0) for s in sentences] == [replace(s, index=0) for s in stay]
        rows = [s.index for s in stay]
        np.testing.assert_array_equal(after.vectors, before.vectors[rows])
        assert (after.words is None) == (before.words is None)
        if before.words is not None and after.words is not None:
            assert len(after.words.starts) == len(sentences) + 1
            for new, old in enumerate(rows):
                for name in ("spans", "vectors", "weights"):
                    np.testing.assert_array_equal(
                        words_in(after.words, new, name), words_in(before.words, old, name)
                    )


def words_in(table: WordTable, sentence: int, name: str) -> npt.NDArray[np.generic]:
    rows: npt.NDArray[np.generic] = getattr(table, name)[table.starts[sentence] : table.starts[sentence + 1]]
    return rows


def test_a_text_that_is_doubtful_throughout_is_the_text() -> None:
    alignment = align(
        with_doubtful([[1]], "en", {0}, True), encoded([[50], [51]], "de"), Background(origin, origin)
    )
    assert len(alignment.source.document.sentences) == 1
    assert alignment.source.document.paragraphs[0].role == "body"
    check_whole(alignment)


def test_three_hundred_sentences_a_side_take_less_than_a_second() -> None:
    one, two = (encoded(distinct(300), language, words=True) for language in ("en", "de"))
    alignment = align(one, two, Background(origin, origin))
    assert seconds(lambda: align(one, two, Background(origin, origin))) < 1
    assert pairs(alignment.sentences) == [((i,), (i,)) for i in range(300)]


def test_sentences_that_change_places_in_each_of_many_paragraphs_take_time_with_their_number() -> None:
    def taken(count: int) -> float:
        sentences = [SimpleNamespace(index=i, paragraph=i // 2, text="One.") for i in range(2 * count)]
        document = SimpleNamespace(sentences=sentences)
        values = {"similarity": 0.9, "divergence": 0.1, "wrong": 0.0, "confidence": 0.9}
        links = [
            Link(source=(i,), target=(i + 1 - 2 * (i % 2),), moved=True, **values) for i in range(2 * count)
        ]
        assert not any(link.moved for link in paragraph_links(links, document, document))  # type: ignore[arg-type]
        return seconds(lambda: paragraph_links(links, document, document))  # type: ignore[arg-type]

    # Eight times the text; with the square of it, sixty-four times the time.
    assert taken(1200) < 30 * max(taken(150), 0.005)


def test_many_sentences_that_stand_twice_take_time_with_their_number() -> None:
    class Sides:
        lengths = np.full(40_000, 30.0)

    class Same:
        expansion = 1.0
        source = target = Sides()

    class Sure:
        similarity = Same()

        def wrong(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
            return 0.0

    def taken(count: int) -> float:
        said = "The ferries cross the bay again."
        sentences = [
            SimpleNamespace(index=2 * k + i, paragraph=k, text=said) for k in range(count) for i in (0, 1)
        ]
        repeating = SimpleNamespace(sentences=sentences)
        once = SimpleNamespace(sentences=[SimpleNamespace(index=0, paragraph=0, text=said)])
        links = [((2 * k, 2 * k + 1), (k,)) for k in range(count)]
        found, nulls = open_repeats(links, Sure(), (repeating, once))  # type: ignore[arg-type]
        assert found == [one for k in range(count) for one in (((2 * k,), (k,)), ((2 * k + 1,), ()))]
        assert len(nulls) == count
        return seconds(lambda: open_repeats(links, Sure(), (repeating, once)))  # type: ignore[arg-type]

    assert taken(1600) < 30 * max(taken(200), 0.005)


def test_equal_sentences_that_nothing_sets_apart_are_aligned_without_a_background() -> None:
    one, two = encoded([[0]] * 60), encoded([[0]] * 60, "de")
    check_whole(align(one, two))


@pytest.mark.parametrize(("copies", "left"), [(0, 6), (2, 4), (3, 6)])
def test_what_was_left_in_the_original_is_no_measure_of_a_translation(copies: int, left: int) -> None:
    """Unless hardly anything else is there."""
    one, two = (encoded([[n] for n in range(6)], code) for code in ("en", "de"))
    told = [replace(s, text=f"Two {s.text}" if s.index >= copies else s.text) for s in two.document.sentences]
    two = replace(two, document=replace(two.document, sentences=tuple(told)))
    pairs = [(n, n) for n in range(6)]
    assert translated(pairs, one, two) == pairs[6 - left :]
