"""`untranslated` on real vectors, in several scripts: what is no prose says nothing, and prose does."""

from __future__ import annotations

import pytest

from mlcheck.pipeline import Checker
from mlcheck.read import read_text

pytestmark = pytest.mark.model

EN = [
    "Ferries cross the bay again",
    "Ferries will cross the bay again on Sunday, the port authority said.",
    "A storm had damaged the northern pier three weeks before.",
    "Tickets bought before the storm stay valid until autumn.",
]
IN = {
    "ru": [
        "Паромы снова ходят через залив",
        "Паромы снова пойдут через залив в воскресенье, сообщило управление порта.",
        "За три недели до этого шторм повредил северный причал.",
        "Билеты, купленные до шторма, действительны до осени.",
    ],
    "de": [
        "Fähren überqueren wieder die Bucht",
        "Am Sonntag überqueren wieder Fähren die Bucht, sagte die Behörde des Hafens.",
        "Ein Sturm hatte drei Wochen vorher den nördlichen Anleger beschädigt.",
        "Vor dem Sturm gekaufte Fahrkarten bleiben bis zum Herbst gültig.",
    ],
    "zh": [
        "渡轮恢复横渡海湾",
        "港务局表示，渡轮将于周日恢复横渡海湾。",
        "三周前，一场风暴损坏了北码头。",
        "风暴前购买的船票在秋天之前仍然有效。",
    ],
    "ar": [
        "العبارات تعبر الخليج من جديد",
        "قالت هيئة الميناء إن العبارات ستعبر الخليج من جديد يوم الأحد.",
        "كانت عاصفة قد ألحقت أضرارا بالرصيف الشمالي قبل ثلاثة أسابيع.",
        "تبقى التذاكر المشتراة قبل العاصفة صالحة حتى الخريف.",
    ],
    "tr": [
        "Feribotlar körfezi yeniden geçiyor",
        "Liman idaresi, feribotların pazar günü körfezi yeniden geçeceğini söyledi.",
        "Üç hafta önce bir fırtına kuzey iskelesine zarar vermişti.",
        "Fırtınadan önce alınan biletler sonbahara kadar geçerlidir.",
    ],
    "az": [
        "Bərələr körfəzi yenidən keçir",
        "Liman idarəsi bildirib ki, bərələr bazar günü körfəzi yenidən keçəcək.",
        "Üç həftə əvvəl fırtına şimal körpüsünə ziyan vurmuşdu.",
        "Fırtınadan əvvəl alınmış biletlər payıza qədər etibarlıdır.",
    ],
}


def found(
    checker: Checker,
    source: list[str],
    target: list[str],
    languages: tuple[str | None, str | None] = (None, None),
    *,
    markdown: bool = False,
) -> list[tuple[str, list[int], list[int]]]:
    """Rule and paragraphs, counted from 1, of what is said, infos left out."""
    texts = [
        read_text("\n\n".join(text), name=name, markdown=markdown)
        for text, name in ((source, "source"), (target, "target"))
    ]
    report = checker.check(texts[0], texts[1], languages=languages)
    places = [(f.rule, f.source, f.target) for f in report.findings if f.severity != "info"]
    return [
        (rule, *([p + 1 for p in side.paragraphs] if side else [] for side in sides))  # type: ignore[misc]
        for rule, *sides in places
    ]


def with_line(texts: list[str], line: str) -> list[str]:
    return [*texts[:3], line, *texts[3:]]


