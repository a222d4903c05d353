"""Furniture is decided for both versions together."""

from __future__ import annotations

import pytest

from mlcheck.read import read_text
from mlcheck.segment import segment_pair

EN = "The council of the town met on Tuesday.\n\nIt will return to the question in the autumn.\n\n{}\n\nThe mayor thanked all.\n"  # noqa: E501
OTHER = {
    "ru": "Городской совет собрался во вторник.\n\nК этому вопросу он вернётся осенью.\n\n{}\n\nМэр поблагодарил всех.\n",  # noqa: E501
    "zh": "市议会周二开会讨论这个问题。\n\n市议会将在秋天再次讨论。\n\n{}\n\n市长感谢了所有的人。\n",
    "ar": "اجتمع مجلس المدينة يوم الثلاثاء.\n\nسيعود إلى المسألة في الخريف.\n\n{}\n\nشكر رئيس البلدية الجميع.\n",  # noqa: E501
    "tr": "Belediye meclisi salı günü toplandı.\n\nKonuya sonbaharda dönecek.\n\n{}\n\nBaşkan herkese teşekkür etti.\n",  # noqa: E501
}


def looks(paragraph: object) -> bool:
    return paragraph.role == "furniture" or paragraph.doubtful  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("ru", "Мы в сети: facebook.com/bellmore.council, @bellmore"),
        ("zh", "在此关注：facebook.com/bellmore.council、@bellmore"),
        ("ar", "صفحتنا: facebook.com/bellmore.council، @bellmore"),
        ("tr", "Sayfamız: facebook.com/bellmore.council, @bellmore"),
    ],
)
def test_a_line_is_furniture_where_its_counterpart_is(code: str, line: str) -> None:
    english = EN.format("Follow us: facebook.com/bellmore.council, @bellmore")
    texts = [read_text(english, name="a"), read_text(OTHER[code].format(line), name="b")]
    for pair, languages in ((texts, ("en", code)), (texts[::-1], (code, "en"))):
        assert [looks(document.paragraphs[2]) for document in segment_pair(pair, languages)] == [True, True]


@pytest.mark.parametrize("code", OTHER)
def test_a_line_with_other_addresses_stays_text(code: str) -> None:
    english = EN.format("Follow us: facebook.com/bellmore.council, @bellmore")
    other = OTHER[code].format("www.plan.example.org: 12.")
    one, two = segment_pair([read_text(english, name="a"), read_text(other, name="b")], ("en", code))
    assert looks(one.paragraphs[2])
    assert not looks(two.paragraphs[2])
