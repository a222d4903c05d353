"""The sample in the formats of news and mail, against each other: faithful versions agree, and a paragraph, a
number and a name that are changed are told where they stand in the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from html import escape
from pathlib import Path

import pytest
from paths import ROOT

from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.read import read_file
from mlcheck.segment import segment

pytestmark = pytest.mark.model

Story = list[str]


def story(name: str) -> Story:
    """The paragraphs of a sample, headline first, without what stands around it on its page."""
    document = segment(read_file(ROOT / "samples" / name))
    roles = [p.role for p in document.paragraphs]
    start, lede = roles.index("headline"), roles.index("lede")
    kept = [p.text for p in document.paragraphs[lede:] if p.compared and not p.doubtful]
    return [document.paragraphs[start].text, *kept]


def ninjs(story: Story, language: str) -> str:
    body = "".join(f"<p>{escape(text)}</p>\n" for text in story[1:])
    item = {
        "type": "text",
        "language": language,
        "versioncreated": "2024-04-28T18:40:00Z",
        "headline": story[0],
    }
    return json.dumps({**item, "byline": "APA", "body_xhtml": body}, indent=1)


def nitf(story: Story, language: str) -> str:
    body = "\n".join(f"<p>{escape(text)}</p>" for text in story[1:])
    return (
        f'<nitf xml:lang="{language}"><body><body.head><hedline><hl1>{escape(story[0])}</hl1></hedline>'
        f"</body.head>\n<body.content>\n{body}\n</body.content></body></nitf>"
    )


def newsml(story: Story, language: str) -> str:
    body = "\n\n".join(map(escape, story[1:]))
    return (
        f'<newsItem xml:lang="{language}"><contentMeta><by>APA</by><headline>{escape(story[0])}</headline>'
        f'</contentMeta><contentSet><inlineData contenttype="text/plain">{body}</inlineData></contentSet>'
        "</newsItem>"
    )


def rss(story: Story, language: str) -> str:
    body = "".join(f"<p>{escape(text)}</p>\n" for text in story[1:])
    return (
        f"<rss><channel><language>{language}</language><item><title>{escape(story[0])}</title>"
        f"<description>{escape(body)}</description></item></channel></rss>"
    )


def jsonld(story: Story, language: str) -> str:
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "inLanguage": language}
    return json.dumps({**article, "headline": story[0], "articleBody": "\n\n".join(story[1:])})


def mail(story: Story, language: str) -> str:
    message = EmailMessage(policy=default)
    message["From"], message["Subject"], message["Date"] = (
        "APA <desk@example.org>",
        story[0],
        "Sun, 28 Apr 2024",
    )
    message.set_content("\n\n".join(story[1:]) + "\n", cte="base64")
    return message.as_string()


FORMATS: dict[str, Callable[[Story, str], str]] = {
    "json": ninjs,
    "nitf": nitf,
    "xml": newsml,
    "rss": rss,
    "jsonld": jsonld,
    "eml": mail,
}
PAIRS = [("json", "eml"), ("nitf", "rss"), ("xml", "jsonld"), ("eml", "txt"), ("txt", "json")]


def write(folder: Path, name: str, story: Story, language: str, kind: str) -> Path:
    text = "\n\n".join(story) if kind == "txt" else FORMATS[kind](story, language)
    path = folder / f"{name}.{kind}"
    path.write_text(text, encoding="utf-8")
    return path


def check(checker: Checker, folder: Path, one: Story, two: Story, kinds: tuple[str, str]) -> Report:
    return checker.check(
        write(folder, "a", one, "en", kinds[0]),
        write(folder, "b", two, "ru", kinds[1]),
        languages=["en", "ru"],
    )


@pytest.mark.parametrize("kinds", PAIRS)
def test_faithful_versions_agree_in_any_two_formats(
    kinds: tuple[str, str], real_checker: Checker, tmp_path: Path
) -> None:
    report = check(real_checker, tmp_path, story("call.en.txt"), story("call.ru-recut.txt"), kinds)
    assert [f.message for f in report.findings if f.severity != "info"] == []
    assert report.verdict == "consistent"


@pytest.mark.parametrize("kinds", [("json", "nitf"), ("rss", "json"), ("jsonld", "xml")])
def test_a_paragraph_and_a_city_are_told_where_they_stand(
    kinds: tuple[str, str], real_checker: Checker, tmp_path: Path
) -> None:
    one, two = story("call.en.txt"), story("call.ru-recut.txt")
    gone = next(n for n, text in enumerate(two) if "COP29 обе стороны" in text)
    place = next(n for n, text in enumerate(two) if "в Алматы" in text)
    two[place] = two[place].replace("в Алматы", "в Тбилиси")
    del two[gone]
    report = check(real_checker, tmp_path, one, two, kinds)
    errors = [f for f in report.findings if f.severity == "error"]
    assert {"name-mismatch"} <= {f.rule for f in errors}
    assert any(f.rule.startswith("missing-") and f.source for f in report.findings)
    named = next(f for f in errors if f.rule == "name-mismatch")
    assert named.target is not None
    assert named.target.text == "Тбилиси"
    lines = (tmp_path / f"b.{kinds[1]}").read_text(encoding="utf-8").split("\n")
    written = lines[named.target.line - 1][named.target.column - 1 :]
    assert written.startswith(("Тбилиси", json.dumps("Тбилиси")[1:-1]))
