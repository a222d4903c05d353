"""What tests of the page in a real browser share: Debian's chromium, without a window.

Without a browser they are skipped with one line; with MLCHECK_REQUIRE_BROWSER=1 they fail instead.
MLCHECK_CHROMIUM names a browser that is not in PATH.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mlcheck.data import Report
from mlcheck.reporters import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = os.environ.get("MLCHECK_CHROMIUM") or shutil.which("chromium")
REQUIRED = os.environ.get("MLCHECK_REQUIRE_BROWSER") == "1"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Open = Callable[..., "Page"]


def needs_browser() -> None:
    """Skip the whole file at once where there is none: one line says it, and not one a test."""
    if not REQUIRED and (CHROMIUM is None or find_spec("playwright") is None):
        pytest.skip(
            "no browser: install chromium and playwright, or name one with MLCHECK_CHROMIUM",
            allow_module_level=True,
        )


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


def current(page: Page) -> str:
    return page.locator(".item.shown .finding.current").get_attribute("data-n") or ""


def until(page: Page, true: str) -> None:
    """Wait for it. Playwright's own way compiles a string in the page, which the page's policy refuses."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def baseline(page: Page) -> tuple[str, dict[str, Any]]:
    with page.expect_download() as waiting:
        page.locator("#save").click()
    assert waiting.value.suggested_filename == "mlcheck-baseline.json"
    text = Path(waiting.value.path()).read_text("utf-8")
    return text, json.loads(text)


def decide(page: Page, number: int, key: str, reason: str, *, item: str = "") -> None:
    page.locator(f"{item}.finding[data-n='{number}'] .pick").click()
    page.keyboard.press(key)
    page.keyboard.type(reason)
    page.keyboard.press("Enter")


def violations(page: Page) -> list[str]:
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found]


def in_order(page: Page) -> Page:
    """With the findings as the text has them."""
    page.get_by_label("Order").select_option("text")
    page.locator(".item.shown h2").click()
    return page


def visible(page: Page) -> list[str]:
    return [card.get_attribute("data-rule") or "" for card in page.locator(".finding:visible").all()]
