"""How large the HTML report of a long text is, and how fast: `python benchmarks/report_page.py`.

300 paragraphs with 1,000 findings, and a batch of 300 short items, in Debian's chromium (or MLCHECK_CHROMIUM)
without a window. Work is scripts, style and layout, whatever else the machine does; a frame is what a reader
waits for, and has painting in it, which a browser without a graphics card does slowly.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from hand_made import document, ferries, finding, link, place, report, whole

from mlcheck.data import Report, Severity
from mlcheck.reporters import to_html

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

PRESSES = 20
FRAME = """key => new Promise(done => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def main() -> None:
    """Write the pages, open them, and press keys."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("MLCHECK_CHROMIUM") or shutil.which("chromium")
    batch = [replace(ferries(), id=f"item{k}") for k in range(300)]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, reports in (("300 paragraphs, 1,000 findings", [long_text()]), ("300 items", batch)):
            path = Path(folder) / "report.html"
            start = time.process_time()
            path.write_text(to_html(reports), encoding="utf-8")
            written = time.process_time() - start
            page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            page.goto(path.as_uri())
            load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            page.wait_for_timeout(1000)
            if len(reports) > 1:
                page.keyboard.press("]")
            frame, work = pressed(page, page.context.new_cdp_session(page))
            size = path.stat().st_size / 1e6
            print(
                f"{name}: written in {written:.1f} s, {size:.1f} MB, loaded in {load:.0f} ms; "
                f"a key takes {work:.0f} ms of work, {frame:.0f} ms to its frame"
            )
            page.close()
        browser.close()


def pressed(page: Page, session: CDPSession) -> tuple[float, float]:
    """Milliseconds from a key to its frame, the median; and of work, the mean."""
    session.send("Performance.enable")

    def work() -> float:
        found = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return float(found["ScriptDuration"] + found["LayoutDuration"] + found["RecalcStyleDuration"])

    frames, before = [], work()
    for _ in range(PRESSES):
        frames.append(float(page.evaluate(FRAME, "n")))
        page.wait_for_timeout(100)
    return statistics.median(frames), 1000 * (work() - before) / PRESSES


def long_text() -> Report:
    """300 paragraphs of four sentences, and a finding for each of the first 1,000 sentences."""
    rows = [" ".join(f"Row {k} has {1000 * k + j} lamps." for j in range(4)) for k in range(300)]
    one = document("long.en.txt", "en", "\n\n".join(rows) + "\n")
    two = document("long.de.txt", "de", "\n\n".join(row.replace("lamps", "Lampen") for row in rows) + "\n")
    kinds: tuple[tuple[str, Severity], ...] = (
        ("number-mismatch", "error"),
        ("name-mismatch", "warning"),
        ("name-mismatch", "info"),
    )
    found = []
    for n in range(1000):
        k, j = divmod(n, 4)
        said = place(one, f"has {1000 * k + j} ")
        found.append(finding(*kinds[n % 3], f"Paragraph {k + 1}: {j} is another", said, whole(two, k)))
    links = tuple(link((k,), (k,), 0.9, 0.1) for k in range(300))
    return report("long", "inconsistent", one, two, *found, links=links)


if __name__ == "__main__":
    main()
