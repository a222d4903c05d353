"""The HTML report as text: what is escaped, what is where, and that it is the same each time. What it does
in a browser is in `test_html_browser.py`."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hand_made import MARKUP, document, ferries, finding, link, place, rate, report, reports, strike, whole
from hypothesis import given
from hypothesis import strategies as st

import mlcheck.reporters.html
from mlcheck.data import (
    Document,
    EncoderId,
    FactMark,
    JudgeId,
    Note,
    Paragraph,
    Report,
    ReportError,
    Skip,
    Span,
    Suppression,
    WordDifference,
)
from mlcheck.languages import direction
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters import REPORTERS, Layout, to_html
from mlcheck.reporters.html import view
from mlcheck.reporters.html.evidence import in_words, percent
from mlcheck.reporters.html.joins import joined
from mlcheck.reporters.html.missing import missing_in
from mlcheck.reporters.html.numbers import Numbers
from mlcheck.reporters.html.pieces import SHADES, runs, shades
from mlcheck.reporters.html.roots import name_from, root_of
from mlcheck.reporters.html.text import isolated, plain

STATIC = Path(mlcheck.reporters.html.__file__).parent / "static"
VOID = {"meta", "input", "br"}
HOSTILE = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'>&lt;{{ 7*7 }}"
UNSEEN = "a\x00b\x1bc\u202ed\u2066e\U000e0041f"


class Page(HTMLParser):
    """What a browser would make of it, roughly; unclosed and crossing elements are an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.blocks: dict[int, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.blocks[len(self.elements) - 1] = data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and wanted.items() <= a.items()]

    def classed(self, name: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.elements if name in (a.get("class") or "").split()]

    def data(self) -> list[Any]:
        """The JSON that the scripts read, item by item."""
        return [
            json.loads(self.blocks[k])
            for k, (tag, a) in enumerate(self.elements)
            if tag == "script" and a.get("class") == "data"
        ]


def hostile() -> Report:
    """A report in which everything that can be somebody else's is an attack."""
    en, de = (
        document(f"a{HOSTILE}.txt", "en", f"{HOSTILE}\n\nTwo\n"),
        document("b.txt", "de", f"Eins\n\n{HOSTILE}\n"),
    )
    found = finding(
        "number-mismatch",
        "error",
        f"“{HOSTILE}” is {HOSTILE}",
        place(en, HOSTILE),
        whole(de, 1),
        evidence={HOSTILE: [HOSTILE, {HOSTILE: HOSTILE}]},
    )
    odd = replace(found, rule=HOSTILE, mqm=HOSTILE)
    accepted = replace(found, suppressed=Suppression(by="baseline", reason=HOSTILE, where=HOSTILE))
    made = report(
        HOSTILE, "inconsistent", en, de, found, odd, accepted, links=(link((0,), (0,)), link((1,), (1,)))
    )
    return replace(
        made,
        encoder=EncoderId(name=HOSTILE, revision=HOSTILE, sha256="0"),
        judge=JudgeId(name=HOSTILE, revision=HOSTILE, sha256="0"),
        notes=(Note(code=HOSTILE, message=HOSTILE),),
        skipped=(Skip(rule=HOSTILE, reason=HOSTILE),),
        words=((WordDifference(Span(0, 9), 0.9),), ()),
        facts=((FactMark(Span(3, 30), "name"),), ()),
    )


# Safety


def test_nothing_of_a_text_becomes_markup() -> None:
    failed = replace(strike(), id=HOSTILE, error=ReportError(code="input", message=HOSTILE))
    page = Page(to_html([hostile(), failed]))
    ours = Page(to_html([ferries(), strike()]))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in ours.elements}
    assert page.all("img") == []
    assert len(page.all("script")) == 3 + 2  # ours with the page's marks, and the data of two items
    assert page.text.count(HOSTILE) > 10
    assert [a for _, a in page.elements if any(name.startswith("on") or name == "style" for name in a)] == []


def test_data_survive_the_page() -> None:
    data = Page(to_html([hostile()])).data()[0]
    assert data["source"] == f"a{HOSTILE}.txt"
    assert {f["rule"] for f in data["findings"]} == {"number-mismatch", HOSTILE}
    assert data["findings"][0]["excerpt"] == HOSTILE[:80]


