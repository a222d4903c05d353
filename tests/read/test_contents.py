"""What is no prose is known by its content, and prose is never taken for it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from mlcheck.errors import InputError
from mlcheck.read import read_file, read_text
from mlcheck.read.contents import kind_of

NINJS = '{\n  "uri": "urn:1", "versioncreated": "2024-04-28T10:00:00Z",\n  "headline": "Паромы", "body_text": "Паромы пойдут."\n}\n'  # noqa: E501
NITF = '<?xml version="1.0" encoding="UTF-8"?>\n<nitf><body><body.content><p>Fähren fahren.</p></body.content></body></nitf>\n'  # noqa: E501
MAIL = "From: desk@example.org\nSubject: Ferries\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
ENCODED = base64.encodebytes(("Паромы снова пойдут через залив в воскресенье. " * 12).encode()).decode()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NINJS, "JSON (ninjs)"),
        ("\ufeff" + NINJS, "JSON (ninjs)"),
        ('[{"id": 1, "text": "渡轮周日恢复。"}]', "JSON"),
        ('{"text": "Ferries",}', "JSON"),
        ('{"text": "Ferries"}\n{"text": "Fähren"}\n', "JSON Lines"),
        (NITF, "NITF"),
        ('<xliff version="1.2"><file><body><trans-unit><source>a</source></trans-unit></body></file></xliff>', "XLIFF"),  # noqa: E501
        ('<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><body/></tmx>', "TMX"),
        ('<?xml version="1.0"?>\n<story><p>عبّارات</p></story>', "XML"),
        ("<story><p>One.</p><p>Two.</p></story>", "XML"),
        ("<!doctype html>\n<html lang=ru><title>Паромы</title><p>Паромы пойдут.", "HTML"),
        ("<h1>Ferries</h1>\n<p>Ferries cross the bay.</p>\n<p>Tickets stay valid.</p>\n", "HTML"),
        ("English,Русский\nFerries,Паромы\nTickets,Билеты\nPiers,Причалы\n", "a table (CSV)"),
        ("id;en;de\n1;Ferries;Fähren\n2;Tickets;Karten\n3;Piers;Anleger\n", "a table (CSV)"),
        ('"Ferries, again","Паромы, снова"\n"Tickets","Билеты"\n"Piers","Причалы"\n', "a table (CSV)"),
        ("Ferries\tПаромы\nTickets\tБилеты\nPiers\tПричалы\n", "a table (TSV)"),
        ('# comment\nmsgid ""\nmsgstr ""\n\nmsgid "Ferries"\nmsgstr "Fähren"\n', "a PO file"),
        (MAIL + ENCODED, "a mail with parts in base64"),
        (MAIL.replace("base64", "quoted-printable") + "F=C3=A4hren\n", "a mail with parts in quoted-printable"),  # noqa: E501
        (ENCODED, "base64"),
        ("{\\rtf1\\ansi Ferries}", "RTF"),
        ("[Script Info]\nTitle: Ferries\n[Events]\nDialogue: 0,0:00:01.00,Hello\n", "ASS subtitles"),
    ],
)  # fmt: skip
def test_data_and_pages_are_known_by_their_content(text: str, kind: str) -> None:
    found = kind_of(text)
    assert found is not None
    assert found.title == kind
    with pytest.raises(
        InputError, match=r"^wire\.txt: is .*; (?:save the words alone as text|read it as a file)"
    ):
        read_text(text, name="wire.txt")


PROSE = [
    "{note} Ferries cross the bay again. The port said so.",
    "[Ferries] cross the bay again, the port said.",
    "{ Паромы }\n\nПаромы снова пойдут через залив.",
    "[1, 2] are the numbers of the piers.",
    "<Ferries> is the title. It has two parts.",
    "<b>Ferries</b> cross the bay again.",
    "Ferries, lorries, and trains run again.\nTickets, passes, and cards stay valid.\nThe mayor, a former captain, thanked all.\n",  # noqa: E501
    "Течёт река, и день, и ночь,\nидёт волна, и ветер, прочь,\nплывёт баржа, и парус, да,\n",
    "Волна,\nбаржа,\nрека,\nпесок.\n",
    "春，夏，秋，冬。\n江，河，湖，海。\n",
    "Ferries;\nlorries;\ntrains.\n",
    "From: the mayor\nTo: all\n\nFerries cross the bay again.",
    "Subject: Ferries\nFrom: desk@example.org\nDate: 28 April 2024\n\nFerries cross the bay again. Tickets stay valid.",  # noqa: E501
    "He wrote msgid \"a\" and msgstr \"b\" into one line.",
    "DonaudampfschifffahrtsgesellschaftskapitaenswitwenpensionskasseX\n" * 3,
    "\tFerries cross the bay.\n\tTickets stay valid.\n\tThe mayor is glad.\n",
]  # fmt: skip


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_data(text: str) -> None:
    assert kind_of(text) is None
    assert read_text(text).blocks


@pytest.mark.parametrize(
    "text",
    [
        '<p align="center">\n  <img src="a.png">\n</p>\n\n# Fähren\n\nFähren fahren wieder.\n\n<div>\n<p>Hinweis</p></div>',  # noqa: E501
        'Call it:\n\n```json\n{"text": "Ferries", "id": 1}\n```\n\nThat is all.',
        "```xml\n<?xml version='1.0'?>\n<tmx></tmx>\n```\n",
        "| a | b |\n|---|---|\n| 渡轮 | 票 |\n",
        "<details>\n<summary>Паромы</summary>\n<p>Текст.</p>\n<p>Ещё.</p>\n</details>",
        "    a,b,c\n    d,e,f\n    g,h,i\n",
    ],
)
def test_markdown_may_have_html_tables_and_listings(text: str) -> None:
    assert kind_of(text, markdown=True) is None


def test_markdown_that_is_a_page_or_data_is_refused(tmp_path: Path) -> None:
    for text in ("<!DOCTYPE html><html><p>Ferries.</p></html>", NINJS, NITF):
        (tmp_path / "a.md").write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"save .* as text"):
            read_file(tmp_path / "a.md")


SRT = "1\n00:00:01,000 --> 00:00:02,800\n大家晚上好。\n\n2\n00:00:03,000 --> 00:00:04,800\n我在这里\n住了四十年。\n"  # noqa: E501
VTT = "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.800 align:start\nДобрый вечер.\n\n00:03.000 --> 00:04.800\nЯ живу здесь.\n"  # noqa: E501


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        (SRT, ["大家晚上好。", "我在这里\n住了四十年。"]),
        (SRT.replace("\n", "\r\n"), ["大家晚上好。", "我在这里\r\n住了四十年。"]),
        (VTT, ["Добрый вечер.", "Я живу здесь."]),
    ],
)
def test_subtitles_are_read_a_block_a_cue(text: str, cues: list[str]) -> None:
    blocks = read_text(text).blocks
    assert [text[b.span.start : b.span.end] for b in blocks] == cues
    assert {b.kind for b in blocks} == {"list"}


def test_an_arrow_in_prose_makes_no_subtitles() -> None:
    assert len(read_text("Baku --> Munich, 10:00 --> 12:30.\n\nFerries cross the bay.").blocks) == 2
