"""langdetect's profiles, read in another way: what they say of a text is the same to the last digit."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mlcheck.segment.profiles import load_factory

TEXTS = [
    "The ferry will cross the bay again on Sunday.",
    "В воскресенье паромы снова пойдут через залив.",
    "Жексенбіде паромдар қайтадан шығанақты кесіп өтеді.",
    "Am Sonntag fahren wieder Fähren über die Bucht.",
    "风暴损坏北码头三周后，渡轮将于周日恢复横渡海湾。",
    "フェリーは日曜日に再び湾を渡ります。",
    "a",
    "Ja. Да. 是。",
]


@pytest.fixture(scope="module")
def theirs() -> Any:
    from langdetect import detector_factory

    detector_factory.init_factory()
    return detector_factory._factory


def test_the_languages_stand_in_their_order(theirs: Any) -> None:
    assert load_factory().langlist == theirs.langlist


def test_each_n_gram_is_as_likely(theirs: Any) -> None:
    ours = load_factory().word_lang_prob_map
    grams = sorted(theirs.word_lang_prob_map)
    for gram in [*random.Random(1).sample(grams, 3000), *(g for g in grams if len(g) > 3)]:
        assert gram in ours
        assert ours[gram] == theirs.word_lang_prob_map[gram]
        assert ours[gram] == theirs.word_lang_prob_map[gram]
    for gram in ("", "\ue000", "qqq§"):
        assert (gram in ours) == (gram in theirs.word_lang_prob_map)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_of_the_same_languages(theirs: Any, text: str) -> None:
    found = []
    for factory in (load_factory(), theirs):
        detector = factory.create()
        detector.seed = 0
        detector.append(text)
        found.append([(item.lang, item.prob) for item in detector.get_probabilities()])
    assert found[0] == found[1]
    assert found[0]
