"""What the judge learns from, without training it: flaws that no side gives away, and words with opposites.
The network and its data are in training/, which a package of the source may not have."""

from __future__ import annotations

import json
import lzma
import random
import re
import subprocess
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import FakeEncoder

pytest.importorskip("training.judge.plant")

from mlcheck.facts.opposites import LANGUAGES, TABLE, load
from training.judge import opposites, references, run, texts, turkic
from training.judge.judged import read_judged
from training.judge.plant import (
    KINDS,
    Names,
    Phrasebook,
    Planter,
    Quad,
    Version,
    changed,
    read_transliterations,
)
from training.judge.plant.dates import date
from training.judge.plant.names import name
from training.judge.plant.negations import negation
from training.judge.texts import Row, Seen, page_is_held_back, page_of

STORIES = (
    (
        (
            "On Monday the mayor Keller said that 45 of 60 ferries again cross the bay in the storm.",
            "Am Montag sagte der Bürgermeister Keller, dass 45 von 60 Fähren wieder die Bucht im Sturm "
            "überqueren.",
        ),
        (
            "The storm did not damage the northern pier, said Keller to the doctor Hansen on Sunday.",
            "Der Sturm hat den nördlichen Anleger nicht beschädigt, sagte Keller dem Arzt Hansen am Sonntag.",
        ),
        (
            "The port authority will inspect the largest ramp, said Hansen, and repair the bridge in June.",
            "Die Behörde im Hafen wird die größte Rampe prüfen, sagte Hansen, und Reparatur der Brücke im "
            "Juni.",
        ),
    ),
    (
        (
            "In March the engineer Brandt warned of 12 fires and 30 thieves in the forest before harvest.",
            "Im März warnte der Ingenieur Brandt vor 12 Brand und 30 Dieben im Wald bevor der Ernte.",
        ),
        (
            "The school was closed on Friday, said Brandt to the farmer Lindner, with heat and smoke.",
            "Die Schule war am Freitag geschlossen, sagte Brandt dem Bauern Lindner, mit Hitze und Rauch.",
        ),
        (
            "The town hall, said Lindner, has a small museum with clocks, coins and tickets for children.",
            "Das Rathaus, sagte Lindner, hat ein kleines Museum mit Uhren, Münzen und Fahrkarten für Kinder.",
        ),
    ),
)
PAIR = ("en", "de")


@pytest.fixture
def planter(monkeypatch: pytest.MonkeyPatch) -> Planter:
    loaded = SimpleNamespace(encoder=FakeEncoder())
    monkeypatch.setattr(texts, "load_encoder", lambda *_, **__: loaded)
    stories = [
        [Row(f"story {at}", {"en": en, "de": de}) for en, de in rows] for at, rows in enumerate(STORIES)
    ]
    seen = Seen()
    by_language = {language: [row.texts[language] for rows in stories for row in rows] for language in PAIR}
    for known in by_language.values():
        seen.add(known)
    seen.centre(by_language)
    book = Phrasebook()
    book.fill(stories, [PAIR], seen, random.Random(1))
    return Planter(stories, seen, Names.of(stories), book, [PAIR])


def quads(planter: Planter, kind: str, seed: int = 3) -> list[Quad]:
    rng = random.Random(seed)
    return [quad for _ in range(150) if (quad := planter.make(kind, rng, PAIR)) is not None]


def known_on_both(found: list[Quad]) -> list[Quad]:
    return [quad for quad in found if quad.marked and len(quad.source) == len(quad.target) == 2]


@pytest.mark.parametrize("kind", KINDS)
def test_no_side_alone_gives_a_flaw_away(planter: Planter, kind: str) -> None:
    found = quads(planter, kind)
    whole = [quad for quad in found if len(quad.source) == len(quad.target) == 2]
    assert whole, kind
    # Of names some are changed on one side though they could be on both; see `_ONE_SIDED`.
    assert kind == "name" or whole == found
    assert len(whole) > len(found) / 2
    for quad in whole:
        assert quad.source[0] != quad.source[1]
        assert quad.target[0] != quad.target[1]
        for side in (0, 1):
            seen = Counter((pair[side].sentences, pair[2]) for pair in quad.pairs())
            assert set(seen.values()) == {1}
            assert len(seen) == 4  # two versions, each once in a faithful pair and once in a flawed one


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_quads(planter: Planter, kind: str) -> None:
    assert quads(planter, kind) == quads(planter, kind)


def test_another_seed_gives_others(planter: Planter) -> None:
    assert quads(planter, "number", 3) != quads(planter, "number", 4)


