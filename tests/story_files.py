"""A text in each format that can be written by hand: what a page, a mail or an item of a news service has of
it. Office files and books are left to the programs that make them."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from html import escape
from pathlib import Path

from mlcheck.data import RawText
from mlcheck.segment import segment

__all__ = ["FORMATS", "ITEMS", "Story", "paragraphs_of", "story_of", "write_story"]

Story = list[str]
"""The paragraphs of a text, headline first."""


def paragraphs_of(raw: RawText) -> Story:
    """All that stands on a page, furniture too."""
    return [raw.text[block.span.start : block.span.end] for block in raw.blocks]


def story_of(raw: RawText) -> Story:
    """The headline and the body, without what stands around them on their page."""
    document = segment(raw)
    roles = [p.role for p in document.paragraphs]
    start, lede = roles.index("headline"), roles.index("lede")
    kept = [p.text for p in document.paragraphs[lede:] if p.compared and not p.doubtful]
    return [document.paragraphs[start].text, *kept]


# Pages


def html(story: Story, language: str) -> str:
    body = "\n".join(f"<p>{escape(text)}</p>".replace("\n", "<br>\n") for text in story)
    return f'<!DOCTYPE html>\n<html lang="{language}"><meta charset="utf-8">\n{body}\n</html>\n'


def markdown(story: Story, language: str) -> str:
    return "\n\n".join(text.replace("\n", "\\\n") for text in story) + "\n"


def rst(story: Story, language: str) -> str:
    lines = [text if "\n" not in text else "| " + text.replace("\n", "\n| ") for text in story]
    return "\n\n".join(lines) + "\n"


def asciidoc(story: Story, language: str) -> str:
    return "\n\n".join(text.replace("\n", " +\n") for text in story) + "\n"


# Items


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


def plain(story: Story, language: str) -> str:
    return "\n\n".join(story)


FORMATS: dict[str, Callable[[Story, str], str]] = {
    "txt": plain,
    "html": html,
    "md": markdown,
    "rst": rst,
    "adoc": asciidoc,
    "json": ninjs,
    "nitf": nitf,
    "xml": newsml,
    "rss": rss,
    "jsonld": jsonld,
    "eml": mail,
}
"""By suffix."""
ITEMS = frozenset({"json", "nitf", "xml", "rss", "jsonld", "eml"})
"""Those that name the headline, and have no furniture."""


def write_story(folder: Path, name: str, story: Story, language: str, kind: str) -> Path:
    """The file of that name and format."""
    path = folder / f"{name}.{kind}"
    path.write_text(FORMATS[kind](story, language), encoding="utf-8")
    return path
