"""Sentences: where no cut may be, where one must be, and what holds for any text."""

from __future__ import annotations

import pytest
from conftest import seconds
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlcheck.segment.sentences import common_words, sentence_spans

# One sentence each: nothing in it may be taken for its end.
WHOLE = [
    ("en", "Mr. Smith met Dr. Jones."),
    ("en", "J. R. R. Tolkien wrote it."),
    ("en", "The U.S. Congress met."),
    ("en", "The company, Acme Inc. of Ohio, sold it."),
    ("en", "It is No. 5 in the list."),
    ("en", "He left at 5 p.m. Monday after talks."),
    ("en", "The meeting starts at 9 a.m. on Friday."),
    ("en", "The court in The Hague ruled."),
    ("en", "By the time I started there were three of us."),
    ("en", "Nobody in the whole office knew what I wanted"),
    ("ru", "Дж. Буш и Дж. Р. Р. Толкин никогда не встречались."),
    ("en", "The paper quoted A Tale of Two Cities."),
    ("ru", "И. И. Иванов приехал в г. Москву."),
    ("ru", "Цена выросла до 5 млн руб. в год."),
    ("ru", "«Да!» — сказал он."),
    ("ru", "Решение Международного суда ООН вступило в силу."),
    ("ru", "В 2020 г. завод закрыли."),
    ("az", "İ. Əliyev Bakıda çıxış etdi."),
    ("az", "Mərasim 3. Mikrorayonda oldu."),
    ("az", "Prof. Həsənov danışdı."),
    ("de", "Die 3. Runde beginnt am 5. Mai in Köln."),
    ("de", "Das kostet z. B. 5 Euro."),
    ("de", "Dr. Müller und Hr. Schmidt kamen."),
    ("de", "Die Bedingungen finden Sie in der Anleitung."),
    ("de", "Es kann sinnvoll sein, dass Sie mehrere Dateien anlegen."),
    ("ru", "Сообщаем о том, что Вы приняты на работу."),
    ("fr", "M. Dupont a parlé à Mme. Durand."),
    ("fr", "La Corée du Sud est un pays."),
    ("fr", "La Cour de cassation a rejeté le pourvoi de la Corée du Nord."),
    ("es", "El Sr. García llegó a EE. UU. ayer."),
    ("it", "Il Sig. Rossi è arrivato."),
    ("uk", "У 2020 р. завод закрили."),
    ("uk", "На вул. Хрещатик відкрили музей."),
    ("uk", "І. Франко народився тут."),
    ("tr", "Doç. Dr. Yılmaz konuştu."),
    ("tr", "3. Köprü açıldı."),
    ("ja", "「時間がない。」と彼は言った。"),
    ("ja", "彼は「来た」。"),
    ("th", "ฝนตก ลมแรง"),
]

# `|` is where the cuts must be.
CUT = [
    ("en", "It rained.| It stopped!| Did it?"),
    ("en", "“It works.| We tried.| It is good,” she said.| He agreed."),
    ("en", 'He asked: "Why?"| Nobody answered.'),
    ("en", "It was him and I.| We went."),
    ("en", "Council agrees on budget| The council met on Monday."),
    ("ru", "«Мы придем.| Мы победим.| Мы останемся», — сказал он.| Зал молчал."),
    ("ru", "Совет принял бюджет на год| В понедельник совет собрался."),
    ("az", "İ. Əliyev Bakıda çıxış etdi.| O, təşəkkür etdi."),
    ("de", "„Wir gehen.| Wir bleiben nicht“, sagte er.| Sie blieb."),
    ("fr", "« On a de l'eau.| On travaille », dit-il.| Il sourit."),
    ("es", "¿Quién viene?| Nadie lo sabe."),
    ("es", "«Vamos.| No hay tiempo», dijo.| Se fue."),
    ("it", "Il Sig. Rossi è arrivato.| Nessuno parlava."),
    ("uk", "У 2020 р. завод закрили.| Робітники пішли."),
    ("tr", "“Geldik.| Gördük.” dedi.| Gitti."),
    ("zh", "今天下雨。|明天晴天！|后天呢？"),
    ("zh", "他说：“我来了。|我看见了。”|然后他走了。"),
    ("ja", "雨が降った。|風も吹いた。"),
    ("ja", "「行こう。|時間がない。」と彼は言った。|皆が笑った。"),
    ("ko", "비가 왔다.| 바람도 불었다."),
    ("ar", "وصل الوزير أمس.| هل يبقى؟| لا أحد يعرف."),
    ("hi", "वह आया।| वह गया।"),
    ("ka", "გემი მოვიდა.| ის წავიდა.| ხვალ დაბრუნდება."),
    ("zz", "One here.| Two there."),
]

