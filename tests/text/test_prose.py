"""What of a text is prose."""

from __future__ import annotations

import pytest
from conftest import seconds

from mlcheck.text import GAP, only_prose


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Подробнее: https://example.org/the-plan?a=1", "Подробнее:"),
        ("请写信至 press@council.example.org。", "请写信至 。"),
        ("اكتبوا إلى info@example.org أو @council", "اكتبوا إلى أو"),
        ("Siehe `apt-get install x` und <code>ls -l</code>.", "Siehe und ."),
        ("## Исследования { #investigation }", "## Исследования"),
        ("{{< figure caption=\"A ferry in the bay\" >}} Паром", "Паром"),
        ("{% highlight ruby %} Код", "Код"),
        ("Merhaba {name}, %s ve %(day)s", "Merhaba , ve"),
        ("![Паром](/assets/the_ferry.png)", "![Паром]"),
        ("[користувач](https://github.com/a/b)", "[користувач]"),
        ("[GitHub Releases](https://github.com/a/b) 见此", "见此"),
        ("Voir docs/en/install.md et app.example.com", "Voir et"),
        ("libfoo-bar-perl: Broken with Array#max and my_function", ": Broken with and"),
        ("#marketday @bellmore 🎉 Праздник", "🎉 Праздник"),
        ("<b>Ferries</b> &amp; lorries", "Ferries lorries"),
        ("© 2024 Lisna Port Authority. All rights reserved.", ""),
        ("This work is licensed under CC BY 4.0.", ""),
        ("— Stephanie Zvan, \"So You've Got Yourself a Policy\"", ""),
        ("<<<<<<< HEAD\nПаромы", "Паромы"),
    ],
)  # fmt: skip
def test_what_is_no_prose_is_blanked(text: str, prose: str) -> None:
    left = only_prose(text)
    assert len(left) == len(text)
    assert " ".join(left.replace(GAP, " ").split()) == prose


@pytest.mark.parametrize(
    "text",
    [
        "Ferries cross the bay again, the port authority said.",
        "— Я вас слышу, — сказал капитан.",
        "Die Anleger – lange gesperrt – sind offen; die Karten gelten.",
        "风暴前购买的船票在秋天之前仍然有效。",
        "قالت هيئة الميناء إن العبارات ستعبر الخليج.",
        "Le maire l'a dit : c'est fini.",
        "He said (and meant it) that well-known names stay.",
    ],
)
def test_prose_stays(text: str) -> None:
    assert only_prose(text) == text


def test_what_goes_on_without_a_space_is_no_prose() -> None:
    blob = "QWxsIHNo." * 300
    prose = only_prose(f"Der Rat tagte. {blob} Er kommt wieder.").replace(GAP, "")
    assert prose == "Der Rat tagte.  Er kommt wieder."
    assert seconds(lambda: only_prose("a." * 50_000)) < 1
