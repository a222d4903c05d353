"""Forty segments, half labels and half prose, in two pairs of languages: faithful ones are silent, and what
is planted is told where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from mlcheck.data import Report
from mlcheck.pipeline import Checker

pytestmark = pytest.mark.model

ROWS = (
    ("OK", "ОК", "OK"),
    ("Save as…", "Сохранить как…", "Speichern unter…"),
    ("&File", "&Файл", "&Datei"),
    ("Cancel", "Отмена", "Abbrechen"),
    ("Delete", "Удалить", "Löschen"),
    ("Settings", "Настройки", "Einstellungen"),
    ("Sign in", "Войти", "Anmelden"),
    ("Sign out", "Выйти", "Abmelden"),
    ("Wi-Fi", "Wi-Fi", "WLAN"),
    ("Bluetooth", "Bluetooth", "Bluetooth"),
    ("Google Drive", "Google Drive", "Google Drive"),
    ("USB-C", "USB-C", "USB-C"),
    ("No files found", "Файлы не найдены", "Keine Dateien gefunden"),
    ("{count} items selected", "Выбрано элементов: {count}", "{count} Elemente ausgewählt"),
    ("Copy link", "Копировать ссылку", "Link kopieren"),
    ("Undo", "Отменить", "Rückgängig"),
    ("Logged out", "Не авторизован", "Abgemeldet"),
    ("Enter your password", "Введите пароль", "Geben Sie Ihr Passwort ein"),
    ("Page %1$d of %2$d", "Страница %1$d из %2$d", "Seite %1$d von %2$d"),
    ("Cancel", "Отмена", "Abbrechen"),
    ("View on site", "Смотреть на сайте", "Auf der Website anzeigen"),
    ("Hidden field", "Скрытое поле", "Verstecktes Feld"),
    (
        "Ferry services between the two islands resumed on Monday after a three-day storm.",
        "Паромное сообщение между двумя островами возобновилось в понедельник после трёхдневного шторма.",
        (
            "Der Fährverkehr zwischen den beiden Inseln wurde am Montag nach einem dreitägigen Sturm "
            "wieder aufgenommen."
        ),
    ),
    (
        "The museum will open its new wing on 14 May 2025.",
        "Музей откроет новое крыло 14 мая 2025 года.",
        "Das Museum eröffnet seinen neuen Flügel am 14. Mai 2025.",
    ),
    (
        "Repairs will cost 4.2 million crowns, the port director said.",
        "Ремонт обойдётся в 4,2 миллиона крон, сообщил директор порта.",
        "Die Reparaturen werden 4,2 Millionen Kronen kosten, sagte der Hafendirektor.",
    ),
    (
        "Applications must be submitted by 30 June. Late applications will not be considered.",
        "Заявки необходимо подать до 30 июня. Поздние заявки рассматриваться не будут.",
        "Anträge sind bis zum 30. Juni einzureichen. Verspätete Anträge werden nicht berücksichtigt.",
    ),
    (
        "Your subscription renews automatically every month unless you cancel it.",
        "Подписка продлевается автоматически каждый месяц, если вы её не отмените.",
        "Ihr Abonnement verlängert sich jeden Monat automatisch, sofern Sie es nicht kündigen.",
    ),
    (
        "Children under six travel free of charge.",
        "Дети до шести лет путешествуют бесплатно.",
        "Kinder unter sechs Jahren reisen kostenlos.",
    ),
    (
        (
            "We use cookies to improve our website. You can change your choice at any time. Read more "
            "in our privacy policy."
        ),
        (
            "Мы используем файлы cookie, чтобы улучшить наш сайт. Вы можете изменить свой выбор в любое "
            "время. Подробнее читайте в нашей политике конфиденциальности."
        ),
        (
            "Wir verwenden Cookies, um unsere Website zu verbessern. Sie können Ihre Auswahl jederzeit "
            "ändern. Mehr dazu in unserer Datenschutzerklärung."
        ),
    ),
    (
        "Do not place the heater near curtains or other flammable materials.",
        "Не ставьте обогреватель рядом с занавесками и другими легковоспламеняющимися материалами.",
        "Stellen Sie das Heizgerät nicht in die Nähe von Vorhängen oder anderen brennbaren Materialien.",
    ),
    (
        "The library holds more than 200,000 volumes, many of them rare.",
        "В библиотеке хранится более 200 000 томов, многие из которых редкие.",
        "Die Bibliothek besitzt mehr als 200.000 Bände, viele davon selten.",
    ),
    (
        "Tickets can be bought online or at the box office.",
        "Билеты можно купить онлайн или в кассе.",
        "Karten sind online oder an der Abendkasse erhältlich.",
    ),
    (
        "The mayor thanked the volunteers for their work.",
        "Мэр поблагодарил волонтёров за их работу.",
        "Der Bürgermeister dankte den Freiwilligen für ihre Arbeit.",
    ),
    (
        "Press and hold the power button for five seconds.",
        "Нажмите и удерживайте кнопку питания пять секунд.",
        "Halten Sie die Ein-/Aus-Taste fünf Sekunden lang gedrückt.",
    ),
    (
        "The battery lasts up to 12 hours.",
        "Аккумулятор работает до 12 часов.",
        "Der Akku hält bis zu 12 Stunden.",
    ),
    (
        "The road is closed because of snow.",
        "Дорога закрыта из-за снега.",
        "Die Straße ist wegen Schnee gesperrt.",
    ),
    ("All prices include VAT.", "Все цены указаны с учётом НДС.", "Alle Preise inkl. MwSt."),
    ("Store in a cool, dry place.", "Хранить в сухом прохладном месте.", "Kühl und trocken lagern."),
    (
        "Anna Berg has led the company since 2019.",
        "Анна Берг руководит компанией с 2019 года.",
        "Anna Berg leitet das Unternehmen seit 2019.",
    ),
    (
        "The concert was postponed until autumn.",
        "Концерт перенесли на осень.",
        "Das Konzert wurde auf den Herbst verschoben.",
    ),
)
"""English, Russian, German."""

SILENT = ("info",)


def checked(checker: Checker, path: Path, pairs: Sequence[tuple[str, str]], language: str) -> Report:
    units = "\n".join(
        f'<trans-unit id="{n}"><source>{escape(one)}</source>'
        f'<target state="translated">{escape(two)}</target></trans-unit>'
        for n, (one, two) in enumerate(pairs, 1)
    )
    path.write_text(
        '<?xml version="1.0"?><xliff version="1.2"><file original="a" source-language="en" '
        f'target-language="{language}"><body>\n{units}\n</body></file></xliff>',
        encoding="utf-8",
    )
    return checker.check(path, path)


def told(report: Report) -> dict[str, str]:
    """The rule that speaks of each segment, warnings and errors alone."""
    found = {}
    for finding in report.findings:
        place = finding.source or finding.target
        if finding.severity not in SILENT and place is not None and place.segment is not None:
            found[place.segment] = finding.rule
    return found


@pytest.mark.parametrize(("side", "language"), [(1, "ru"), (2, "de")])
def test_faithful_segments_are_silent(
    real_checker: Checker, tmp_path: Path, side: int, language: str
) -> None:
    report = checked(real_checker, tmp_path / "a.xlf", [(row[0], row[side]) for row in ROWS], language)
    assert told(report) == {}
    assert report.verdict == "consistent"


def test_planted_flaws_are_told_where_they_stand(real_checker: Checker, tmp_path: Path) -> None:
    pairs = [(row[0], row[2]) for row in ROWS]

    def change(number: int, old: str, new: str) -> None:
        one, two = pairs[number - 1]
        assert old in two
        pairs[number - 1] = one, two.replace(old, new)

    change(24, "14.", "17.")
    change(25, "4,2", "2,4")
    change(26, " Verspätete Anträge werden nicht berücksichtigt.", "")
    pairs[26] = pairs[26][0], ""
    pairs[27] = pairs[27][0], pairs[27][0]
    change(29, " Sie können Ihre Auswahl jederzeit ändern.", "")
    change(30, " nicht in", " in")
    pairs[32], pairs[33] = (pairs[32][0], pairs[33][1]), (pairs[33][0], pairs[32][1])
    pairs[35] = pairs[35][0], pairs[30][1]
    change(39, "Anna Berg", "Eva Lind")
    report = checked(real_checker, tmp_path / "a.xlf", pairs, "de")
    found = told(report)
    assert set(found) == {"24", "25", "26", "27", "28", "29", "30", "33", "34", "36", "39"}
    assert found["27"] == "missing-paragraph"
    assert found["28"] == "untranslated"
    assert found["26"] == found["29"] == "missing-sentence"
    assert found["33"] == found["34"] == found["36"] == "divergent-passage"
    assert report.verdict == "inconsistent"
    (lost,) = (finding for finding in report.findings if finding.source and finding.source.segment == "27")
    assert lost.message == "Segment 27 has no counterpart in the German version"
    assert lost.source is not None
    assert lost.source.line == 28


def test_a_file_of_wrong_segments_is_not_unrelated(real_checker: Checker, tmp_path: Path) -> None:
    prose = [row for row in ROWS if len(row[0]) > 40]
    pairs = [(one[0], two[2]) for one, two in zip(prose, [*prose[1:], prose[0]], strict=True)]
    report = checked(real_checker, tmp_path / "a.xlf", pairs, "de")
    assert report.verdict == "inconsistent"
    assert set(told(report).values()) == {"divergent-passage"}
    assert len(told(report)) == len(pairs)