IN_PLACE = ("number", "exchange_numbers", "date", "name", "exchange_names", "negation", "opposite", "replace")


@pytest.mark.parametrize("kind", [*IN_PLACE, "drop"])
def test_the_marks_are_what_differs(planter: Planter, kind: str) -> None:
    for quad in known_on_both(quads(planter, kind)):
        for old, new in (quad.source, quad.target):
            assert unmarked(old) == unmarked(new)
            assert marked(old) != marked(new)


def test_what_is_known_on_one_side_only_has_a_counterpart(planter: Planter) -> None:
    row = Row(
        "a story",
        {
            "en": "The mayor did not close the pier.",
            "de": "Die Mole blieb offen.",
            "fr": "Le maire n’a pas fermé la jetée.",
        },
    )
    planter.stories.append([row] * 400)
    planter.pairs = [("en", "de")]
    found = [q for q in quads(planter, "negation") if q.story == "a story"]
    assert {(*quad.languages, quad.marked) for quad in found} == {("en", "de", "fr", False)}
    for quad in found:
        assert quad.target[1].sentences == ("Le maire a fermé la jetée.",)
    del row.texts["fr"]
    for quad in (q for q in quads(planter, "negation") if q.story == "a story"):
        assert quad.source[1] == quad.target[1] == Version(("The mayor did close the pier.",))


def test_but_a_negation_what_is_known_on_one_side_only_is_flawed_alone(planter: Planter) -> None:
    row = Row(
        "a story", {"en": "The ferry needs 45 minutes.", "de": "Die Fähre braucht eine Dreiviertelstunde."}
    )
    planter.stories.append([row] * 400)
    found = [q for q in quads(planter, "number") if q.story == "a story"]
    assert found
    for quad in found:
        assert quad.target == (Version((row.texts["de"],)),)
        assert [differ for _, _, differ in quad.pairs()] == [False, True]
        assert marked(quad.source[1])


@pytest.mark.parametrize(
    ("language", "text", "others", "also"),
    [
        ("ru", "Встреча перенесена на среду.", 6, "пятницу"),
        ("ru", "К среде всё было готово.", 6, "пятнице"),
        ("ru", "После среды стало тише.", 6, "пятницы"),
        ("de", "Die Fähre fährt mittwochs.", 6, "freitags"),
        ("zh", "渡轮周三开航。", 6, "周五"),
        ("zh", "渡轮星期三开航。", 6, "星期五"),
        ("az", "Bərə çərşənbə günü yola düşür.", 6, "cümə"),
        ("tr", "Vapur Çarşamba günü kalkıyor.", 6, "Cuma"),
        ("ru", "Выборы пройдут 3 мая.", 11, "июня"),
        ("ru", "Выборы пройдут в мае.", 11, "июне"),
        ("zh", "选举将在5月举行。", 11, "6月"),
    ],
)
def test_a_planted_day_or_month_has_the_form_of_the_old(
    language: str, text: str, others: int, also: str
) -> None:
    row, rng = Row("a story", {language: text}), random.Random(1)
    found = {edits[language][0][2] for _ in range(200) if (edits := date(row, rng))}
    assert len(found) == others
    assert also in found


LABELLED = {
    "languages": ["en", "de"],
    "source": [
        {"text": "The bay is closed.", "words": [[0, 3, 0.0], [4, 7, 0.0], [8, 10, 0.0], [11, 17, 0.0]]}
    ],
    "target": [
        {"text": "Die Bucht ist offen.", "words": [[0, 3, 0.0], [4, 9, 0.0], [10, 13, 0.0], [14, 19, 0.0]]}
    ],
    "label": None,
    "class": None,
}


def labelled(name: str, value: float = 0.0, **changes: Any) -> dict[str, Any]:
    row = json.loads(json.dumps(LABELLED)) | {"id": name} | changes
    if row["target"]:
        row["target"][0]["words"][3][2] = value
    return row


def test_what_people_labelled_is_learnt_from_but_for_some_pages(tmp_path: Path) -> None:
    names = [f"admin_{language}_{number}" for number in range(60) for language in ("de", "fr")]
    kept = [name for name in names if page_is_held_back(name)]
    assert 20 < len(kept) < 60
    assert {page_of(name) for name in kept}.isdisjoint(page_of(n) for n in names if n not in kept)
    path = tmp_path / "human.jsonl"
    pairs = [labelled("pair 1", label=1), labelled(names[0], target=[])]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*map(labelled, names), *pairs]), "utf-8")
    assert {p.text for p in read_judged(path)} == {page_of(n) for n in names if n not in kept}


