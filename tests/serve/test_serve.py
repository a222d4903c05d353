"""The service: what it refuses, what it answers, and that the answers are those of the command line."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service import DE, EN, FLAWED, PAIR, Inline, client, message

from mlcheck.serve import Limits, Refusal, openapi
from mlcheck.serve.parse import FIELDS, FORM_FIELDS, VERSION_FIELDS, order_of_json

CHECK = "/check"
_PART = b"--x\r\nContent-Disposition: form-data; name=b\r\n\r\nc\r\n--x--"


# Silence: what is not answered


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"source": NaN}', "not JSON: NaN"),
        (b"[" * 100_000, "too deep"),
        (b'{"source": "\xff"}', "not UTF-8"),
        (b"[]", "not an object"),
        (b"{}", "no 'source'"),
        (b'{"source": "text"}', "'source' is not an object"),
        (b'{"source": {}}', "either 'text' or 'data'"),
        (b'{"source": {"text": "a", "data": "YQ=="}}', "either 'text' or 'data'"),
        (b'{"source": {"text": 1}}', "has to be text"),
        (b'{"source": {"text": "\\ud800"}}', "lone surrogate"),
        (b'{"source": {"data": "?"}}', "not base64"),
        (b'{"source": {"data": 7}}', "not base64"),
        (b'{"source": {"text": "a", "txt": "b"}}', "no field 'txt'; did you mean 'text'?"),
        (b'{"sorce": {"text": "a"}}', "no field 'sorce'; did you mean 'source'?"),
        (b'{"source": {"text": "a", "language": "xx-wrong-"}}', "no language code"),
        (b'{"source": {"text": "a", "format": "doc"}}', "'source.format'"),
        (b'{"source": {"text": "a", "name": "a\\u0000b"}}', "control characters"),
        (b'{"source": {"text": "a"}, "words": "yes"}', "'words' has to be true or false"),
        (b'{"source": {"text": "a"}, "settings": {"rules": {"nothing": "off"}}}', "no rule 'nothing'"),
        (b'{"source": {"text": "a"}, "settings": {"model": "x"}}', "unknown key 'model'"),
        (b'{"source": {"text": "a"}, "settings": 3}', "'settings' has to be an object"),
        (b'{"source": {"text": "a"}, "model": "labse"}', "uses the model fake, and not 'labse'"),
        (b'{"versions": [{"text": "a"}]}', "two versions"),
        (b'{"versions": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}', "has 3; this service checks two"),
        (b'{"versions": [{"text": "a"}, {"text": "b"}], "source": {"text": "a"}}', "one or the other"),
        (b'{"source": {"text": "a"}, "pairs": true}', "no field 'pairs'"),
    ],
)
def test_what_is_malformed_is_refused_in_one_line(body: bytes, said: str) -> None:
    pool = Inline()
    answered = client(pool).post(CHECK, content=body, headers={"Content-Type": "application/json"})
    assert said in message(answered, 400)
    assert pool.asked == []


_NAMES = st.sampled_from(["source", "target", "versions", "text", "data", "name", "settings", "rules", "x"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner),
    max_leaves=8,
)


@given(st.binary(max_size=200) | _VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_an_order_or_a_refusal(body: bytes) -> None:
    refusal: Refusal | None = None
    try:
        order = order_of_json(body, "json", 1000, {"model": "fake"})
        assert isinstance(order.source.data, bytes)
    except Refusal as refused:
        refusal = refused
    assert refusal is None or (refusal.status in (400, 413) and "\n" not in str(refusal))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1234"},
        {"Origin": "https://127.0.0.1:8756"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
@pytest.mark.parametrize("path", [CHECK, "/health", "/", "/page.js"])
def test_another_page_is_not_answered(path: str, headers: dict[str, str]) -> None:
    pool = Inline()
    ask = client(pool)
    answered = ask.post(path, json=PAIR, headers=headers) if path == CHECK else ask.get(path, headers=headers)
    assert "another page" in message(answered, 403)
    assert pool.asked == []
    assert not [name for name in answered.headers if name.startswith("access-control")]


def test_a_page_that_asks_whether_it_may_ask_is_told_nothing() -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answered = client().options(CHECK, headers=headers)
    message(answered, 403)
    assert not [name for name in answered.headers if name.startswith("access-control")]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:1", "localhost.evil", "", "[::1"])
def test_a_name_that_was_made_to_lead_here_is_refused(host: str) -> None:
    for path in ("/", "/health"):
        message(client().get(path, headers={"Host": host}), 421)


@pytest.mark.parametrize("host", ["127.0.0.1:8756", "localhost:1", "LOCALHOST", "[::1]:8756"])
def test_the_names_of_this_machine_are_answered(host: str) -> None:
    own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert client().get("/health", headers=own).status_code == 200


@pytest.mark.parametrize("said", [None, "", "Bearer", "Bearer wrong", "Basic 0123456789abcdef", "Bearer é"])
def test_without_the_token_nothing_is_done(said: str | None) -> None:
    pool = Inline()
    ask = client(pool, host="0.0.0.0", token="0123456789abcdef")
    headers = {} if said is None else {"Authorization": said.encode("latin-1")}
    for answered in (ask.post(CHECK, json=PAIR, headers=headers), ask.get("/health", headers=headers)):
        assert "Bearer" in message(answered, 401)
        assert answered.headers["www-authenticate"] == "Bearer"
    assert pool.asked == []


def test_with_the_token_it_answers_under_any_name() -> None:
    headers = {"Authorization": "Bearer 0123456789abcdef", "Host": "checks.example:8756"}
    ask = client(host="0.0.0.0", token="0123456789abcdef")
    assert ask.post(CHECK, json=PAIR, headers=headers).status_code == 200
    assert ask.get("/", headers={"Host": "checks.example"}).status_code == 200  # the page, to enter it on


def test_too_large_is_refused_as_it_comes_and_as_it_says() -> None:
    ask = client(limits=Limits(max_size=1000))
    long = {**PAIR, "target": {"text": "ä" * 501}}
    assert "larger than 1,000 bytes" in message(ask.post(CHECK, json=long), 413)
    body = b" " * 80_000
    headers = {"Content-Type": "application/json"}
    assert "the request is larger" in message(ask.post(CHECK, content=body, headers=headers), 413)
    assert "the request is larger" in message(ask.post(CHECK, content=iter([body]), headers=headers), 413)
    files = {"source": ("a.txt", b"a" * 1001), "target": ("b.txt", b"b")}
    assert "larger than 1,000 bytes" in message(ask.post(CHECK, files=files), 413)


def test_what_is_no_json_and_no_form_is_refused() -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"Content-Type": kind}
        assert "application/json" in message(client().post(CHECK, content=b"{}", headers=headers), 415)


def test_unknown_routes_methods_and_parameters_are_refused() -> None:
    ask = client()
    message(ask.get("/nothing"), 404)
    message(ask.get("/..%2f..%2fetc/passwd"), 404)
    message(ask.get(CHECK), 405)
    message(ask.delete("/"), 405)
    message(ask.post("/check?format=pdf", json=PAIR), 400)
    message(ask.post("/check?path=/etc/passwd", json=PAIR), 400)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("  \n", "empty"), ("12 34\n", "no letters"), ("%PDF-1.7 text", "PDF")],
)
def test_a_text_that_cannot_be_checked_is_told(text: str, said: str) -> None:
    assert said in message(client().post(CHECK, json={**PAIR, "target": {"text": text}}), 422)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"", "multipart/form-data", "cannot be read"),
        (b"nothing", "multipart/form-data; boundary=x", "cannot be read"),
        (b"--x--\r\n", "multipart/form-data; boundary=x", "no 'source'"),
        (b"--x\r\n\r\nabc", "multipart/form-data; boundary=x", "cannot be read"),
        (_PART, "multipart/form-data; boundary=x", "'b'"),
    ],
)  # fmt: skip
def test_a_broken_form_is_refused(body: bytes, kind: str, said: str) -> None:
    answered = client().post(CHECK, content=body, headers={"Content-Type": kind})
    assert said in message(answered, 400)


def test_a_form_with_too_much_or_twice_the_same_is_refused() -> None:
    file = ("a.txt", EN.encode())
    twice = [("source", file), ("source", file)]
    assert "twice" in message(client().post(CHECK, files=twice), 400)
    message(client().post(CHECK, files=[*twice, ("target", file)]), 400)
    assert "'lang'" in message(client().post(CHECK, files={"source": file}, data={"lang": "en"}), 400)


def test_nothing_is_opened_under_a_name_that_is_sent(tmp_path: Path) -> None:
    """Ignores beside a text are files; of a text that was sent there is none."""
    (tmp_path / "b.txt.mlcheck").write_text("ignore-file added-paragraph known\n")
    sent = {"source": {"text": EN, "name": "a"}, "target": {"text": FLAWED, "name": str(tmp_path / "b.txt")}}
    report = client().post(CHECK, json=sent).json()["reports"][0]
    assert report["findings"]
    assert not any(finding["suppressed"] for finding in report["findings"])


def test_a_flaw_of_ours_is_a_line() -> None:
    said = message(client().post(CHECK, json={**PAIR, "id": "flaw"}), 500)
    assert "KeyError" in said
    assert "words of the text" not in said


# What is answered


def test_the_bytes_are_those_of_the_command_line(
    write: Callable[..., Path], run: Callable[..., Any], fake_model: None
) -> None:
    write("a.en.txt", *EN.strip().split("\n\n"))
    write("b.de.txt", *DE.strip().split("\n\n"))
    sent = {"source": {"text": EN, "name": "a.en.txt"}, "target": {"text": DE, "name": "b.de.txt"}}
    files = {"source": ("a.en.txt", EN.encode()), "target": ("b.de.txt", DE.encode())}
    for form in ("json", "jsonl", "html"):
        code, out, _ = run("check", "a.en.txt", "b.de.txt", "--format", form)
        assert code == 0
        answered = client().post(f"/check?format={form}", json=sent)
        assert (answered.status_code, answered.text) == (200, out)
        assert client().post(f"/check?format={form}", files=files).text == out


def test_versions_are_another_way_to_say_it() -> None:
    one = client().post(CHECK, json=PAIR)
    assert client().post(CHECK, json={"versions": [PAIR["source"], PAIR["target"]]}).content == one.content
    assert one.headers["content-type"] == "application/json"
    assert one.json()["reports"][0]["documents"][1]["language_from"] == "given"


def test_a_file_in_base64_is_read_as_its_format_is() -> None:
    data = base64.b64encode("# Ferries\n\nThe ferries cross again.\n".encode("utf-16")).decode()
    sent = {"source": {"data": data, "name": "a.md"}, "target": {**PAIR["target"], "format": "txt"}}
    document = client().post(CHECK, json=sent).json()["reports"][0]["documents"][0]
    assert document["paragraphs"][0]["role"] == "headline"
    assert document["encoding"].startswith("utf-16")


def test_a_file_of_segments_is_a_pair_by_itself() -> None:
    po = 'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "The ferries cross."\nmsgstr "Die Fähren überqueren."\n'
    report = client().post(CHECK, files={"source": ("a.po", po.encode())}).json()["reports"][0]
    assert report["id"] == "a.po"
    assert [d["language"] for d in report["documents"]][1] == "de"


def test_who_asks_for_a_page_gets_one() -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = client().post(CHECK, json=PAIR, headers=browser)
    assert page.headers["content-type"].startswith("text/html")
    assert page.text.startswith("<!doctype html>")
    assert "sandbox" in page.headers["content-security-policy"]
    assert client().post(CHECK, json=PAIR, headers={"Accept": "*/*"}).json()["schema"] == 1


def test_settings_and_words_are_the_requests_own() -> None:
    sent = {"source": PAIR["source"], "target": {"text": FLAWED, "language": "en"}}
    found = client().post(CHECK, json=sent).json()["reports"][0]["findings"]
    rule = found[0]["rule"]
    off = {**sent, "settings": {"rules": {rule: "off"}}, "words": True}
    report = client().post(CHECK, json=off).json()["reports"][0]
    assert rule not in {finding["rule"] for finding in report["findings"]}
    assert report["documents"][0]["words"]


def test_health_says_what_it_is() -> None:
    state = client().get("/health").json()
    assert state == {"version": state["version"], "ready": True, "model": "fake", "judge": None}
    pool = Inline()
    pool.ready = False
    assert client(pool).get("/health").status_code == 503


def test_every_answer_has_the_headers_of_safety() -> None:
    ask = client()
    for answered in (ask.get("/"), ask.get("/health"), ask.get("/nothing"), ask.post(CHECK, json=PAIR)):
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["cache-control"] == "no-store"
        assert answered.headers["cross-origin-resource-policy"] == "same-origin"
    policy = ask.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


# The description


def test_the_description_has_the_routes_and_no_other() -> None:
    described = client().get("/openapi.json").json()
    assert described == json.loads(json.dumps(openapi()))
    ask = client()
    for path, methods in described["paths"].items():
        for method in ("get", "post", "put", "delete"):
            status = ask.request(method, path, json=PAIR).status_code
            assert (status == 405) == (method not in methods), (path, method)


def test_the_description_has_the_fields_and_no_other() -> None:
    described = openapi()
    schemas = described["components"]["schemas"]
    assert tuple(schemas["Request"]["properties"]) == FIELDS
    assert tuple(schemas["Version"]["properties"]) == VERSION_FIELDS
    form = described["paths"]["/check"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert tuple(form["properties"]) == FORM_FIELDS
    names = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert names == set(schemas)
