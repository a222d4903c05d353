"""What rules may know of two aligned texts, and how it is found out.

`compare` is the last step that may ask a model. It asks twice at most, for all that is in doubt at once: of
passages without two names that may have been exchanged, and of sentences without a run of words that may be
missing opposite. Whoever reads the evidence asks nothing and computes nothing twice; nothing is kept when it
is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.compare.name_match import Exchange, exchanged
from mlcheck.compare.opinion import judge_fitted
from mlcheck.compare.passage import Found, Passage
from mlcheck.compare.passages import differences, facts_of, passages
from mlcheck.compare.protocol import Encode
from mlcheck.compare.words import Differences, Matching, Run, match, runs
from mlcheck.compare.words import differences as word_differences
from mlcheck.data import Alignment, Document, FactMark
from mlcheck.facts import Fact, extract
from mlcheck.languages import language

__all__ = ["Evidence", "compare"]

SentenceFacts = tuple[tuple[Fact, ...], ...]
"""The facts of each sentence of a document."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """All that rules want to know of two aligned texts. It is equal only to itself."""

    alignment: Alignment
    facts: tuple[SentenceFacts, SentenceFacts]
    """Of the source's sentences and of the target's, each read in its document's language."""
    passages: tuple[Passage, ...]
    """The links with two sides, and their facts, in the order of the source."""
    differences: tuple[Found, ...]
    """What differs in numbers, dates and times, passage by passage."""
    matching: Matching | None
    """Which word stands for which; None where the encoder has no vectors for words."""
    runs: tuple[Run, ...]
    """Runs of words that may have no counterpart, whatever their chance; none without vectors for words, or
    between languages one of which sets no spaces between words."""
    exchanges: tuple[Exchange, ...]
    """Names that may have another in their place, however likely, with the judge's opinion."""
    words: Differences | None
    """A difference for every word; None where nobody asked, or the encoder has no vectors for words."""

    def judge_fitted(self, question: str) -> bool:
        """Is there a judge with an opinion on that question, `flawed` or `name`?"""
        return judge_fitted(self.alignment, question)

    def marks(self) -> tuple[tuple[FactMark, ...], tuple[FactMark, ...]]:
        """The facts of either document where they stand in it, in order, each paragraph read in its own
        language. Weak ones are left out: "one" and "He" are facts only where a counterpart makes them that.
        """
        one, two = (
            tuple(sorted(_marks(document, facts)))
            for document, facts in zip(self.alignment.documents, self.facts, strict=True)
        )
        return one, two


def compare(alignment: Alignment, encode: Encode | None = None, *, words: bool = False) -> Evidence:
    """The evidence on two aligned texts.

    `encode` is the encoder of both; without one, names and runs are judged by what is known already, and
    are told less well. With `words` every word gets its difference.
    """
    facts = facts_of(alignment.source.document), facts_of(alignment.target.document)
    filled, nulls = passages(alignment.sentences, facts)
    matching = _matching(alignment) if alignment.has_words else None
    # Without spaces the words are pieces of the model's own. On English-Chinese news, translated more
    # freely too, four runs were wrong where other pairs had one.
    spaced = all(language(document.language).spaced for document in alignment.documents)
    return Evidence(
        alignment=alignment,
        facts=facts,
        passages=filled,
        differences=differences(filled, nulls, alignment, facts, matching),
        matching=matching,
        runs=runs(alignment, encode, matching) if matching is not None and spaced else (),
        exchanges=exchanged(alignment, encode),
        words=word_differences(alignment, matching) if words and matching is not None else None,
    )


def _matching(alignment: Alignment) -> Matching:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"):  # small matrices, as in the aligner; and the same sums everywhere
        return match(alignment)


def _marks(document: Document, facts: Sequence[tuple[Fact, ...]]) -> Iterator[FactMark]:
    for sentence, known in zip(document.sentences, facts, strict=True):
        spoken = document.paragraphs[sentence.paragraph].language or document.language
        own = known if spoken == document.language else extract(sentence.text, spoken)
        yield from (FactMark(sentence.place(*fact.span), fact.kind) for fact in own if not fact.weak)