@pytest.mark.parametrize(
    ("code", "english", "other"),
    [
        pytest.param(
            "ru",
            "More: https://www.port-authority.example.org/timetable-of-the-ferries/plan",
            "Подробнее: https://www.port-authority.example.org/timetable-of-the-ferries/plan",
            id="an address is no prose (Russian)",
        ),
        pytest.param(
            "ar",
            "Questions: info@port.example.org or Lisna Ferries Ltd. on www.port.example.org.",
            "للاستفسار: info@port.example.org أو Lisna Ferries Ltd. على www.port.example.org.",
            id="mail and names of pages are no prose (Arabic)",
        ),
        pytest.param(
            "de",
            "Run `apt-get install ferry-timetable-viewer` and then `ferry-timetable-viewer --all`.",
            "Starten Sie `apt-get install ferry-timetable-viewer` und dann `ferry-timetable-viewer --all`.",
            id="code is no prose (German)",
        ),
        pytest.param(
            "ru",
            "Winners: Lisna Steel and Glass Works Ltd., Hill and Sons Roofing, the Company of Master Builders.",  # noqa: E501
            "Победители: Lisna Steel and Glass Works Ltd., Hill and Sons Roofing, the Company of Master Builders.",  # noqa: E501
            id="names of firms stay as they are (Russian)",
        ),
        pytest.param(
            "tr",
            '— Stephanie Zvan, "So You Have Got Yourself a Policy, and What Will You Do Now?"',
            '— Stephanie Zvan, "So You Have Got Yourself a Policy, and What Will You Do Now?"',
            id="an author and a title stay as they are (Turkish)",
        ),
        pytest.param(
            "zh",
            "This text is licensed under a Creative Commons Attribution 4.0 International Licence.",
            "This text is licensed under a Creative Commons Attribution 4.0 International Licence.",
            id="a line about a licence stays as it is (Chinese)",
        ),
        pytest.param(
            "az",
            "Send your pictures of the ferry: #ferriescrossthebay @lisnaportauthority",
            "Bərənin şəkillərini göndərin: #ferriescrossthebay @lisnaportauthority",
            id="tags and handles are no prose (Azerbaijani)",
        ),
        pytest.param(
            "ru",
            "[FastAPI](https://fastapi.tiangolo.com) { #fastapi }",
            "[FastAPI](https://fastapi.tiangolo.com) { #fastapi }",
            id="a product, linked, with an anchor (Russian)",
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_no_prose_is_in_no_language(
    code: str, english: str, other: str, turned: bool, real_checker: Checker
) -> None:
    pair = [with_line(EN, english), with_line(IN[code], other)]
    languages = ("en", code)
    if turned:
        pair, languages = pair[::-1], (code, "en")
    assert [f for f in found(real_checker, *pair, languages, markdown=True) if f[0] == "untranslated"] == []


LINE = "Lorries with freight use the southern terminal, and they will stay there until June."
CHINESE = "载货卡车使用南码头，并将在那里停留到六月。"
RUSSIAN = "Грузовики используют южный причал, и они останутся там до июня."


@pytest.mark.parametrize(
    ("source", "target", "line"),
    [(EN, IN[code], LINE) for code in IN] + [(IN["zh"], EN, CHINESE), (IN["ru"], EN, RUSSIAN)],
)
def test_a_paragraph_left_in_the_original_is_found(
    source: list[str], target: list[str], line: str, real_checker: Checker
) -> None:
    assert found(real_checker, with_line(source, line), with_line(target, line)) == [
        ("untranslated", [4], [4])
    ]


@pytest.mark.parametrize("code", IN)
def test_a_target_that_is_the_source_is_found_without_languages(code: str, real_checker: Checker) -> None:
    assert [rule for rule, *_ in found(real_checker, EN, EN)] == ["untranslated"]
    assert [rule for rule, *_ in found(real_checker, IN[code], IN[code])] == ["untranslated"]
    assert found(real_checker, EN, EN, ("en", "en")) == []


@pytest.mark.parametrize("code", IN)
def test_a_target_that_is_mostly_the_source_is_in_the_language_of_the_rest(
    code: str, real_checker: Checker
) -> None:
    target = [*EN[:2], *IN[code][2:3], LINE, *IN[code][3:]]
    told = found(real_checker, with_line(EN, LINE), target)
    assert ("untranslated", [2], [2]) in told
    assert ("untranslated", [4], [4]) in told


def test_a_quotation_with_its_translation_beside_it_is_meant(real_checker: Checker) -> None:
    quotation = "“If you are serious about the sea, this is the best pier that there is today.”"
    russian = "«Если вы всерьёз относитесь к морю, лучшего причала сегодня нет»."
    told = found(real_checker, with_line(EN, quotation), [*IN["ru"][:3], quotation, russian, *IN["ru"][3:]])
    assert "untranslated" not in [rule for rule, *_ in told]
    told = found(real_checker, with_line(EN, quotation), with_line(IN["ru"], quotation))
    assert told == [("untranslated", [4], [4])]


def test_a_quotation_with_its_translation_in_brackets_is_meant(real_checker: Checker) -> None:
    quotation = "“If you are serious about the sea, this is the best pier that there is today.” John Smith"
    gloss = f"{quotation} (Если вы всерьёз относитесь к морю, лучшего причала сегодня нет)"
    told = found(real_checker, with_line(EN, quotation), with_line(IN["ru"], gloss))
    assert "untranslated" not in [rule for rule, *_ in told]
    english = f"{quotation} (If you are serious about the sea, there is no better pier at all today)"
    told = found(real_checker, with_line(EN, quotation), with_line(IN["ru"], english))
    assert "untranslated" in [rule for rule, *_ in told]


@pytest.mark.parametrize("code", IN)
def test_names_of_makers_do_not_make_a_text_of_one_language_two(code: str, real_checker: Checker) -> None:
    names = ["Hill and Sons Roofing Ltd., Bellmore Steel, Apple Music", *IN[code]]
    assert found(real_checker, names, names, (code, code)) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_caption_that_a_template_is_given_is_prose(turned: bool, real_checker: Checker) -> None:
    call = '{{< figure src="/a.png" caption="The ferries as they cross the bay" >}}'
    pair = [with_line(EN, call), with_line(IN["zh"], call)]
    languages = ("en", "zh")
    if turned:
        pair, languages = pair[::-1], ("zh", "en")
    told = [f for f in found(real_checker, *pair, languages, markdown=True) if f[0] == "untranslated"]
    assert len(told) == 1
