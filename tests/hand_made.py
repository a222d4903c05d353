"""Reports made by hand: one of each verdict, and the parts to make more. All stories are invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, cast

from mlcheck.checks import Rule
from mlcheck.checks.rule import Draft
from mlcheck.compare import Evidence
from mlcheck.data import (
    Document,
    EncoderId,
    Finding,
    JudgeId,
    Link,
    Location,
    Note,
    Paragraph,
    Report,
    ReportError,
    Role,
    Severity,
    Skip,
    Span,
    Suppression,
)
from mlcheck.report import with_fingerprints
from mlcheck.settings import CheckSettings

JUDGE = JudgeId(name="hand-made-judge", revision="2024-06", sha256="fedcba9876543210" * 4)
ENCODER = EncoderId(name="hand-made-encoder", revision="2024-05", sha256="0123456789abcdef" * 4)

MARKUP = "<b>[bold]x[/bold]"

FERRIES = """\
Ferries across Lisna Bay to resume on Sunday

Ferries will again cross Lisna Bay on Sunday, three weeks after a storm damaged the northern pier, the \
port authority said.

The authority said 12 crossings a day would run until the end of June, two thirds of the usual number.

Freight traffic is not affected, it added. Lorries have been using the southern terminal since April 24, \
when the first of two temporary ramps was opened, and will go on doing so until the old ramp has been \
inspected; the harbour master expects a decision in the second week of June.

Repairs cost 4.2 million crowns, according to port director Anna Berg.

"We would rather be slow than sorry," Berg told reporters.

The display at the pier will show <b>[bold]x[/bold] instead of times until the software is replaced.

Tickets bought for cancelled crossings stay valid until September.

Share this story
"""

FERRIES_RU = """\
Паромы через залив Лисна возобновят движение в воскресенье

Паромы снова начнут пересекать залив Лисна в воскресенье, через три недели после шторма, повредившего \
северный причал, сообщила администрация порта.

По её данным, до конца июня будет выполняться 21 рейс в день — две трети обычного числа.

Билеты на отменённые рейсы действительны до сентября.

Ремонт обошёлся в 4,2 миллиона крон, сообщила директор порта Анна Бергман.

«Лучше медленно, чем потом жалеть», — сказала она журналистам. Пассажиров просят приходить за полчаса до \
отправления.

До замены программы табло на причале будет показывать <b>[bold]x[/bold] вместо времени отправления.

Читайте также: погода на выходные
"""

RATE = """\
Central bank keeps key rate at 5.5 per cent

The central bank left its key rate unchanged on Thursday, as analysts had expected.

Inflation slowed to 3.1 per cent in March.
"""

RATE_ZH = """\
央行维持关键利率5.5%不变

正如分析师所预期，央行周四维持关键利率不变。

3月份通胀率放缓至3.1%。
"""

MUSEUM = """\
Town museum reopens after two years

Visitors will find the clock collection on the first floor.
"""

TRAM_DE = """\
Stadtrat vertagt Entscheidung über die Straßenbahn