# Cuts that are still missing or too many.
FLAWED = [
    ("en", "The shop closes at 5 p.m.| She leaves then."),
    ("it", "L'on. Bianchi ha votato."),
]


def pieces(text: str, language: str, common: frozenset[str] = frozenset()) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language, common)]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_one_sentence_stays_one(language: str, text: str) -> None:
    assert pieces(text, language) == [text]


@pytest.mark.parametrize(("language", "marked"), CUT)
def test_sentences_are_cut(language: str, marked: str) -> None:
    wanted = [piece.strip() for piece in marked.split("|")]
    assert pieces(marked.replace("|", ""), language) == wanted


@pytest.mark.xfail(reason="neither the splitter nor the repairs know better")
@pytest.mark.parametrize(("language", "marked"), FLAWED)
def test_sentences_cut_wrongly(language: str, marked: str) -> None:
    test_sentences_are_cut(language, marked)


def test_common_words_are_short_frequent_and_in_lower_case() -> None:
    text = "The sea and the sky and the port and the Hague; Ann, Ann, Ann; water water water; of of"
    assert common_words(text) == {"and", "the"}


def test_addresses_and_code_are_no_common_words() -> None:
    text = (
        "irc.example.org irc.example.net ftp/irc me@irc.example.org `irc` <irc> # the sea, the sky, the port"
    )
    assert common_words(text) == {"the"}


@pytest.mark.parametrize(
    "text", ["Ask on the Debian IRC host first.", "Он спросил на канале IRC сообщества."]
)
def test_an_abbreviation_opens_no_sentence(text: str) -> None:
    assert pieces(text, "en", frozenset({"irc"})) == [text]


def test_common_words_of_the_document_open_a_sentence_that_no_list_knows() -> None:
    text = "Rada schválila rozpočet radnice Na schůzi přišlo mnoho lidí."
    assert pieces(text, "cs") == [text]
    assert pieces(text, "cs", frozenset({"na"})) == [
        "Rada schválila rozpočet radnice",
        "Na schůzi přišlo mnoho lidí.",
    ]


def test_a_stray_quotation_mark_does_not_glue_the_rest() -> None:
    assert pieces("He called it “a start. She left. Nobody spoke.", "en") == [
        "He called it “a start.",
        "She left.",
        "Nobody spoke.",
    ]


LANGUAGES = st.sampled_from(["en", "ru", "az", "de", "fr", "zh", "ja", "ar", "th", "zz", ""])
PIECES = st.lists(
    st.sampled_from(
        [
            "The ",
            "word ",
            "Word. ",
            "M. ",
            "3. ",
            "“",
            "”",
            "」",
            "。",
            "と",
            "! ",
            "…",
            " \n",
            "5 p.m. ",
            "—",
            "é",
        ]
    ),
    max_size=30,
).map("".join)


@settings(deadline=None)
@example(text="", language="en")
@example(text=" . ", language="en")
@example(text="a\u2028b. C", language="fr")
@given(text=st.text(max_size=120) | PIECES, language=LANGUAGES)
def test_spans_are_ordered_disjoint_and_leave_nothing_out(text: str, language: str) -> None:
    spans = sentence_spans(text, language, frozenset({"the"}))
    covered = 0
    for start, end in spans:
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["word ", "The Hague ", "A word. ", "M. ", "“Yes. ", "x", "。", ". ", "Nobody spoke\n"],
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    """Eight times the text in at most thirty times the time; squares would take sixty-four."""

    def taken(length: int) -> float:
        text = unit * (length // len(unit))
        return seconds(lambda: sentence_spans(text, "en", frozenset({"the"})))

    assert taken(400_000) < 30 * max(taken(50_000), 0.01)


@pytest.mark.parametrize("unit", ["word ", "a", "word,\n", "字", "a. b "])
def test_a_sentence_without_an_end_is_cut_where_a_word_ends(unit: str) -> None:
    text = "The bay: " + unit * (25_000 // len(unit)) + "end."
    spans = sentence_spans(text, "en")
    assert max(end - start for start, end in spans) <= 10_000
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    if unit == "word ":
        assert all(text[end - 1].isalpha() for _, end in spans[:-1])


def test_a_long_sentence_of_a_law_stays_one() -> None:
    text = "Whereas " + "the member states have agreed; and " * 250 + "this is so."
    assert len(text) > 8000
    assert sentence_spans(text, "en") == [(0, len(text))]
