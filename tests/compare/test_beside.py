"""What a link lacks may stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mlcheck.compare import rest_is_beside
from mlcheck.data import Alignment, Encoded, EncoderId, Link
from mlcheck.read import read_text
from mlcheck.segment import segment

ENCODER = EncoderId(name="none", revision="1", sha256="0" * 64)
MEANINGS = np.eye(6, dtype=np.float32)
"""What sentences may say; a row of numbers is how much of each."""


def encoded(text: str, language: str, says: Sequence[Sequence[float]]) -> Encoded:
    document = segment(read_text(text), language)
    vectors = np.array(says, np.float32) @ MEANINGS[: len(says[0])]
    assert len(document.sentences) == len(vectors)
    return Encoded(
        document=document,
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        encoder=ENCODER,
    )


def aligned(one: Encoded, two: Encoded) -> Alignment:
    links = tuple(
        Link(source=(i,), target=(i,), similarity=0.5, divergence=0.9, wrong=0.1)
        for i in range(len(one.document.sentences))
    )
    return Alignment(source=one, target=two, sentences=links, paragraphs=(), relatedness=1.0)


SOURCE = (
    "Shows the list of all the parts. Starts a part when it is selected, quietly. Its questions are rare."
)
TARGET = "Zeigt die Liste aller Teile. Startet einen Teil nach der Wahl. Leise, und Fragen sind selten."


@pytest.mark.parametrize(
    ("target", "divided", "expected"),
    [
        # The second sentence of the source is in the second and the third of the target.
        (TARGET, [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0.9]], True),
        # In its place is something else.
        (TARGET, [[1, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1]], False),
        # The rest is in another paragraph, which is not beside it.
        (TARGET.replace("Leise", "\n\nLeise"), [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0.9]], False),
    ],
)
def test_the_rest_may_be_in_the_next_sentence(
    target: str, divided: list[list[float]], expected: bool
) -> None:
    width = max(map(len, divided))
    source = [[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
    one, two = (
        encoded(text, language, [[*row, *[0] * (width - len(row))] for row in says])
        for text, language, says in ((SOURCE, "en", source), (target, "de", divided))
    )
    alignment = aligned(one, two)
    assert rest_is_beside(alignment, alignment.sentences[1]) is expected
