"""Strings with names are joined by these, in whatever order the files have them."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import Alignment
from mlcheck.pipeline import Checker
from mlcheck.read import read_text

Strings = dict[str, str]

SOURCE = {
    "save": "Ferries cross the bay again on Sunday.",
    "open": "Tickets stay valid. The port is open.",
    "quit": "The harbour stays closed.",
    "dash": "None of them",
}


def aligned(checker: Checker, one: Strings, two: Strings) -> Alignment:
    texts = [read_text(json.dumps(own), format="json") for own in (one, two)]
    return checker.align(texts[0], texts[1], languages=("en", "de"))


def joined(alignment: Alignment) -> set[tuple[str | None, str | None]]:
    """The keys on either side of each paragraph link."""
    one, two = (document.paragraphs for document in alignment.documents)
    return {
        (
            one[link.source[0]].key if link.source else None,
            two[link.target[0]].key if link.target else None,
        )
        for link in alignment.paragraphs
    }


def test_order_is_no_matter(checker: Checker) -> None:
    turned = dict(reversed(SOURCE.items()))
    assert joined(aligned(checker, SOURCE, turned)) == {(key, key) for key in SOURCE}


def test_a_key_that_one_lacks_is_alone(checker: Checker) -> None:
    other = {key: text for key, text in SOURCE.items() if key != "quit"} | {"new": "Another harbour opens."}
    alignment = aligned(checker, SOURCE, other)
    assert joined(alignment) == {
        ("save", "save"),
        ("open", "open"),
        ("dash", "dash"),
        ("quit", None),
        (None, "new"),
    }
    assert {link.confidence for link in alignment.sentences if link.similarity is None} == {1.0}
    assert alignment.relatedness == 1.0


def test_a_string_without_a_word_is_no_missing_one(checker: Checker) -> None:
    alignment = aligned(checker, SOURCE, SOURCE | {"dash": "—"})
    (null,) = (link for link in alignment.sentences if link.similarity is None)
    assert null.confidence == 0.0


def test_sentences_of_a_string_are_joined_one_by_one(checker: Checker) -> None:
    pairs = [link.sides for link in aligned(checker, SOURCE, SOURCE).sentences]
    assert pairs == [((i,), (i,)) for i in range(5)]


@given(st.permutations(list(SOURCE)), st.sets(st.sampled_from(sorted(SOURCE))), st.booleans())
def test_every_sentence_stands_in_one_link(order: list[str], gone: set[str], turn: bool) -> None:
    from conftest import FakeEncoder

    checker = Checker(encoder=FakeEncoder())
    other = {key: SOURCE[key] for key in order if key not in gone} | {
        "more": "The port is open. Ferries cross."
    }
    alignment = aligned(checker, *((other, SOURCE) if turn else (SOURCE, other)))
    for side, document in enumerate(alignment.documents):
        assert sorted(i for link in alignment.sentences for i in link.sides[side]) == list(
            range(len(document.sentences))
        )
    assert all(one == two or None in (one, two) for one, two in joined(alignment))