def test_a_template_in_a_text_is_text() -> None:
    assert "{{ 7*7 }}" in to_html([hostile()])


def test_characters_that_nobody_sees_are_named() -> None:
    en, de = document(f"{UNSEEN}.txt", "en", f"{UNSEEN}\n"), document("b.txt", "de", "Eins\n")
    written = to_html([report(UNSEEN, "consistent", en, de, links=(link((0,), (0,)),))])
    assert re.search("[\x00\x1b\u202e\u2066\U000e0041]", written) is None
    assert '<span class="ctl">U+202E</span>' in written
    assert "&lt;U+001B&gt;" in written


def test_a_path_that_is_no_text_can_be_written() -> None:
    en, de = document("\udcff.txt", "en", "One\n"), document("b.txt", "de", "Eins\n")
    written = to_html([report("x", "consistent", en, de)])
    written.encode()
    assert Page(written).data()[0]["source"] == "\udcff.txt"


def test_the_policy_lets_our_own_scripts_run_and_nothing_else() -> None:
    page = Page(to_html(reports()))
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        blocks = [page.blocks[k] for k, (t, a) in enumerate(page.elements) if t == tag and "type" not in a]
        hashes = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in blocks]
        assert hashes
        assert f"{tag}-src " + " ".join(f"'sha256-{h}'" for h in hashes) in policy


def test_the_page_points_at_nothing_but_itself() -> None:
    page = Page(to_html(reports()))
    assert page.all("link") + page.all("iframe") + page.all("img") == []
    for _, attributes in page.elements:
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
    code = "".join(path.read_text("utf-8") for path in STATIC.iterdir())
    assert set(re.findall(r"\bhttps?://[^\s\"']+", code)) == {"http://www.w3.org/2000/svg"}
    assert code.count("outerHTML") == 1  # which reads
    assert "outerHTML =" not in code
    for banned in ("innerHTML", "insertAdjacent", "document.write", "eval(", "@import", "url("):
        assert banned not in code


def test_two_runs_give_the_same_bytes() -> None:
    assert to_html(reports()) == to_html(reports())
    assert REPORTERS["html"](reports(), Layout()) == to_html(reports())


# What stands where


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    page = Page(to_html(reports()))
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, a in page.elements:
        for name in ("aria-labelledby", "aria-controls"):
            assert a.get(name) is None or a[name] in ids, (tag, a)
        if tag == "a":
            assert (a["href"] or "").removeprefix("#") in ids


def test_a_pair_has_its_verdict_columns_findings_and_notes() -> None:
    page = Page(to_html([ferries()]))
    assert "Inconsistent 2 errors, 3 warnings, 1 remark; 3 of 8 paragraphs agree" in " ".join(
        page.text.split()
    )
    assert [a["lang"] for a in page.classed("copy") if "lang" in a] == ["en", "ru"]
    assert len(page.classed("finding")) == 6
    for said in (
        "Paragraph 7 is partly in no known language",
        "no list of verbs of saying for Russian",
        "The desk's spelling",
        "hand-made-encoder, revision 2024-05",
        "hand-made-judge, revision 2024-06",
        "wire/ferries.en.txt:5:20",
        "Alike with the nearest passage",
    ):
        assert said in page.text
    assert page.all("section", id="index") == []


def test_findings_are_numbered_as_the_text_runs() -> None:
    page = Page(to_html([ferries()]))
    found = sorted(page.classed("finding"), key=lambda a: int(a["data-n"] or 0))
    rules = [a["data-rule"] for a in found]
    assert rules == [
        "number-mismatch",
        "missing-paragraph",
        "name-mismatch",
        "added-sentence",
        "untranslated",
        "moved-paragraph",
    ]
    assert [f["rule"] for f in page.data()[0]["findings"]] == rules
    # The list has errors first; what is for information is folded away below.
    assert [a["data-n"] for a in page.classed("finding")] == ["1", "2", "3", "4", "5", "6"]
    assert page.classed("finding")[-1]["data-severity"] == "info"


