"""What is said to be nowhere in a text is nowhere in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mlcheck.compare.elsewhere import Elsewhere
from mlcheck.facts import extract
from mlcheck.read import read_text
from mlcheck.segment import segment

PROSE = "The president has received the head of the union. Both spoke of the exhibition and its visitors."


@pytest.mark.parametrize(
    ("line", "there"),
    [("BAKU, Azerbaijan, Dec. 3", True), ("Updated: December 3, 2019, 17:40", True), ("Our region", False)],
)
def test_a_date_of_a_line_that_is_not_compared(line: str, there: bool) -> None:
    document = segment(read_text(f"{line}\n\n{PROSE}\n\n{PROSE}"), "en")
    first, *rest = document.paragraphs
    document = replace(
        document,
        paragraphs=(replace(first, role="furniture"), *rest),
        sentences=tuple(s for s in document.sentences if s.paragraph),
    )
    facts = [extract(sentence.text, "en") for sentence in document.sentences]
    (day,) = (fact for fact in extract("3 декабря президент принял гостя.", "ru") if fact.kind == "date")
    assert Elsewhere(document, facts).has(day) is there
