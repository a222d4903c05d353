"""Strings of programs: their names, their words, and the way back to the file."""

from __future__ import annotations

import pytest
from segment_samples import ANDROID, APPLE, JSON, PROPERTIES, YAML

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_text


def read(text: str, format: str) -> dict[str, str]:
    raw = read_text(text, format=format)
    assert raw.keyed
    return {block.key or "": raw.text[block.span.start : block.span.end] for block in raw.blocks}


def written(raw: RawText, key: str) -> str:
    """How a string stands in the file."""
    (block,) = (block for block in raw.blocks if block.key == key)
    assert raw.origin is not None
    place = raw.origin.span(block.span)
    return raw.origin.text[place.start : place.end]


def placeholders(raw: RawText) -> list[str]:
    return [mark.value for mark in raw.marks if mark.kind == "placeholder"]


def test_nested_json() -> None:
    found = read(JSON, "json")
    assert found == {
        "menu.save": "Save the file",
        "menu.open": "Open “{{name}}”…",
        "menu.steps.0": "First step",
        "menu.steps.1": "Second step",
        "item_other": "{{count}} files",
        "café": 'Café near "you"',
        "link": "https://example.org/en/",
    }
    raw = read_text(JSON, format="json")
    assert written(raw, "café") == 'Caf\\u00e9 near \\"you\\"'
    assert placeholders(raw) == ["{{name}}", "{{count}}"]


def test_what_is_no_words_has_a_name_and_is_not_compared() -> None:
    raw = read_text(JSON, format="json")
    assert [block.key for block in raw.blocks if block.role == "furniture"] == ["link"]


def test_messages_of_an_extension() -> None:
    text = '{"title": {"message": "Dark mode of $SITE$", "description": "The name", "placeholders": {}}}'
    assert read(text, "json") == {"title": "Dark mode of $SITE$"}


def test_arb_says_its_language_and_describes_its_strings() -> None:
    raw = read_text(
        '{"@@locale": "pt_BR", "hi": "Olá, {name}", "@hi": {"description": "greets"}, '
        '"files": "{n, plural, =0{nenhum arquivo} one{um arquivo} other{{n} arquivos}} aqui"}',
        format="json",
    )
    assert raw.language == "pt-BR"
    assert [raw.text[b.span.start : b.span.end] for b in raw.blocks] == ["Olá, {name}", "{n} arquivos aqui"]
    assert placeholders(raw) == ["{name}", "{n, plural}", "{n}"]


def test_one_language_at_the_top_is_no_part_of_names() -> None:
    raw = read_text('{"ru": {"save": "Сохранить файл"}}', format="json")
    assert (raw.language, raw.blocks[0].key) == ("ru", "save")


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3, [4, 5]]",
        '["words", "in a list"]',
        '{"points": [1, 2, 3], "name": "Route"}',
        '{"a": "https://example.org", "b": "#ff0000", "c": "1.2.3"}',
    ],
)
def test_data_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"(?i)save the words alone|no letters"):
        read_text(text, format="json")


def test_yaml() -> None:
    raw = read_text(YAML, format="yaml")
    assert raw.language == "de"
    assert {b.key: raw.text[b.span.start : b.span.end] for b in raw.blocks} == {
        "nav.home": "Startseite",
        "nav.about": "Über „uns“ und mehr",
        "mail": "Guten Tag, hier ist Ihr Link.",
        "items": "%{count} Dateien",
        "list.0": "Erstens",
        "list.1": "Zweitens",
        "folded": "Eine lange Zeile, die weitergeht",
    }
    assert written(raw, "nav.home") == "Startseite"
    assert written(raw, "mail") == "Guten Tag,\n    hier ist Ihr Link."
    assert [b.line for b in raw.blocks][:3] == [4, 5, 7]