def test_the_rules_that_spoke_explain_themselves() -> None:
    page = Page(to_html([ferries()]))
    told = {(a["id"] or "").removeprefix("rule-") for a in page.all("details") if "id" in a}
    assert {a["data-rule"] for a in page.classed("finding")} | {"quote-mismatch"} == told
    assert "A paragraph that" in page.text or "Why it matters" in page.text


def test_a_place_is_marked_and_a_whole_paragraph_is_one() -> None:
    page = Page(to_html([ferries()]))
    marks = [(a["class"], a["data-f"]) for a in page.all("mark") if "data-f" in a]
    assert ("error", "1") in marks  # 12 and 21
    assert ("warning", "3") in marks  # Berg and Бергман
    whole_ones = {a["id"]: (a["data-f"], a["class"]) for a in page.classed("whole")}
    assert whole_ones["i0-s3"][0] == "2"
    assert "lone" in (whole_ones["i0-s3"][1] or "")
    assert "moved" in (whole_ones["i0-s7"][1] or "")


def test_markup_in_a_text_is_shown() -> None:
    assert Page(to_html([ferries()])).text.count(MARKUP) >= 4


def test_what_is_not_compared_is_folded() -> None:
    written = to_html([ferries()])
    folds = re.findall(r'<details class="fold">.*?</details>', written, re.DOTALL)
    assert len(folds) == 2
    assert "Share this story" in folds[0]
    assert 'id="i0-s8"' in folds[0]


def test_a_gap_stands_where_the_missing_paragraph_would() -> None:
    written = to_html([ferries()])
    gap = written.index("Paragraph 4 of the English version has no counterpart here")
    # Paragraph 3 is linked with the third; the fourth in Russian is the eighth in English, which moved.
    assert written.index('id="i0-t2"') < gap < written.index('id="i0-t3"')
    joins = Page(written).data()[0]["joins"]
    assert {"s": ["s3"], "t": ["gt0"], "kind": "missing", "f": [2]} in joins
    assert {"s": ["s7"], "t": ["t3"], "kind": "moved", "f": [6]} in joins


@pytest.mark.parametrize(
    ("links", "gaps"),
    [
        ([((0,), (0,)), ((1,), ()), ((2,), ()), ((3,), (1,))], {1: {0: "Paragraphs 2 to 3 of"}}),
        ([((0,), ()), ((1,), (2,))], {1: {1: "Paragraph 1 of"}}),
        ([((), (0,)), ((0,), (1,)), ((), (2,))], {0: {-1: "Paragraph 1 of", 0: "Paragraph 3 of"}}),
        ([((0,), ()), ((), (0,))], {0: {-1: "Paragraph 1 of"}, 1: {-1: "Paragraph 1 of"}}),
        ([((0,), (0,))], {}),
    ],
)
def test_gaps(links: list[Any], gaps: dict[int, dict[int, str]]) -> None:
    text = "A\n\nB\n\nC\n\nD\n"
    en, de = document("a", "en", text), document("b", "de", text)
    made = joined([link(*pair) for pair in links], [en, de])
    found = {
        side: {
            after: made.gaps_below(side, after)[0][1]
            for after in range(-1, 4)
            if made.gaps_below(side, after)
        }
        for side in (0, 1)
    }
    assert {side: own for side, own in found.items() if own}.keys() == gaps.keys()
    for side, own in gaps.items():
        assert found[side].keys() == own.keys()
        assert all(found[side][after].startswith(said) for after, said in own.items())
    known = {*(f"s{k}" for k in range(4)), *(f"t{k}" for k in range(4))}
    known |= {key for side in (0, 1) for after in range(-1, 4) for key, *_ in made.gaps_below(side, after)}
    assert all(own and set(own) <= known for join in made.joins for own in (join.source, join.target))


def test_a_finding_on_one_side_knows_what_stands_opposite() -> None:
    at = {f["rule"]: f["at"] for f in Page(to_html([ferries()])).data()[0]["findings"]}
    assert at["missing-paragraph"] == ["s3", "gt0"]
    assert at["added-sentence"] == ["s5", "t5"]


