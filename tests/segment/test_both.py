"""Furniture is decided for both versions together."""

from __future__ import annotations

import pytest
from conftest import seconds

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


@pytest.mark.parametrize("unit", ["7", "-", "a@", "x.", "x-y."])
def test_a_line_without_a_space_takes_time_with_its_length(unit: str) -> None:
    def taken(length: int) -> float:
        line = unit * (length // len(unit))
        texts = [
            read_text(f"The council met on Tuesday.\n\n{line}\n", name="a"),
            read_text(f"Der Rat tagte am Dienstag.\n\n{line}\n", name="b"),
        ]
        return seconds(lambda: segment_pair(texts, ("en", "de")))

    # Eight times the text; with the square of it, sixty-four times the time.
    assert taken(40_000) < 30 * max(taken(5_000), 0.01)


def test_many_lines_of_furniture_take_time_with_their_number() -> None:
    def taken(count: int) -> float:
        english = "\n\n".join(["The council met on Tuesday."] + ["2024"] * count)
        german = "\n\n".join(["Der Rat tagte am Dienstag."] + ["2025"] * count)
        texts = [read_text(english, name="a"), read_text(german, name="b")]
        return seconds(lambda: segment_pair(texts, ("en", "de")))

    assert taken(1200) < 30 * max(taken(150), 0.01)
