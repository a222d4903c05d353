"""Apple's string catalogues: what is a pair, what is left out, and where it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bilingual_bytes


def unit(value: str, state: str = "translated") -> dict[str, Any]:
    return {"stringUnit": {"state": state, "value": value}}


def plural(**forms: str) -> dict[str, Any]:
    return {"variations": {"plural": {form: unit(value) for form, value in forms.items()}}}


def entry(**languages: Any) -> dict[str, Any]:
    return {"localizations": languages}


def read(strings: Any, **top: Any) -> tuple[RawText, RawText]:
    text = json.dumps({"sourceLanguage": "en", "strings": strings, "version": "1.0", **top}, indent=1)
    return read_bilingual_bytes(text.encode(), shown="a.xcstrings", suffix=".xcstrings")


def texts(raw: RawText) -> dict[str, str]:
    return {block.key or "": raw.text[block.span.start : block.span.end] for block in raw.blocks}


def test_a_string_without_a_text_of_the_source_is_its_own_name() -> None:
    one, two = read({"Save the file": entry(de=unit("Datei sichern"))})
    assert (one.language, two.language) == ("en", "de")
    assert (texts(one), texts(two)) == (
        {"Save the file": "Save the file"},
        {"Save the file": "Datei sichern"},
    )
    assert one.origin is not None
    place = one.origin.span(one.blocks[0].span)
    assert one.origin.text[place.start : place.end] == "Save the file"


def test_one_that_has_a_text_is_compared_by_it() -> None:
    one, _ = read({"save.title": entry(en=unit("Save %@"), de=unit("%@ sichern"))})
    assert texts(one) == {"save.title": "Save %@"}
    assert [mark.value for mark in one.marks] == ["%@"]


def test_of_plurals_and_devices_the_main_form() -> None:
    devices = {"variations": {"device": {"iphone": unit("Tap"), "mac": plural(one="Click", other="Clicks")}}}
    strings = {
        "n": entry(en=plural(one="%lld ship", other="%lld ships"), de=plural(other="%lld Schiffe")),
        "d": entry(en=devices, de=unit("Tippen")),
    }
    one, two = read(strings)
    assert texts(one) == {"n": "%lld ships", "d": "Tap"}
    assert texts(two) == {"n": "%lld Schiffe", "d": "Tippen"}


def test_what_is_put_into_a_string_has_its_own_name() -> None:
    def files(around: str, other: str) -> dict[str, Any]:
        return {**unit(around), "substitutions": {"n": {"argNum": 1, **plural(other=other)}}}

    one, two = read({"s": entry(en=files("In %#@n@", "%arg files"), de=files("In %#@n@", "%arg Dateien"))})
    assert texts(one) == {"s": "In %#@n@", "s.n": "%arg files"}
    assert texts(two) == {"s": "In %#@n@", "s.n": "%arg Dateien"}


def test_what_is_not_translated_is_named() -> None:
    strings = {
        "a": entry(de=unit("Ja, gern", "needs_review")),
        "b": entry(de=unit("b", "new")),
        "c": {},
        "d": {"shouldTranslate": False, **entry(de=unit("Nein, danke"))},
        "e": entry(de=unit("Vielleicht"), fr=unit("Peut-être")),
    }
    one, two = read(strings)
    assert list(texts(one)) == list(texts(two)) == ["a", "e"]
    assert two.skipped == (
        "fr: a catalogue of more than two languages",
        "1 string not to be translated",
        "2 segments not translated yet: b, c",
    )


@pytest.mark.parametrize(
    ("strings", "top", "says"),
    [
        ({"a": entry(en=unit("Yes"))}, {}, "one language"),
        ({"a": {}}, {}, "one language"),
        ([], {}, "no string catalogue"),
        ({"a": entry(de=unit("Ja"))}, {"sourceLanguage": ""}, "no string catalogue"),
        ({"a": entry(de=unit("Ja", "new"))}, {}, "without a segment that is translated"),
    ],
)
def test_what_is_no_pair_is_refused(strings: Any, top: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(strings, **top)