def test_each_column_runs_as_its_language_does() -> None:
    en = document("a.txt", "en", "One\n\nTwo\n")
    ar = document("b.txt", "ar", "واحد\n\nTwo\n")
    english = replace(ar.paragraphs[1], language="en")
    ar = replace(ar, paragraphs=(ar.paragraphs[0], english))
    page = Page(to_html([report("x", "consistent", en, ar, links=(link((0,), (0,)), link((1,), (1,))))]))
    columns = [(a["lang"], a["dir"]) for _, a in page.elements if a.get("class") == "copy" and "lang" in a]
    assert columns == [("en", "ltr"), ("ar", "rtl")]
    left_in_english = next(a for _, a in page.elements if a.get("id") == "i0-t1")
    assert (left_in_english["lang"], left_in_english["dir"]) == ("en", "ltr")
    assert next(a for _, a in page.elements if a.get("id") == "i0-t0")["dir"] == "rtl"


@pytest.mark.parametrize(
    ("code", "way"),
    [
        *((code, "ltr") for code in ("en", "ru", "zh-Hant", "az", "xx", "", "uz-Cyrl", "ar-Latn")),
        *((code, "rtl") for code in ("ar", "ar-EG", "he", "fa", "ur_PK", "az-Arab", "ckb")),
    ],
)
def test_direction(code: str, way: str) -> None:
    assert direction(code) == way


def test_quotes_in_messages_are_isolated() -> None:
    parts = [tuple(part) for part in isolated("Paragraph 2: “خمسة” is “six”")]
    assert [text for text, quoted in parts if quoted] == ["خمسة", "six"]
    assert "".join(text for text, _ in parts) == "Paragraph 2: “خمسة” is “six”"
    assert "<bdi>Бергман</bdi>" not in to_html([ferries()])  # no quotation marks, no quote


def test_a_batch_has_an_index_and_a_section_an_item() -> None:
    page = Page(to_html(reports()))
    assert len(page.all("section", id="index")) == 1
    assert len([a for tag, a in page.elements if tag == "section" and a.get("class") == "item"]) == 4
    assert "1 consistent, 1 inconsistent, 1 unrelated, 1 not checked" in page.text
    assert "wire/strike.de.txt: the file is empty; give a file with text" in page.text


def test_no_reports_are_a_page_too() -> None:
    assert "nothing was checked" in Page(to_html([])).text


def test_the_page_is_small() -> None:
    # The frame: style, scripts, help. A pair of wire items adds some ten thousand bytes.
    assert len(to_html([strike()]).encode()) < 80_000
    assert len(to_html([ferries()]).encode()) < 120_000


# Words and facts in the text


def marked(
    text: str, findings: list[tuple[int, int]], words: list[tuple[int, int, float]], facts: list[Any]
) -> Any:
    paragraph = Paragraph(index=0, span=Span(5, 5 + len(text)), line=1, end_line=1, text=text, role="body")
    return runs(
        paragraph,
        [(Span(a + 5, b + 5), n) for n, (a, b) in enumerate(findings, start=1)],
        shades([WordDifference(Span(a + 5, b + 5), d) for a, b, d in words]),
        sorted(FactMark(Span(a + 5, b + 5), kind) for a, b, kind in facts),
    )


def spans_in(length: int) -> st.SearchStrategy[tuple[int, int]]:
    at = st.integers(-3, length + 3)
    return st.tuples(at, at).map(lambda s: (min(s), max(s))).filter(lambda s: s[0] < s[1])


@given(st.data())
def test_a_cut_paragraph_is_the_paragraph(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=30))
    spans = spans_in(len(text))
    findings = data.draw(st.lists(spans, max_size=4))
    facts = data.draw(st.lists(st.tuples(spans, st.sampled_from(["number", "negation"])), max_size=4))
    done = marked(text, findings, [], [(*span, kind) for span, kind in facts])
    assert "".join(piece.text for run in done for piece in run.pieces) == text
    at = 0
    for run in done:
        for piece in run.pieces:
            for k in range(at, at + len(piece.text)):
                assert set(run.findings) == {n for n, (a, b) in enumerate(findings, start=1) if a <= k < b}
                near = [f for f in facts if f[0][0] >= 0 and f[1] == "number"]
                if any(a <= k < b for (a, b), _ in near):
                    assert piece.kinds == ("number",)
            at += len(piece.text)
    opened = [n for run in done for n in run.opens]
    assert sorted(opened) == [n for n, (a, b) in enumerate(findings, start=1) if a < len(text) and b > 0]