def test_yaml_follows_no_tag_and_does_not_expand() -> None:
    bomb = "a: &a [Wort, Wort]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert list(read(bomb, "yaml")) == ["a.0", "a.1"]
    assert list(read("x: !!python/object/apply:os.system [echo hello]\ny: Two words", "yaml")) == ["x.0", "y"]
    with pytest.raises(InputError, match="levels"):
        read_text("a: " + "[" * 5000 + "x" + "]" * 5000, format="yaml")
    with pytest.raises(InputError, match="damaged"):
        read_text("a: [Wort, \nb: 'x", format="yaml")


def test_properties() -> None:
    assert read(PROPERTIES, "properties") == {
        "save.file": "Speichern unter „Name“",
        "long.text": "Eine Zeile, die weitergeht",
        "with space": "Wert mit {0}",
    }
    raw = read_text(PROPERTIES, format="properties")
    assert written(raw, "save.file") == "Speichern unter \\u201eName\\u201c"
    assert written(raw, "long.text") == "Eine Zeile, \\\n    die weitergeht"


def test_apple() -> None:
    assert read(APPLE, "strings") == {"title": 'Choose a "file"', "save": "Save %1$@ as %2$@"}
    with pytest.raises(InputError, match=":2:"):
        read_text('"a" = "One word";\n"b" "two";', format="strings")


def test_android() -> None:
    raw = read_text(ANDROID, format="android")
    assert {b.key: raw.text[b.span.start : b.span.end] for b in raw.blocks} == {
        "hello": "Hello, %1$s! It's %2$s o’clock.",
        "html": 'Read <a href="x">the terms</a> first.',
        "files": "%d files",
        "days[0]": "Monday",
        "days[1]": "Tuesday",
    }
    assert placeholders(raw) == ["<b>", "%1$s", "<g>", "%2$s", '<a href="x">', "</a>", "%d"]
    assert raw.skipped == ("1 string not to be translated",)
    assert [b.line for b in raw.blocks] == [5, 6, 7, 8, 8]


def test_resx() -> None:
    text = """<root><resheader name="version"><value>2.0</value></resheader>
<data name="Title" xml:space="preserve"><value>Open the file</value><comment>of a window</comment></data>
<data name="Icon" type="System.Drawing.Bitmap"><value>icon.bmp</value></data>
<data name="&gt;&gt;button.Name"><value>button one</value></data></root>"""
    assert read(text, "resx") == {"Title": "Open the file"}


def test_contents_tell_the_format() -> None:
    assert read_text(ANDROID).format == "android"
    assert read_text(JSON).format == "json"
    assert read_text(
        '<root><resheader name="v"/><data name="T"><value>Open it</value></data></root>'
    ).format == ("resx")


STRINGSDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
 <key>files</key><dict>
  <key>NSStringLocalizedFormatKey</key><string>%1$#@files@</string>
  <key>files</key><dict>
   <key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>
   <key>NSStringFormatValueTypeKey</key><string>d</string>
   <key>one</key><string>%d file &amp; no more</string>
   <key>other</key><string>%d files &amp; more</string></dict></dict>
 <key>found</key><dict>
  <key>NSStringLocalizedFormatKey</key><string>Found in %#@places@</string>
  <key>places</key><dict><key>one</key><string>a place</string></dict></dict>
</dict></plist>
"""


def test_apple_plurals() -> None:
    raw = read_text(STRINGSDICT, format="stringsdict")
    found = {block.key: raw.text[block.span.start : block.span.end] for block in raw.blocks}
    assert found == {
        "files.files": "%d files & more",
        "found": "Found in %#@places@",
        "found.places": "a place",
    }
    assert written(raw, "files.files") == "%d files &amp; more"
    assert placeholders(raw) == ["%d", "%#@places@"]


def test_another_property_list_is_refused() -> None:
    for text in ("<plist><array><string>Words</string></array></plist>", "<dict><key>a</key></dict>"):
        with pytest.raises(InputError, match="no stringsdict"):
            read_text(text, format="stringsdict")