Die Linie 4 soll frühestens im Herbst verlängert werden.
"""


def document(path: str, language: str, text: str, furniture: int | None = None) -> Document:
    """A document with a paragraph for every line that is not blank; paragraph `furniture` is that."""
    paragraphs = []
    for index, match in enumerate(re.finditer(r"[^\n]+", text)):
        line = text.count("\n", 0, match.start()) + 1
        role = "headline" if index == 0 else "lede" if index == 1 else "body"
        paragraphs.append(
            Paragraph(
                index=index,
                span=Span(*match.span()),
                line=line,
                end_line=line,
                text=match[0],
                role=cast(Role, "furniture" if index == furniture else role),
            )
        )
    return Document(
        path=path,
        text=text,
        encoding="utf-8",
        encoding_guessed=False,
        language=language,
        language_from="detected",
        paragraphs=tuple(paragraphs),
        sentences=(),
    )


def place(within: Document, text: str) -> Location:
    """Where `text` stands first in the document."""
    start = within.text.index(text)
    end = start + len(text)
    paragraphs = tuple(p.index for p in within.paragraphs if p.span.start < end and p.span.end > start)
    return Location(
        paragraphs=paragraphs,
        span=Span(start, end),
        line=within.text.count("\n", 0, start) + 1,
        column=start - within.text.rfind("\n", 0, start),
        end_line=within.text.count("\n", 0, end) + 1,
        end_column=end - within.text.rfind("\n", 0, end),
        text=text,
    )


def whole(within: Document, *indices: int) -> Location:
    """The place of whole paragraphs that follow each other."""
    paragraphs = [within.paragraphs[index] for index in indices]
    return place(within, within.text[paragraphs[0].span.start : paragraphs[-1].span.end])


def finding(
    rule: str,
    severity: Severity,
    message: str,
    *places: Location | None,
    confidence: float = 0.9,
    mqm: str = "accuracy/mistranslation",
    evidence: dict[str, Any] | None = None,
) -> Finding:
    """A finding; `places` are the one in the source and the one in the target."""
    source, target = places
    return Finding(
        rule=rule,
        severity=severity,
        mqm=mqm,
        message=message,
        source=source,
        target=target,
        confidence=confidence,
        evidence=evidence or {},
    )


def report(
    identifier: str,
    verdict: Literal["consistent", "inconsistent", "unrelated"],
    source: Document,
    target: Document,
    *findings: Finding,
    links: tuple[Link, ...] = (),
    divergence: float = 0.97,
) -> Report:
    """A report of a pair that was checked."""
    return Report(
        id=identifier,
        verdict=verdict,
        divergence=divergence,
        encoder=ENCODER,
        judge=JUDGE,
        source=source,
        target=target,
        links=links,
        findings=with_fingerprints(findings),
    )


def link(source: tuple[int, ...], target: tuple[int, ...], *figures: float, moved: bool = False) -> Link:
    """A link; `figures` are similarity and divergence, or nothing."""
    similarity, divergence = figures or (None, None)
    return Link(source=source, target=target, similarity=similarity, divergence=divergence, moved=moved)


def ferries() -> Report:
    """An inconsistent pair with findings of six rules, one of them in the baseline."""
    en = document("wire/ferries.en.txt", "en", FERRIES, furniture=8)
    ru = document("wire/ferries.ru.txt", "ru", FERRIES_RU, furniture=7)
    findings = (
        finding(
            "moved-paragraph",
            "info",
            "Paragraph 8 is paragraph 4 in the Russian version",
            whole(en, 7),
            whole(ru, 3),
            mqm="fluency/coherence",
            evidence={"similarity": 0.9},
        ),
        finding(
            "name-mismatch",
            "warning",
            "Paragraph 5 says Berg, the Russian version Бергман",
            place(en, "Berg"),
            place(ru, "Бергман"),
            confidence=0.62,
            evidence={"closest": ["Анна", "Бергман"], "edit_distance": 3},
        ),
        finding(
            "added-sentence",
            "warning",
            "A sentence of paragraph 6 of the Russian version has no counterpart",
            None,
            place(ru, "Пассажиров просят приходить за полчаса до отправления."),
            confidence=0.8123456,
            mqm="accuracy/addition",
            evidence={"nearest_similarity": 0.214159},
        ),
        finding(
            "number-mismatch",
            "error",
            "Paragraph 3 says 12, the Russian version 21",
            place(en, "12"),
            place(ru, "21"),
            confidence=0.97,
            evidence={"source_numbers": [12], "target_numbers": [21], "similarity": 0.93},
        ),
        finding(
            "missing-paragraph",
            "error",
            "Paragraph 4 has no counterpart in the Russian version",
            whole(en, 3),
            None,
            confidence=0.99,
            mqm="accuracy/omission",
            evidence={"nearest_similarity": 0.31, "nearest_paragraph": 5},
        ),
        finding(
            "untranslated",
            "warning",
            f"{MARKUP} stands untranslated in paragraph 7",
            place(en, MARKUP),
            place(ru, MARKUP),
            confidence=0.55,
            mqm="accuracy/untranslated",
            evidence={"same_characters": True, "text": MARKUP},
        ),
    )
    links = (
        link((0,), (0,), 0.95, 0.02),
        link((1,), (1,), 0.9412345, 0.03),
        link((2,), (2,), 0.93, 0.91),
        link((3,), ()),
        link((4,), (4,), 0.92, 0.3),
        link((5,), (5,), 0.81, 0.74),
        link((6,), (6,), 0.9, 0.2),
        link((7,), (3,), 0.9, 0.05, moved=True),
    )
    made = report("ferries", "inconsistent", en, ru, *findings, links=links, divergence=0.98765)
    accepted = tuple(
        replace(f, suppressed=ACCEPTED if f.rule == "name-mismatch" else None) for f in made.findings
    )
    return replace(
        made,
        findings=accepted,
        skipped=(Skip(rule="quote-mismatch", reason="no list of verbs of saying for Russian"),),
        notes=(Note(code="short-text", message="Paragraph 7 is partly in no known language"),),
    )


ACCEPTED = Suppression(by="baseline", reason="The desk's spelling", where="mlcheck-baseline.json")


def rate() -> Report:
    """A consistent pair, in a script without spaces."""
    en = document("wire/rate.en.txt", "en", RATE)
    zh = document("wire/rate.zh.txt", "zh", RATE_ZH)
    links = tuple(link((i,), (i,), 0.94, 0.02) for i in range(3))
    made = report("rate", "consistent", en, zh, links=links, divergence=0.03)
    return replace(made, skipped=(Skip(rule="name-mismatch", reason="no transliteration for Chinese"),))


def strike() -> Report:
    """A pair that could not be checked."""
    message = "wire/strike.de.txt: the file is empty; give a file with text"
    return Report(
        id="strike",
        verdict="error",
        divergence=None,
        encoder=None,
        source=None,
        target=None,
        error=ReportError(code="input", message=message),
    )


def museum() -> Report:
    """Two texts that have nothing to do with each other."""
    en = document("wire/museum.en.txt", "en", MUSEUM)
    de = document("wire/museum.de.txt", "de", TRAM_DE)
    unrelated = finding(
        "unrelated-documents",
        "error",
        "The two texts are not versions of one item",
        whole(en, 0, 1),
        whole(de, 0, 1),
        confidence=0.98,
        evidence={"relatedness": 0.02},
    )
    links = (link((0,), ()), link((1,), ()), link((), (0,)), link((), (1,)))
    return report("museum", "unrelated", en, de, unrelated, links=links, divergence=0.999)


def hostile(words: str) -> Report:
    """A report with `words` in every string that comes from outside, the text's own among them."""
    en = document(f"a{words}.txt", "en", f"start {words} end\nmore {words}\n")
    ru = document(f"b{words}.txt", "ru", f"да {words} нет\n")
    inner = en.text.index("end")
    after = Location(
        paragraphs=(0,), span=Span(inner, inner + 3), line=1, column=7, end_line=1, end_column=10, text="end"
    )
    found = finding(
        f"r{words}", "error", f"m{words}", after, whole(ru, 0), evidence={words: [{words: words}]}
    )
    accepted = Suppression(by="comment", reason=words, where=f"{words}:1")
    made = report(words, "inconsistent", en, ru, found, replace(found, source=None, suppressed=accepted))
    return replace(
        made,
        encoder=EncoderId(name=words, revision=words, sha256="0"),
        judge=JudgeId(name=words, revision=words, sha256="0"),
        target=replace(ru, language=words),
        skipped=(Skip(rule=words, reason=words), Skip(rule=f"r{words}", reason=words)),
        notes=(Note(code=words, message=words),),
    )


def rule(name: str, severity: Severity = "error") -> Rule:
    """A rule that finds nothing, with a page of its own."""
    page = f"""\
What it finds
    A flaw that is called {name},
    of two lines.

Example
    Source: "One".
    Target: "Two".
"""
    nothing: list[Draft] = []

    def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
        return iter(nothing)

    return Rule(
        name=name, summary=f"There is a {name}", mqm="accuracy", page=page, check=check, worst=severity
    )


RULES = (rule("unrelated-documents"), rule("number-mismatch"), rule("moved-paragraph", "info"))
"""Rules for golden files: the pages of the real ones may change."""


def reports() -> list[Report]:
    """One report of each verdict."""
    return [ferries(), strike(), rate(), museum()]