def test_only_what_nobody_marked_is_planted_in(tmp_path: Path) -> None:
    path = tmp_path / "human.jsonl"
    name = next(n for n in map("admin_de_{}".format, range(9)) if not page_is_held_back(n))
    rows = [labelled(name), labelled(name, 0.4), labelled(name, 1.0)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    clean, doubtful, different = read_judged(path)
    assert clean.row() == Row(page_of(name), {"en": "The bay is closed.", "de": "Die Bucht ist offen."})
    assert (clean.pair.differ, clean.pair.weight > 0) == (0.0, True)
    assert doubtful.row() is different.row() is None
    assert doubtful.pair.weight == 0.0  # its words are learnt from, and not the pair
    assert different.pair.target.marks == ((0, 14, 19, 1.0),)


@pytest.mark.parametrize(
    ("language", "text", "put"),
    [
        ("tr", "Bakan gelmedi.", "Bakan geldi."),
        ("tr", "Bakan gitmedi, kaldı.", "Bakan gitti, kaldı."),
        ("tr", "Halkı uyarmadığını söyledi.", "Halkı uyardığını söyledi."),
        ("tr", "Bunu söylemiyor.", "Bunu söylüyor."),
        ("tr", "Kabul etmeyecek.", "Kabul edecek."),
        ("tr", "İş başlamamıştı.", "İş başlamıştı."),
        ("tr", "komedisindeki damadı.", None),
        ("tr", "O gelmedi ve görmedi.", None),
        ("az", "Nazir gəlmədi.", "Nazir gəldi."),
        ("az", "Bu doğru olmayıb.", "Bu doğru olub."),
        ("az", "İşə başlamır.", "İşə başlayır."),
        ("az", "Qəbul etməyəcək.", "Qəbul edəcək."),
        ("az", "Dəmir yolu məmur.", None),
    ],
)
def test_the_negation_inside_a_verb(language: str, text: str, put: str | None) -> None:
    edit = turkic.without_negation(text, language)
    assert (edit and text[: edit[0]] + edit[2] + text[edit[1] :]) == put


def test_the_marks_of_what_is_cut_off(planter: Planter) -> None:
    for quad in known_on_both(quads(planter, "cut")):
        for old, new in (quad.source, quad.target):
            (gone,) = marked(old)
            assert new.marks == ()
            assert gone not in new.sentences[0]
            rest = unmarked(old).strip(" ,.")
            assert rest.casefold() == new.sentences[0].strip(" ,.").casefold()


@pytest.mark.parametrize("kind", ["other", "more"])
def test_the_marks_of_whole_sentences(planter: Planter, kind: str) -> None:
    for quad in quads(planter, kind):
        for versions in (quad.source, quad.target):
            assert all(mark in version.sentences for version in versions for mark in marked(version))
            assert [len(version.marks) for version in versions] == ([1, 1] if kind == "other" else [0, 1])


def test_a_number_is_the_same_on_both_sides(planter: Planter) -> None:
    for quad in known_on_both(quads(planter, "number")):
        for one, two in zip(quad.source, quad.target, strict=True):
            assert marked(one) == marked(two)
            assert re.fullmatch(r"\d+", marked(one)[0])


def test_what_is_put_in_is_marked_where_it_stands() -> None:
    old, new = changed("It is open.", [(5, 5, " not")])
    assert (old, new) == (Version(("It is open.",)), Version(("It is not open.",), ((0, 5, 9),)))
    assert changed(new.sentences[0], [(5, 9, "")])[1] == Version(("It is open.",))


def marked(version: Version) -> list[str]:
    return [version.sentences[at][start:end] for at, start, end in version.marks]


def unmarked(version: Version) -> str:
    (text,) = version.sentences
    for _, start, end in sorted(version.marks, reverse=True):
        text = text[:start] + text[end:]
    return text


# More text


def packed(path: Path, rows: list[str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(row.replace("|", "\t") + "\n" for row in rows))


def test_translations_of_one_source_are_one_row(tmp_path: Path) -> None:
    kept = next(n for n in map(str, range(99)) if not references.story_is_held_back(f"22 en {n}"))
    held = next(n for n in map(str, range(99)) if references.story_is_held_back(f"22 en {n}"))
    packed(
        tmp_path / "wmt21-23_references.tsv.xz",
        [
            f"22|en|de|A|{kept}|0|One.|Eins.",
            f"22|en|de|B|{kept}|0|One.|Die Eins.",
            f"22|en|cs|A|{kept}|0|One.|Jedna.",
            f"22|en|cs|A|{kept}|1|Two.|Dvě.",
            f"22|en|de|A|{held}|2|Three.|Drei.",
            "22|zh|en|A|a|0|四|Four.",
        ],
    )
    first, second = references.read_references(tmp_path, random.Random(1))
    assert [sorted(row.texts) for row in first] == [["cs", "de", "en"], ["cs", "en"]]
    assert first[0].texts["de"] in ("Eins.", "Die Eins.")
    assert [row.texts for row in second] == [{"en": "One.", "de": "Die Eins."}]


def test_a_document_without_a_name_goes_by_the_tens_of_its_sentences(tmp_path: Path) -> None:
    packed(tmp_path / "wmt21-23_references.tsv.xz", [f"23|en|ru|refA||{n}|One.|Раз." for n in (1, 9, 10)])
    assert [own.story for own in references.references(tmp_path)] == ["23 en 0", "23 en 0", "23 en 1"]


NAMED = Row(
    "a story",
    {
        "en": "On Friday the chancellor Merkel spoke there.",
        "zh": "默克尔总理周五在那里发表讲话。",
        "he": "הקנצלרית מרקל דיברה שם ביום שישי.",
    },
)
ELSEWHERE = Row("another", {"en": "On Monday the minister Denver came and left again."})
TABLE_OF_NAMES = {
    "zh": {"merkel": ["默克尔"], "denver": ["丹佛"]},
    "he": {"merkel": ["מרקל"], "denver": ["דנוור"]},
}


def test_a_name_is_planted_in_scripts_that_are_not_spelt_letter_by_letter(tmp_path: Path) -> None:
    packed(
        tmp_path / "names_wikidata.tsv.xz",
        ["chinese|merkel|默克尔|3", "chinese|merkel|梅克爾|1", "chinese|x|克|9", "russian|merkel|меркель|8"],
    )
    assert read_transliterations(tmp_path) == {"zh": {"merkel": ["默克尔", "梅克爾"]}}
    names = Names.of([[NAMED, NAMED], [ELSEWHERE, ELSEWHERE]], TABLE_OF_NAMES)
    edits = name(NAMED, random.Random(1), names)
    assert edits is not None
    new = {code: changed(NAMED.texts[code], own)[1].sentences[0] for code, own in edits.items()}
    assert new["zh"] == "丹佛总理周五在那里发表讲话。"
    assert new["he"] == "הקנצלרית דנוור דיברה שם ביום שישי."


@pytest.mark.parametrize(
    ("language", "text", "without"),
    [
        ("cs", "Vláda to nebude řešit.", "Vláda to bude řešit."),
        ("sk", "Vláda to nemôže riešiť.", "Vláda to môže riešiť."),
        ("he", "הוא לא חתם.", "הוא חתם."),
        ("hu", "Tom nem írta alá.", "Tom írta alá."),
        ("ka", "მას ხელი არ მოუწერია.", "მას ხელი მოუწერია."),
    ],
)
def test_a_negation_is_taken_out(language: str, text: str, without: str) -> None:
    row = Row("a story", {"en": "He did not sign.", language: text})
    edits = next(own for seed in range(99) if (own := negation(row, random.Random(seed), Seen.__new__(Seen))))
    assert changed(text, edits[language])[1].sentences == (without,)


def test_words_that_begin_like_a_negation_are_none() -> None:
    row = Row("a story", {"en": "He did not sign.", "cs": "Nemocnice nebo nebe."})
    edits = next(own for seed in range(99) if (own := negation(row, random.Random(seed), Seen.__new__(Seen))))
    assert "cs" not in edits


def test_what_is_dropped_says_something(planter: Planter) -> None:
    for quad in quads(planter, "drop"):
        assert any(len(word) >= 5 for word in re.findall(r"\w+", " ".join(marked(quad.source[0]))))


# Running the steps


def test_what_is_done_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def call(step: run.Step, *_: object) -> None:
        ran.append(step.name)
        for made in step.makes:
            (tmp_path / made).mkdir(exist_ok=True)
            if fails and step.name == "train":
                raise subprocess.CalledProcessError(1, "train")

    def again() -> list[str]:
        ran.clear()
        with suppress(subprocess.CalledProcessError):
            run.run(run.steps(tmp_path, tmp_path, more), tmp_path, tmp_path)
        return list(ran)

    monkeypatch.setattr(run, "_call", call)
    fails, more = True, None
    assert again() == [*run.PAIRS, "human", "build", "train"]
    (tmp_path / "plain" / "checkpoint.pt").touch()
    assert again() == ["train"]
    assert (tmp_path / "plain" / "checkpoint.pt").exists()  # it goes on
    monkeypatch.setattr(run, "STEPS", run.STEPS + 1)
    fails = False
    assert again() == ["train", "ship"]
    assert not (tmp_path / "plain" / "checkpoint.pt").exists()  # it begins anew
    assert again() == []
    monkeypatch.setattr(run, "PAIRS", {**run.PAIRS, "fetch": ("debian", 1)})
    assert again() == [*run.PAIRS, "human", "build", "train", "ship"]
    more = tmp_path
    assert again() == ["build-wide", "train-wide", "ship"]
    monkeypatch.setattr(run, "WIDE_STEPS", run.WIDE_STEPS + 1)
    assert again() == ["train-wide", "ship"]


# Words and their opposites


def forms(language: str) -> list[tuple[str, list[str], list[str]]]:
    """The cells of a language: where each stands, and the forms on its two sides."""
    at = LANGUAGES.index(language) + 1
    cells = [line.split("\t")[at] for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(number, cell.partition("|")[0].split(">")) for number, cell in enumerate(cells, start=2)]
    return [(f"line {n}", *(side.split("/") for side in pair)) for n, pair in pairs if pair != [""]]


LETTERS = {
    "en": "a-z'-",
    "ru": "а-яё",
    "de": "A-ZÄÖÜa-zäöüß",
    "fr": "a-zàâçéèêëîïôùûüœ'’-",
    "zh": "\u4e00-\u9fff",
    "tr": "a-zçğıöşüâî",
    "az": "a-zçəğıöşü-",
}
DOUBLED = {
    "en": r"eass?\b|(?:ing|ly)(?:ed|ing)\b",
    "ru": r"и(?:ие|ия|ию|ии|ий)|[кгх]ы|жо(?:го|му|м|е|й)\b",
    "de": r"kele|emem\b|eses\b",
    "fr": r"[sx]s\b|éee",
    "tr": r"(?:lar|ler)(?:lar|ler)|(.)\1\1",
    "az": r"(?:lar|lər)(?:lar|lər)|(.)\1\1",
}
"""Endings that stand twice, or that no word of the language can have."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_of_a_word_and_its_opposite(language: str) -> None:
    found = forms(language)
    assert len(found) > 50
    for where, one, two in found:
        assert len(one) == len(two), where
        pairs = list(zip(one, two, strict=True))
        assert len(set(pairs)) == len(pairs), f"{where}: a pair stands twice"
        for form, other in pairs:
            told = f"{where}: {form}>{other}"
            assert form.strip("=!") != other.strip("=!"), told
            assert not (form.endswith("!") and other.endswith("!")), f"{told}: looked for never"
            for each in (form, other):
                written = each.removeprefix("=").removesuffix("!")
                assert re.fullmatch(rf"[{LETTERS[language]}]+(?: [{LETTERS[language]}]+)*", written), told
                if language in DOUBLED:
                    assert not re.search(DOUBLED[language], written), told


def test_a_word_that_is_found_can_be_put_back() -> None:
    for at, concept in enumerate(load()):
        for language, directions in concept.forms.items():
            for way, pairs in enumerate(directions):
                for form, other in pairs:
                    hits = opposites.find(form.lstrip("="), language)
                    mine = [hit for hit in hits if hit[3] == at and hit[1] - hit[0] == len(form.lstrip("="))]
                    assert mine or language == "zh", (form, language)
                    assert all(hit[2].casefold() != form.casefold() for hit in mine), (form, other, way)


@pytest.mark.parametrize(
    ("text", "language", "put"),
    [
        ("Ihr Sieg war klar", "de", "Niederlage"),
        ("Sie siegen oft", "de", None),  # the verb
        ("Im letzten Jahr", "de", "nächsten Jahr"),
        ("Продажи в похожем месяце", "ru", "непохожем"),
        ("Увеличение налога", "ru", "Уменьшение"),
        ("Prices increase", "en", "decrease"),
        ("He was living in London", "en", None),
    ],
)
def test_what_is_found(text: str, language: str, put: str | None) -> None:
    found = {hit[2] for hit in opposites.find(text, language)}
    if put is None:
        assert not found & {"dead", "niederlagen", "Niederlagen"}
    else:
        assert put in found
