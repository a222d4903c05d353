"""Facts of a text against those of its translation where words carry them: eras, nights, ordinals, shares;
names, negations and opposites of languages whose numbers are CLDR's."""

from __future__ import annotations

import pytest
from test_known_names import told
from test_times_and_measures import sorts

from mlcheck.facts import extract, poles
from mlcheck.facts.negation import negations, turns

SILENT = [
    (("en", "uk"), "Frost came on Thursday night.", "Мороз прийшов у ніч на п’ятницю."),
    (("en", "ru"), "It burnt down on the night of 31 March.", "Она сгорела в ночь на 1 апреля."),
    (("en", "de"), "Frost came on Thursday night.", "In der Nacht zum Freitag kam der Frost."),
    (("en", "es"), "Open from 4 to 7 in the evening.", "Abierto de 16.00 a 19.00."),
    (("en", "it"), "Open from 9 a.m. to 6:30 p.m.", "Aperto dalle 9 alle 18.30."),
    (("en", "ru"), "Closed from 10 p.m. to 6 a.m.", "Закрыто с 22 до 6 утра."),
    (("en", "zh"), "Dug in the 3rd century BC, mended in AD 60.", "挖于公元前3世纪,公元60年修缮。"),
    (("en", "fr"), "A coin of the 4th century BC.", "Une pièce du IVe siècle avant notre ère."),
    (("en", "it"), "A coin of the 4th century BC.", "Una moneta del IV secolo."),
    (("en", "pl"), "Her seventh novel came out.", "Ukazała się jej siódma powieść."),
    (("en", "de"), "Orders rose in Q3.", "Die Bestellungen stiegen im dritten Quartal."),
    (("en", "zh"), "Orders rose in Q3.", "第三季度订单增加。"),
    (
        ("en", "pl"),
        "A third was sold, a quarter was lost.",
        "Jedną trzecią sprzedano, jedna czwarta przepadła.",
    ),
    (("en", "uk"), "One in five farmers keeps bees.", "Кожен п’ятий фермер тримає бджіл."),
    (("en", "fa"), "It cost 3.4 billion tomans.", "سه میلیارد و ۴۰۰ میلیون تومان هزینه داشت."),
    (("en", "ar"), "It cost 1.2 billion dollars.", "بلغت الكلفة مليارا و200 مليون دولار."),
    (("en", "fr"), "Two million euros and 300 thousand francs.", "Deux millions d'euros et 300 000 francs."),
    (("en", "es"), "She lost by 0.14 seconds.", "Perdió por catorce centésimas de segundo."),
    (("en", "de"), "Twelve hundredths decided it.", "Zwölf Hundertstel gaben den Ausschlag."),
    (("en", "pl"), "Three fifths of the homes are empty.", "Trzy piąte domów stoi pustych."),
    (
        ("en", "pl"),
        "Two thirds came. It took 2.5 hours.",
        "Przyszły dwie trzecie. Trwało to dwie i pół godziny.",
    ),
    (
        ("en", "pt"),
        "Two thirds came; three rooms are free.",
        "Vieram dois terços; três quartos estão livres.",
    ),
    (("en", "pt"), "It took two and a half years.", "Levou dois anos e meio."),
    (("en", "kk"), "Two thirds came after 2.5 years.", "Екі жарым жылдан кейін үштен екісі келді."),
    (("en", "kk"), "A fifth of the seats are free.", "Орындардың бестен бірі бос."),
    (("en", "ko"), "The mill closed in June.", "방앗간은 6월에 문을 닫았다."),
    (("en", "ko"), "It sails on June 12.", "배는 6월 12일에 출항한다."),
    (("en", "ru"), "In the third quarter and in six months.", "В третьем квартале и в первой половине года."),
    (("en", "ja"), "The mill was built in 1962.", "水車小屋は昭和37年に建てられた。"),
    (("en", "he"), "It sails on Sunday.", "היא תפליג ביום ראשון."),
    (("en", "he"), "From 8 to 9 March 2023.", "בין 8 ל־9 במרץ 2023."),
    (("en", "uk"), "It leaves at twenty to five in the morning.", "Він вирушає за двадцять п’ята ранку."),
    (("en", "ru"), "Add 225 grams of butter.", "Добавьте 225 г масла."),
    (("en", "ru"), "The fuse is rated at 12 V. Nobody knows.", "Предохранитель на 12 В. Никто не знает."),
    (("pl", "kk"), "Młyn otwarto w styczniu.", "Диірмен қаңтарда ашылды."),
    (("en", "kk"), "Four villages lost their mill in August.", "Тамызда төрт ауыл диірменінен айырылды."),
]
DIFFERENT = [
    (("en", "uk"), "Frost came on Thursday night.", "Мороз прийшов у ніч на суботу."),
    (("en", "es"), "Open from 4 to 7 in the evening.", "Abierto de 15.00 a 19.00 horas."),
    (("en", "ru"), "A coin of the 4th century BC.", "Монета IV века н. э."),
    (("en", "zh"), "He died in 71 BC.", "他死于公元71年。"),
    (("en", "pl"), "Her seventh novel came out.", "Ukazała się jej ósma powieść."),
    (("en", "de"), "Orders rose in Q3.", "Die Bestellungen stiegen im vierten Quartal."),
    (("en", "es"), "Profit for the third quarter.", "El beneficio del segundo trimestre."),
    (("en", "ru"), "Output fell by a third.", "Выпуск сократился на четверть."),
    (("en", "uk"), "One in five farmers keeps bees.", "Кожен десятий фермер тримає бджіл."),
    (("en", "fa"), "It cost 3.4 billion tomans.", "سه میلیارد و ۵۰۰ میلیون تومان هزینه داشت."),
    (("en", "ja"), "The mill was built in 1962.", "水車小屋は昭和27年に建てられた。"),
    (("en", "he"), "It sails on 5 March.", "היא תפליג ב־5 במאי."),
    (("en", "ko"), "The mill closed in June.", "방앗간은 7월에 문을 닫았다."),
    (("en", "he"), "It sails on Sunday.", "היא תפליג ביום שני."),
    (("en", "kk"), "Four villages lost their mill.", "Үш ауыл диірменінен айырылды."),
    (("en", "pt"), "Eight boats lie in the bay.", "Seis barcos estão na baía."),
    (("pl", "kk"), "Młyn otwarto w styczniu.", "Диірмен ақпанда ашылды."),
]


