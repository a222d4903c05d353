"""What a page says of its article in JSON-LD: it stands in for what the page lacks, and for nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mlcheck.data import RawText
from mlcheck.read import read_text

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferries cross the bay again",
    "datePublished": "2024-04-28T10:00:00Z",
    "inLanguage": "en-GB",
    "articleBody": "Ferries will cross the bay on Sunday.\n\nRepairs cost four million crowns.",
}
SHOWN = "<h1>Ferries again</h1><p>They cross on Monday.</p>"


def page(body: str, *scripts: Any, html: str = "<html>", head: str = "") -> RawText:
    told = "".join(f'<script type="application/ld+json">{json.dumps(script)}</script>' for script in scripts)
    return read_text(f"{html}<head>{head}{told}</head>\n<body>{body}</body></html>", format="html")


def texts(raw: RawText) -> list[tuple[str | None, str]]:
    return [(b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


# What the page says itself counts


def test_the_words_of_a_page_are_its_own() -> None:
    assert texts(page(SHOWN, ARTICLE)) == [("headline", "Ferries again"), (None, "They cross on Monday.")]


def test_so_are_its_language_and_its_date() -> None:
    head = '<meta property="article:published_time" content="2024-05-01">'
    raw = page(SHOWN, ARTICLE, html="<html lang=de>", head=head)
    assert raw.item is not None
    assert (raw.language, raw.item.issued) == ("de", "2024-05-01")


def test_a_headline_that_is_shown_without_h1_is_not_put_there_again() -> None:
    shown = "<h2>Ferries cross <i>the bay</i>\n again</h2><p>On Sunday.</p>"
    assert texts(page(shown, ARTICLE)) == [(None, "Ferries cross the bay again"), (None, "On Sunday.")]


@pytest.mark.parametrize(
    "scripts",
    [
        (ARTICLE, {**ARTICLE, "headline": "Museum opens"}),
        ([ARTICLE, {**ARTICLE, "headline": "Museum opens"}],),
        ({"@type": "WebSite", "headline": "The Bay", "inLanguage": "fr"},),
        ("words",),
    ],
)
def test_of_several_articles_and_of_other_things_nothing_is_taken(scripts: tuple[Any, ...]) -> None:
    raw = page("<p>On Sunday.</p>", *scripts)
    assert (texts(raw), raw.language, raw.item) == ([(None, "On Sunday.")], None, None)


@pytest.mark.parametrize("script", ['{"@type": "NewsArticle", "headline": "Fer', "{}", "", "[" * 5000])
def test_a_script_that_is_damaged_hides_no_page(script: str) -> None:
    raw = read_text(f'{SHOWN}<script type="application/ld+json">{script}</script>', format="html")
    assert len(raw.blocks) == 2


def test_other_scripts_are_not_read() -> None:
    raw = read_text(f"{SHOWN}<script type=module>{json.dumps(ARTICLE)}</script>", format="html")
    assert raw.language is None


# What it lacks


def test_language_and_date() -> None:
    raw = page(SHOWN, {"@graph": [{"@type": "WebPage", "inLanguage": "fr"}, ARTICLE]})
    assert raw.item is not None
    assert (raw.language, raw.item.issued) == ("en-GB", "2024-04-28T10:00:00Z")


def test_a_headline() -> None:
    assert texts(page("<p>On Sunday.</p>", ARTICLE)) == [
        ("headline", "Ferries cross the bay again"),
        (None, "On Sunday."),
    ]


def test_the_text_of_a_page_that_a_script_would_fill_with_its_place() -> None:
    raw = page("<nav><a href=/>Start</a></nav><div id=root></div>", ARTICLE)
    assert [(role, text) for role, text in texts(raw) if role != "furniture"] == [
        ("headline", "Ferries cross the bay again"),
        (None, "Ferries will cross the bay on Sunday."),
        (None, "Repairs cost four million crowns."),
    ]
    assert raw.origin is not None
    place = raw.origin.span(raw.blocks[-1].span)
    assert raw.origin.text[place.start : place.end] == "Repairs cost four million crowns."
