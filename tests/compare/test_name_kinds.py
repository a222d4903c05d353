"""What is no name in another's place: nouns, offices, short forms, acronyms, and what tables know as one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from mlcheck.compare.known_names import KnownNames
from mlcheck.compare.name_kinds import may_be_exchanged
from mlcheck.data import Alignment


def may(languages: tuple[str, str], source: tuple[str, str], target: tuple[str, str]) -> bool:
    """May a word of a sentence be exchanged for one of the other? A side is a sentence and a word of it."""
    sides: list[Any] = [
        SimpleNamespace(language=language, sentences=[SimpleNamespace(text=text)])
        for language, (text, _) in zip(languages, (source, target), strict=True)
    ]
    link = SimpleNamespace(source=(0,), target=(0,), sides=((0,), (0,)))
    alignment = cast(Alignment, SimpleNamespace(documents=tuple(sides), sentences=[link]))
    one, two = ((0, text.index(word), text.index(word) + len(word)) for text, word in (source, target))
    return may_be_exchanged(alignment, KnownNames(alignment), one, two)


NOT = [
    pytest.param(
        ("en", "ru"),
        ("In court Guliyeva denied it.", "Guliyeva"),
        ("В суде женщине отказали.", "женщине"),
        id="a noun for a person",
    ),
    pytest.param(
        ("en", "ru"),
        ("The minister came on Monday.", "minister"),
        ("Байрамов приехал в понедельник.", "Байрамов"),
        id="a person for an office",
    ),
    pytest.param(
        ("en", "ru"),
        ("The Channel Islands agreed.", "Channel"),
        ("Согласились на Нормандских островах.", "Нормандских"),
        id="a common word in the name of a place",
    ),
    pytest.param(
        ("en", "de"),
        ("President Ilham Aliyev spoke.", "Ilham"),
        ("Im Gespräch mit Blinken sprach Aliyev.", "Blinken"),
        id="a first name, where the surname is opposite",
    ),
    pytest.param(
        ("de", "fr"),
        ("Er sprach mit der Ampel in Berlin.", "Ampel"),
        ("Il a parlé à Berlin avec le SPD.", "SPD"),
        id="an acronym for a word",
    ),
    pytest.param(
        ("tr", "en"),
        ("Toplantıda Moskova konuştu.", "Moskova"),
        ("At the meeting Russia spoke.", "Russia"),
        id="a state for its capital",
    ),
    pytest.param(
        ("en", "az"),
        ("They met in (1653) again.", "1653"),
        ("Onlar Biqadiçdə görüşüblər.", "Biqadiçdə"),
        id="a figure for a name",
    ),
]


@pytest.mark.parametrize(("languages", "source", "target"), NOT)
def test_what_is_no_exchange_is_none_either_way(
    languages: tuple[str, str], source: tuple[str, str], target: tuple[str, str]
) -> None:
    assert not may(languages, source, target)
    assert not may(languages[::-1], target, source)


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (("en", "ru"), ("He met Lavrov there.", "Lavrov"), ("Там он встретил Таяни.", "Таяни")),
        (
            ("en", "ru"),
            ("President Ilham Aliyev spoke.", "Ilham"),
            ("Говорил президент Гейдар Алиев.", "Гейдар"),
        ),
        (("en", "zh"), ("He met Lavrov there.", "Lavrov"), ("他在那里会见了塔亚尼。", "塔亚尼")),
        (("fr", "tr"), ("Il y a vu Lavrov.", "Lavrov"), ("Orada Tajani'yi gördü.", "Tajani")),
    ],
)
def test_two_names_may_be_exchanged(
    languages: tuple[str, str], source: tuple[str, str], target: tuple[str, str]
) -> None:
    assert may(languages, source, target)
    assert may(languages[::-1], target, source)