def test_words_are_shaded_by_their_difference() -> None:
    low, middle, high = SHADES
    done = marked(
        "one two six ten", [], [(0, 3, low - 0.01), (4, 7, low), (8, 11, middle), (12, 15, high)], []
    )
    assert [(p.text, p.level) for p in done[0].pieces] == [
        ("one ", 0),
        ("two", 1),
        (" ", 0),
        ("six", 2),
        (" ", 0),
        ("ten", 3),
    ]


def test_neighbours_of_a_shade_are_one() -> None:
    done = marked("one, two and six", [], [(0, 3, 0.9), (5, 8, 0.8), (13, 16, 0.9)], [])
    assert [(p.text, p.level) for p in done[0].pieces] == [("one, two", 3), (" and ", 0), ("six", 3)]


def test_a_quotation_holds_its_names() -> None:
    done = marked("“Berg left”", [], [], [(1, 10, "quote"), (1, 5, "name"), (6, 10, "negation")])
    assert [(p.text, p.kinds) for p in done[0].pieces] == [
        ("“", ()),
        ("Berg", ("name", "quotation")),
        (" left", ("quotation",)),
        ("”", ()),
    ]


def test_a_lone_paragraph_is_not_shaded() -> None:
    made = ferries()
    assert made.source
    assert made.target
    words = tuple(
        tuple(WordDifference(Span(*m.span()), 0.9) for m in re.finditer(r"\w+", d.text))
        for d in (made.source, made.target)
    )
    written = to_html([replace(made, words=(words[0], words[1]))])
    lone = re.search(r'id="i0-s3".*?</div>', written, re.DOTALL)
    assert lone
    assert 'class="w3"' not in lone[0]
    assert 'class="w3"' in written


def test_facts_stand_where_the_document_has_them(checker: Checker) -> None:
    text = "# Ferries\n\nThe **port** authority said 12 *crossings* on April 28.\n\nFerries cross the bay.\n"
    one = read_text(text, name="a.md")
    two = read_text("# Fähren\n\nDie Hafenbehörde sagte 12.\n\nFähren überqueren die Bucht.\n", name="b.md")
    silent = checker.check(one, two, languages=("en", "de"))
    assert silent.facts is None
    made = checker.check(one, two, languages=("en", "de"), facts=True)
    assert made.facts
    found = {(text[slice(*fact.span)], fact.kind) for fact in made.facts[0]}
    assert ("12", "number") in found
    assert any(kind == "date" and "28" in said for said, kind in found)
    assert made.facts[0] == tuple(sorted(made.facts[0]))
    assert made.shades == ((), ())
    assert replace(made, facts=None, shades=None) == silent


# Hostile sizes


