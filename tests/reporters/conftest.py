"""A browser for the tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import CHROMIUM, FLAGS, Open

from mlcheck.data import Report
from mlcheck.reporters import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "no chromium in PATH, and MLCHECK_CHROMIUM names none"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens reports as a file. At the end: no message on the console, no request but for the file."""
    contexts: list[BrowserContext] = []
    told: list[str] = []
    asked: set[str] = set()

    def open_(shown: str | list[Report], *, hash: str = "", **wanted: Any) -> Page:
        path = tmp_path / f"report{len(contexts)}.html"
        path.write_text(shown if isinstance(shown, str) else to_html(shown), encoding="utf-8")
        settings: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**{**settings, **wanted})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("dialog", lambda dialog: told.append(f"a dialog: {dialog.message}"))
        page.on("request", lambda request: asked.add(request.url.split("#")[0]))
        page.goto(path.as_uri() + hash)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert told == []
    assert {url for url in asked if not url.startswith("blob:")} == {
        (tmp_path / f"report{k}.html").as_uri() for k in range(len(contexts))
    }