@pytest.mark.parametrize(("languages", "source", "target"), SILENT)
def test_the_same_in_other_words_is_silent_both_ways(
    languages: tuple[str, str], source: str, target: str
) -> None:
    assert sorts(source, target, languages) == set()
    assert sorts(target, source, languages[::-1]) == set()


@pytest.mark.parametrize(("languages", "source", "target"), DIFFERENT)
def test_what_differs_is_told_both_ways(languages: tuple[str, str], source: str, target: str) -> None:
    assert "different" in sorts(source, target, languages)
    assert "different" in sorts(target, source, languages[::-1])


def test_first_and_second_are_set_against_nothing() -> None:
    assert sorts("At first he waited.", "Во-вторых, второй ждал.", ("en", "ru")) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "an ad for BC Lions"), ("de", "n. Chr. ohne Zahl, ganz weit von jeder"), ("tr", "MÖ kulübü")],
)
def test_a_mark_of_the_era_stands_beside_figures(language: str, text: str) -> None:
    assert [fact for fact in extract(text, language) if fact.kind == "period"] == []


# Names


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (("en", "pl"), "A Dutch ferry called at Berlin.", "Holenderski prom dopłynął do Berlina."),
        (("en", "ko"), "South Korea sent a ferry to Norway.", "한국이 노르웨이에 여객선을 보냈다."),
        (("en", "ar"), "The Tunisian engineer left.", "غادر المهندس التونسي."),
        (("en", "pt"), "The Spanish ferry left for Germany.", "A balsa espanhola partiu para a Alemanha."),
        (("en", "kk"), "The train left Shymkent.", "Пойыз Шымкенттен шықты."),
    ],
)
def test_names_in_the_forms_of_a_language(languages: tuple[str, str], source: str, target: str) -> None:
    assert told(languages, (source, target)) == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "pair"),
    [
        (("en", "pl"), "The Dutch ferry is late.", "Belgijski prom jest spóźniony.", ("Dutch", "Belgijski")),
        (("en", "ko"), "Norway sent a ferry.", "스웨덴이 여객선을 보냈다.", ("Norway", "스웨덴")),
        (("en", "ar"), "The Tunisian engineer left.", "غادر المهندس المصري.", ("Tunisian", "المصري")),
        (("en", "pt"), "The Spanish ferry left.", "A balsa francesa partiu.", ("Spanish", "francesa")),
    ],
)
def test_another_state(languages: tuple[str, str], source: str, target: str, pair: tuple[str, str]) -> None:
    assert told(languages, (source, target)) == [pair]


# Negations and opposites


@pytest.mark.parametrize(
    ("language", "text", "strong"),
    [
        ("pl", "Nie tylko młyn, bez wątpienia.", []),
        ("pl", "Nikt nie przyszedł.", ["nie"]),
        ("pt", "A balsa não partiu.", ["não"]),
        ("pt", "não só a balsa", []),
        ("ko", "배가 떠나지 않았다.", ["지 않"]),
        ("ko", "기다릴 수밖에 없다.", []),
        ("he", "הוא אמר שלא יבוא", ["שלא"]),
        ("he", "לא רק המעבורת", []),
        ("fa", "قایق نمی‌رود", ["نمی"]),
        ("kk", "Ол келген емес.", ["емес"]),
    ],
)
def test_negations(language: str, text: str, strong: list[str]) -> None:
    assert [fact.text for fact in negations(text, language) if not fact.weak] == strong


@pytest.mark.parametrize("text", ["Кеме келмеді.", "Кеме келмейді.", "Ол бармаған.", "Қол тигізбеңіз"])
def test_a_kazakh_verb_negates_by_its_ending(text: str) -> None:
    assert [fact.weak for fact in negations(text, "kk")] == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "l'ingresso è gratuito"),
        ("ru", "вход бесплатный"),
        ("ko", "입장은 무료다"),
        ("pl", "wstęp bezpłatny"),
    ],
)
def test_what_is_free_may_say_nothing(language: str, text: str) -> None:
    assert turns(text, language)


@pytest.mark.parametrize(
    ("language", "one", "other", "group"),
    [
        ("pl", "ceny wzrosły", "ceny spadły", "up"),
        ("pl", "co najmniej dwie", "najwyżej dwie", "maximum/minimum"),
        ("pt", "o conselho aprovou", "o conselho rejeitou", "accept"),
        ("ko", "요금이 인상됐다", "요금이 인하됐다", "up"),
        ("he", "בית המשפט קיבל", "בית המשפט דחה", "accept"),
        ("kk", "бағасы өсті", "бағасы төмендеді", "up"),
        ("fa", "حداکثر ده", "حداقل ده", "maximum/minimum"),
        ("es", "confirmó la condena", "anuló la condena", "uphold/overturn"),
    ],
)
def test_opposites(language: str, one: str, other: str, group: str) -> None:
    sides = [
        {side for pole in poles(text, language) for name, side in pole.meanings if name == group}
        for text in (one, other)
    ]
    assert sorted(map(sorted, sides)) == [[0], [1]]
