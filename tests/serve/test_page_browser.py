"""The service's page in a real browser, as an editor uses it. Skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import needs_browser
from service import DE, EN, FLAWED, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

needs_browser()
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page on a phone; at the end no word on the console, and no request to anybody else."""
    told: list[str] = []
    asked: list[str] = []
    with running() as address:
        size = {"width": 390, "height": 844}
        context = browser.new_context(viewport=size, color_scheme=request.param)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda sent: asked.append(sent.url))
        page.goto(address)
        yield page
        context.close()
    assert [line for line in told if "Failed to load resource" not in line] == []
    assert [url for url in asked if not url.startswith((address, "data:", "about:"))] == []


def test_an_editor_sees_the_report_as_it_changes(page: Page, tmp_path: Path) -> None:
    import axe_playwright_python

    # By keyboard alone: everything can be reached, and a report comes.
    page.focus("#source-text")
    page.keyboard.insert_text(EN)
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "target-text"
    page.keyboard.insert_text(DE)
    page.wait_for_selector("#report iframe")
    report = page.frame_locator("#report iframe")
    report.locator(".verdict.consistent").wait_for()
    assert page.inner_text("#status") == "Checked."
    # It has no origin of its own, and runs its scripts all the same.
    assert page.get_attribute("#report iframe", "sandbox") == "allow-scripts allow-downloads"
    assert report.locator("html.js").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # A change of the text, and a file.
    file = tmp_path / "flawed.md"
    file.write_text(FLAWED)
    page.set_input_files("[data-side=target] .file", file)
    report.locator(".finding").first.wait_for()
    assert page.inner_text("[data-side=target] .held") == "flawed.md"
    assert page.input_value("#target-text") == FLAWED
    # What is wrong is a line, where a reader is told of it.
    page.fill("#target-text", "12")
    page.wait_for_selector("#status.error")
    assert "no letters" in page.inner_text("#status")
    page.evaluate("document.querySelector('#report').replaceChildren()")
    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page.evaluate(source)
    assert page.evaluate("axe.run(document)")["violations"] == []


def test_markup_in_a_text_stays_text(page: Page) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>\n\n"
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.fill("#source-text", evil + EN)
    page.fill("#target-text", evil + DE)
    page.wait_for_selector("#report iframe, #status.error")
    page.frame_locator("#report iframe").locator(".verdict").first.wait_for()
