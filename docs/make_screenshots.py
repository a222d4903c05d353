"""Write docs/images/report-light.png and report-dark.png: `python docs/make_screenshots.py`.

The HTML report of the flawed sample, in Debian's chromium (or MLCHECK_CHROMIUM), with a finding open.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "images"
SAMPLES = ("samples/call.en.txt", "samples/call.ru-flawed.txt")
FINDING = 3
LARGEST = 200_000
"""Bytes that a picture of a README may have."""


def main() -> None:
    """Make the report, open it in both schemes, and keep a picture of each."""
    chromium = os.environ.get("MLCHECK_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium in PATH: install it, or name one with MLCHECK_CHROMIUM")
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "mlcheck", "check", *SAMPLES, "-f", "html", "-o", str(report)]
        # The flawed sample has findings, so the exit is 1.
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 1:
            sys.exit("the report could not be made")
        for scheme in ("light", "dark"):
            picture = OUT / f"report-{scheme}.png"
            take(chromium, report, scheme, picture)
            if picture.stat().st_size > LARGEST:
                sys.exit(f"{picture}: {picture.stat().st_size} bytes, over {LARGEST}")


def take(chromium: str, report: Path, scheme: str, picture: Path) -> None:
    """A picture of the page at 1160 by 600, after some findings were stepped through."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": 1160, "height": 600}, color_scheme=scheme, reduced_motion="reduce"
        )
        page.goto(report.as_uri())
        for _ in range(FINDING):
            page.keyboard.press("n")
        page.wait_for_timeout(500)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