def many(paragraphs: int, words: int) -> Document:
    return document("a.txt", "en", "\n\n".join("word " * words for _ in range(paragraphs)) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize(("paragraphs", "words"), [(1, 40_000), (4_000, 10)])
def test_time_grows_with_the_text_and_no_faster(paragraphs: int, words: int) -> None:
    one, two = many(paragraphs, words), many(paragraphs, words)
    spans = [Span(*m.span()) for m in re.finditer(r"\w+", one.text)]
    shaded = tuple(WordDifference(span, 0.9 * (k % 2)) for k, span in enumerate(spans))
    facts = tuple(FactMark(span, "number") for span in spans[::3])
    lone = [
        finding("missing-paragraph", "error", "gone", whole(one, k), None) for k in range(0, paragraphs, 4)
    ]
    links = tuple(link((k,), ()) if k % 4 == 0 else link((k,), (k,), 0.9, 0.1) for k in range(paragraphs))
    links += tuple(link((), (k,)) for k in range(0, paragraphs, 4))
    made = replace(
        report("x", "inconsistent", one, two, *lone, links=links),
        words=(shaded, shaded),
        facts=(facts, facts),
    )
    started = time.process_time()
    to_html([made])
    assert time.process_time() - started < 30  # some three seconds; quadratic steps take minutes


# Colours


def colours(block: str) -> dict[str, tuple[float, ...]]:
    found = re.findall(r"--([\w-]+): #([0-9a-f]{3,6})\b", block)
    wide = {name: code if len(code) == 6 else "".join(2 * c for c in code) for name, code in found}
    return {name: tuple(int(code[k : k + 2], 16) / 255 for k in (0, 2, 4)) for name, code in wide.items()}


def contrast(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    """By WCAG 2.2, 1 to 21."""

    def luminance(colour: tuple[float, ...]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_text_can_be_read_in_both_schemes() -> None:
    blocks = re.findall(r"(?<=\{)[^{}]*--page: [^{}]*", (STATIC / "report.css").read_text("utf-8"))
    assert len(blocks) == 4
    light, dark, also_dark, paper = map(colours, blocks)
    assert dark == also_dark
    tints = ("error-tint", "warning-tint", "info-tint", "shade-1", "shade-2", "shade-3", "hot")
    for scheme in (light, dark, {**light, **paper}):
        for ground in ("page", "paper"):
            for ink in ("ink", "quiet", "accent", "error", "warning", "info", "good"):
                assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
            assert contrast(scheme["gap"], scheme[ground]) >= 3  # lines that tell something
        for tint in tints:
            assert contrast(scheme["ink"], scheme[tint]) >= 4.5, tint
        for quiet in ("error-tint", "warning-tint", "hot"):
            assert contrast(scheme["quiet"], scheme[quiet]) >= 4.5, quiet


def test_plain() -> None:
    assert plain("a\u202eb\x0bc") == "a<U+202E>b\nc"


# Numbers, and what is missing inside a paragraph


def menu() -> tuple[Document, Document]:
    """Two versions, the second below a menu."""
    one = document("a.en.txt", "en", "Head\n\nOne. Two is here. Three.\n\nLast\n")
    two = document("a.de.txt", "de", "Menü\n\nKopf\n\nEins. Drei.\n\nEnde\n", furniture=0)
    return one, two


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Paragraph 2: “Paragraph 3” is “x” in the German version", None),
        ("Paragraph 3 of the German version is new", "Paragraph 2 of the German version is new"),
        ("Paragraph 1: moved; paragraph 4 in the target", "Paragraph 1: moved; paragraph 3 in the target"),
        ("Paragraphs 3 to 4 of the target repeat it", "Paragraphs 2 to 3 of the target repeat it"),
        ("Paragraph 4 of the target repeats paragraph 3", "Paragraph 3 of the target repeats paragraph 2"),
        ("Paragraph 1 of the German version is a menu", None),
        ("Part of paragraph 4 of a.de.txt is missing", "Part of paragraph 3 of a.de.txt is missing"),
        ("Paragraph 2 of a.de.txtx", None),
        ("Paragraph 77777777777777777777 of the target", None),
    ],
)  # fmt: skip
def test_messages_have_the_numbers_of_the_page(message: str, said: str | None) -> None:
    one, two = menu()
    found = finding("x", "info", message, whole(one, 1), whole(two, 2))
    assert Numbers([one, two]).in_message(found) == (said or message)


def test_both_columns_count_what_is_compared() -> None:
    one, two = menu()
    links = (link((0,), (1,), 0.9, 0.1), link((1,), (2,), 0.9, 0.1), link((2,), ()), link((), (3,)))
    lone = finding("missing-paragraph", "error", "Paragraph 3 has no counterpart", whole(one, 2), None)
    added = finding(
        "added-paragraph", "error", "Paragraph 4 of the German version is new", None, whole(two, 3)
    )
    written = to_html([report("x", "inconsistent", one, two, lone, added, links=links)])
    assert re.findall(r'<span class="num"[^>]*>(\d*)<', written) == ["1", "2", "3", "", "1", "2", "3"]
    assert 'aria-label="2, with 2 of the other version"' in written
    assert "Paragraph 3 of the German version has no counterpart here" in written
    assert "Paragraph 3 of the German version is new" in written
    assert "Paragraph 4 of the German" not in written


@pytest.mark.parametrize(
    ("words", "at"),
    [("One.", "Eins"), ("Two is here.", "Drei"), ("Two", "Drei"), ("Two is here. Three.", None)],
)
def test_what_is_missing_in_a_paragraph_has_a_place_there(words: str, at: str | None) -> None:
    one, two = menu()
    joins = joined([link((0,), (1,)), link((1,), (2,)), link((2,), (3,))], [one, two])
    found = finding("missing-sentence", "error", "x", place(one, words), None)
    told = finding("untranslated", "error", "x", place(one, words), None)
    assert missing_in(0, [one, two], [told, found], joins) == {}
    ((offset, here),) = missing_in(1, [one, two], [told, found], joins)[2]
    assert (here.number, here.text, here.language) == (2, words, "en")
    text = two.paragraphs[2].text
    assert offset == (len(text) if at is None else text.index(at))


@pytest.mark.parametrize(
    ("text", "shade", "shown"),
    [
        ("up to 76,700 boats", "700", "76,700"),
        ("up to 76\u202f700 boats", "76", "76\u202f700"),
        ("1.5 and 2", "5", "1.5"),
        ("in 2024, 700 boats", "700", "700"),
        ("boats 12", "boats", "boats"),
    ],
)
def test_a_number_is_shaded_whole(text: str, shade: str, shown: str) -> None:
    at = text.rindex(shade)
    done = marked(text, [], [(at, at + len(shade), 0.9)], [])
    assert [p.text for p in done[0].pieces if p.level] == [shown]


def test_figures_are_in_words() -> None:
    odd = {"similarity": 0.934, "logit": 6.9, "best": 0.31, "sort": "added", "id": "T1", "wrong": 1e-9}
    assert list(in_words({**odd, "language": "ru"})) == [
        ("Alike in meaning", "93 %"),
        ("How it differs", "it is added"),
        ("Id", "T1"),
        ("Likely not to belong together", "1 %"),
        ("Language", "Russian"),
    ]
    assert [percent(share) for share in (0, 0.004, 0.5, 0.999, 1)] == ["0 %", "1 %", "50 %", "99 %", "100 %"]


@pytest.mark.parametrize(
    ("paths", "root", "names"),
    [
        (["en/a.txt", "./de/a.txt"], ".", ["en/a.txt", "./de/a.txt"]),
        (["../en/a.txt", "../de/a.txt"], "..", ["en/a.txt", "de/a.txt"]),
        (["/x/en/a.txt", "/x/de/a.txt"], "/x", ["en/a.txt", "de/a.txt"]),
        (["/x/en/a.txt", "de/a.txt"], ".", ["/x/en/a.txt", "de/a.txt"]),
        (["/x/a.txt", "../a.txt"], ".", ["/x/a.txt", "../a.txt"]),
        ([], ".", []),
    ],
)
def test_the_page_names_a_root_for_its_files(paths: list[str], root: str, names: list[str]) -> None:
    assert root_of(paths) == root
    assert [name_from(root, path) for path in paths] == names


def test_items_stand_by_number_and_the_languages_of_one_together() -> None:
    made = [replace(rate(), id="item10.zh"), replace(ferries(), id="item9"), replace(rate(), id="item2.fr")]
    assert [item.report.id for item in view.page(made).items] == ["item2.fr", "item10.zh", "item9"]
    assert [item.key for item in view.page(made).items] == ["i2", "i0", "i1"]
    assert view.page([replace(rate(), id="9" * 9999), rate()]).items[0].report.id == "9" * 9999


def test_marks_of_texts_elsewhere_have_paths_from_their_root() -> None:
    made = ferries()
    assert made.source
    assert made.target
    away = replace(
        made,
        source=replace(made.source, path="../desk/en/f.txt"),
        target=replace(made.target, path="../desk/ru/f.txt"),
    )
    written = to_html([away])
    (marks,) = re.findall(r'<script type="application/json" id="marks">(.*)</script>', written)
    assert json.loads(marks)["root"] == "../desk"
    data = Page(written).data()[0]
    assert (data["source"], data["target"]) == ("en/f.txt", "ru/f.txt")
    assert "../desk/en/f.txt" in Page(written).text
