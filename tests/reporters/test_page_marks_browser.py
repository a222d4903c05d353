"""Marks on the page, and where they go: to the next finding, to a colleague, into `--baseline`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Open, baseline, current, decide, needs_browser, violations
from hand_made import document, ferries, finding, link, museum, place, rate, report, strike, whole
from stories import ENGLISH, GERMAN

from mlcheck.data import Finding, Report
from mlcheck.pipeline import Checker
from mlcheck.reporters import to_html
from mlcheck.suppress import read_baseline, suppressor

if TYPE_CHECKING:
    from playwright.sync_api import Page

needs_browser()
pytestmark = pytest.mark.browser

RULES = frozenset({"missing-paragraph", "number-mismatch", "name-mismatch", "untranslated", "added-sentence"})


def saved_page(page: Page, path: Path) -> str:
    """The page that the button saves, written to a file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save this report with its marks").click()
    assert waiting.value.suggested_filename.endswith("-marked.html")
    text = Path(waiting.value.path()).read_text("utf-8")
    path.write_text(text, "utf-8")
    return text


def told(page: Page) -> str:
    return page.locator("#live").text_content() or ""


def test_marks_travel_with_the_page(open_page: Open, tmp_path: Path) -> None:
    page = open_page([ferries()])
    assert page.locator("#save-page").is_disabled()
    decide(page, 1, "d", "Not so: </script><!-- “21”")
    decide(page, 2, "a", "Cut for length")
    page.keyboard.press("r")
    assert page.locator(".reviewed").get_attribute("aria-pressed") == "true"
    text = saved_page(page, tmp_path / "saved.html")
    own = baseline(page)[0]
    # A colleague opens it: nothing is kept in that browser, and the marks are there.
    other = open_page(text)
    assert other.locator("#save").inner_text() == "Save marks (2)"
    assert "Dismissed in this page: Not so: </script>" in other.locator(".finding[data-n='1']").inner_text()
    assert other.locator(".reviewed").get_attribute("aria-pressed") == "true"
    assert baseline(other)[0] == own
    assert saved_page(other, tmp_path / "again.html") == text
    # What came with the page can be taken back, and stays so.
    other.locator(".finding[data-n='1'] .pick").click()
    other.get_by_role("button", name="Clear").click()
    other.reload()
    assert other.locator("#save").inner_text() == "Save marks (1)"
    # Reasons of whoever saved it are offered, too.
    other.keyboard.press("n")
    assert other.locator(".reason").all_inner_texts() == ["Cut for length", "Not so: </script><!-- “21”"]
    read = read_baseline(tmp_path / "saved.html", RULES)
    assert [(e.rule, e.decision, e.reason) for e in read.entries] == [
        ("missing-paragraph", "accepted", "Cut for length"),
        ("number-mismatch", "dismissed", "Not so: </script><!-- “21”"),
    ]


def test_a_saved_page_is_honoured_as_a_baseline_from_any_folder_and_after_a_renaming(
    open_page: Open, checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, home = tmp_path / "desk" / "site", tmp_path / "home"
    desk.mkdir(parents=True)
    home.mkdir()
    (desk / "a.en.txt").write_text("\n\n".join(ENGLISH), "utf-8")
    (desk / "a.de.txt").write_text("\n\n".join((*GERMAN[:4], *GERMAN[5:])), "utf-8")

    def check(one: str, two: str, marks: Path | None = None) -> Report:
        known = None if marks is None else read_baseline(marks, RULES)
        accepts = suppressor(known, rules=RULES, today=date(2026, 6, 15))
        return checker.check(Path(one), Path(two), languages=("en", "de"), suppress=accepts)

    monkeypatch.chdir(desk.parent)
    page = open_page([check("site/a.en.txt", "site/a.de.txt")])
    decide(page, 1, "a", "No freight in this edition")
    marks = home / "report-marked.html"
    saved_page(page, marks)
    for folder, one, two in (
        (desk.parent, "site/a.en.txt", "site/a.de.txt"),
        (desk, "a.en.txt", "a.de.txt"),
        (home, "../desk/site/a.en.txt", str(desk / "a.de.txt")),
    ):
        monkeypatch.chdir(folder)
        assert [f.suppressed is not None for f in check(one, two, marks).findings] == [True]
    (desk / "a.en.txt").rename(desk / "b.en.txt")
    (desk / "a.de.txt").rename(desk / "b.de.txt")
    monkeypatch.chdir(desk)
    again = check("b.en.txt", "b.de.txt", marks)
    assert [f.suppressed and f.suppressed.reason for f in again.findings] == ["No freight in this edition"]
    assert again.notes == ()


def numbers(count: int) -> Report:
    """As many findings of one rule, and one of another in the middle."""
    lines = [f"Line {k} says {k + 100} boats." for k in range(count)]
    one = document("n.en.txt", "en", "\n\n".join(lines) + "\n")
    two = document("n.de.txt", "de", "\n\n".join(line.replace("10", "20") for line in lines) + "\n")
    found: list[Finding] = []
    for k in range(count):
        rule = "name-mismatch" if k == count // 2 else "number-mismatch"
        message = f"Paragraph {k + 1}: “{k + 100}” is another"
        found.append(finding(rule, "error", message, place(one, f"{k + 100}"), whole(two, k)))
    links = tuple(link((k,), (k,), 0.9, 0.1) for k in range(count))
    return report("n", "inconsistent", one, two, *found, links=links)


def test_marking_goes_on_with_reasons_at_hand_and_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page([numbers(6)])
    press = page.keyboard.press
    press("n")
    press("d")
    page.keyboard.type("Counted otherwise")
    press("Enter")
    # On to the next open one; its mark was told, and so is where one is now.
    assert current(page) == "2"
    assert told(page).startswith("Dismissed: Counted otherwise. 2 of 6: error, number-mismatch.")
    assert page.evaluate("document.activeElement.className") == "pick"
    press("a")
    press("ArrowDown")  # the last reason
    assert page.get_by_label("Reason").input_value() == "Counted otherwise"
    press("Escape")  # back to the list, where letters are keys again
    press("n")
    press("n")
    assert current(page) == "4"
    press("d")
    page.keyboard.type("The desk's name")
    press("Enter")
    assert current(page) == "5"
    press("o")
    assert current(page) == "6"
    press("o")  # from the end to the first that is open
    assert current(page) == "2"
    # All of a rule: those that are open, and no others.
    press("D")
    assert page.get_by_label("and the other 3 open of number-mismatch in this item").is_checked()
    assert page.locator(".reason").all_inner_texts() == ["The desk's name", "Counted otherwise"]
    page.get_by_role("button", name="Counted otherwise").click()
    press("Enter")
    assert told(page) == "Dismissed (4 findings): Counted otherwise. No finding is left open in the list"
    assert page.locator("#save").inner_text() == "Save marks (6)"
    reasons = [entry["reason"] for entry in baseline(page)[1]["entries"]]
    assert reasons == ["The desk's name", *["Counted otherwise"] * 5]
    with page.expect_download():
        press("s")
    with page.expect_download():
        press("S")
    press("?")
    keys = page.locator("#help-page kbd").all_inner_texts()
    assert {"o", "i", "a", "d", "A", "D", "r", "s", "S", "w", "f", "h", "e"} <= set(keys)


def test_what_is_missing_has_a_place_and_numbers_are_no_figures(open_page: Open) -> None:
    page = open_page([ferries()])
    here = page.locator(".pane.source #i0-s5 .here")
    assert here.inner_text().strip() == (
        "missing here: Пассажиров просят приходить за полчаса до отправления."
    )
    here.click()
    assert current(page) == "4"
    assert page.locator(".pane.target #i0-t5 mark.current").count() == 1
    gap = page.locator(".pane.target .gap")
    assert gap.inner_text().startswith("Paragraph 4 of the English version has no counterpart here: Freight")
    # The number of a finding is in no text that can be copied, and looks like none.
    assert page.locator("#i0-s2 mark").text_content() == "12"
    badge = page.locator("#i0-s2 sup.n")
    assert badge.get_attribute("aria-label") == "finding 1"
    ground = badge.evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == page.evaluate("getComputedStyle(document.body).color")
    # The strip beside the columns: a mark a finding, which leads there.
    marks = page.locator(".ruler i")
    assert marks.count() == 6
    boxes = [mark.bounding_box() for mark in marks.all()]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    page.locator(".ruler i").nth(1).click(force=True)
    assert current(page) == "2"
    page.get_by_role("checkbox", name="error").uncheck()
    assert page.locator(".ruler i:visible").count() == 4


def test_no_word_of_a_program_stands_on_the_page(open_page: Open) -> None:
    odd = {
        "logit": 6.9,
        "sort": "missing",
        "similarity": 0.93,
        "divergence": 0.98,
        "copy_of": 3,
        "wrong": 0.2,
    }
    made = ferries()
    findings = tuple(replace(f, evidence=odd) for f in made.findings)
    page = open_page([replace(made, findings=findings), museum()])
    words = page.locator(".item, #index, dialog").evaluate_all(
        "all => all.map(e => { const c = e.cloneNode(true);"
        " c.querySelectorAll('script').forEach(s => s.remove()); return c.textContent; }).join(' ')"
    )
    assert "Alike in meaning" in words
    assert "it is missing" in words
    for word in ("divergence", "logit", "sort", "cosine", "copy_of"):
        assert word not in words.lower().replace("sorts of", "").split(), word


def other_language(made: Report, code: str, id: str) -> Report:
    assert made.target
    target = replace(made.target, path=made.target.path.replace(".ru.", f".{code}."), language=code)
    return replace(made, id=id, target=target)


def rows(page: Page) -> list[str]:
    return page.locator("#index tbody tr:visible a").all_inner_texts()


def test_the_index_groups_sorts_and_narrows(open_page: Open) -> None:
    batch = [
        replace(ferries(), id="item10-ferries.ru"),
        replace(rate(), id="item2-rate"),
        other_language(ferries(), "de", "item10-ferries.de"),
        strike(),
        museum(),
    ]
    page = open_page(batch)
    assert rows(page) == ["item2-rate", "item10-ferries.de", "item10-ferries.ru", "museum", "strike"]
    # A headline stands beside the first name of a text, and the languages of one text are together.
    assert page.locator("#index .opening:visible").all_inner_texts() == [
        "Central bank keeps key rate at 5.5 per cent",
        "Ferries across Lisna Bay to resume on Sunday",
        "Town museum reopens after two years",
    ]
    page.get_by_role("button", name="Item", exact=True).click()
    page.get_by_role("button", name="Item", exact=True).click()
    assert rows(page)[-1] == "item2-rate"
    assert page.locator("#index .same a").all_inner_texts() == ["item10-ferries.de"]
    page.get_by_role("combobox", name="Verdict").select_option("inconsistent")
    assert set(rows(page)) == {"item10-ferries.de", "item10-ferries.ru"}
    page.get_by_role("combobox", name="Language").select_option("ru")
    assert rows(page) == ["item10-ferries.ru"]
    page.get_by_role("combobox", name="Verdict").select_option("")
    page.get_by_role("combobox", name="Language").select_option("")
    page.get_by_role("combobox", name="Rule", exact=True).select_option("unrelated-documents")
    assert rows(page) == ["museum"]
    page.get_by_role("combobox", name="Rule", exact=True).select_option("")
    page.get_by_role("link", name="item2-rate").click()
    page.get_by_role("button", name="Reviewed", exact=True).locator("visible=true").click()
    page.keyboard.press("u")
    page.get_by_role("combobox", name="Reviewed").select_option("yes")
    assert rows(page) == ["item2-rate"]
    assert page.locator("#found").inner_text() == "1 of 5"
    assert page.locator("#index td.done:visible").all_inner_texts() == ["✓ reviewed"]
    page.get_by_role("combobox", name="Reviewed").select_option("no")
    assert len(rows(page)) == 4
    # The keys go through what the table shows, and to the field that narrows it.
    page.keyboard.press("Escape")
    page.locator("#index-title").click()
    page.keyboard.press("]")
    assert page.locator(".item.shown").get_attribute("id") == "i2"
    assert page.locator("#previous-item").is_disabled()
    page.keyboard.press("/")
    page.keyboard.type("museum")
    assert rows(page) == ["museum"]
    # Reviewed is a state of the text: once it has changed, nobody has.
    changed = rate()
    assert changed.source
    first = changed.source.paragraphs[0]
    new = replace(
        changed.source, paragraphs=(replace(first, text="Rate cut"), *changed.source.paragraphs[1:])
    )
    kept = page.evaluate("localStorage.getItem('mlcheck-reviewed')")
    again = open_page([changed, replace(changed, id="new", source=new)])
    again.evaluate("kept => localStorage.setItem('mlcheck-reviewed', kept)", kept)
    again.reload()
    assert again.locator("#index td.done").all_inner_texts() == ["", "✓ reviewed"]


def test_on_a_telephone_the_versions_stack(open_page: Open) -> None:
    page = open_page([ferries(), rate()], hash="#i0", viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Next finding").locator("visible=true").click()
    boxes = [page.locator(f".item.shown .pane.{side}").bounding_box() for side in ("source", "target")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1
    for box in boxes:
        assert box
        assert box["width"] > 330
        assert box["height"] > 150
    for hash in ("#index", "#i0", "#i1"):
        page.evaluate("hash => { location.hash = hash; }", hash)
        page.wait_for_selector(f"{hash}.shown")
        wide = "[...document.querySelectorAll('*')].filter(e => e.scrollWidth > innerWidth && e.clientWidth)"
        assert page.evaluate(f"{wide}.map(e => e.tagName + '.' + e.className)") == []
        assert violations(page) == []


def test_a_page_of_a_thousand_findings(open_page: Open) -> None:
    """300 paragraphs, 1,000 findings: a key press is done before one sees it."""
    sentences = [" ".join(f"Row {k} has {1000 * k + j} lamps." for j in range(4)) for k in range(300)]
    one = document("m.en.txt", "en", "\n\n".join(sentences) + "\n")
    two = document("m.de.txt", "de", "\n\n".join(s.replace("lamps", "Lampen") for s in sentences) + "\n")
    found = []
    for n in range(1000):
        k, j = divmod(n, 4)
        said = place(one, f"has {1000 * k + j} ")
        message = f"Paragraph {k + 1}: “{1000 * k + j}” is another"
        severity = ("error", "warning", "info")[n % 3]
        rule = "number-mismatch" if n % 2 else "name-mismatch"
        found.append(finding(rule, severity, message, said, whole(two, k)))  # type: ignore[arg-type]
    links = tuple(link((k,), (k,), 0.9, 0.1) for k in range(300))
    written = to_html([report("m", "inconsistent", one, two, *found, links=links)])
    assert len(written.encode()) < 2_500_000
    page = open_page(written)
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    assert 0 < page.evaluate(timing) < 5000
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def work() -> float:
        """Seconds of scripts, style and layout, whatever else the machine does."""
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"])

    page.wait_for_timeout(300)
    before = work()
    for _ in range(10):
        page.keyboard.press("n")
    assert (work() - before) / 10 < 0.1
    before = work()
    page.keyboard.press("D")
    page.keyboard.type("All of them")
    page.keyboard.press("Enter")
    assert page.locator("#save").inner_text() == "Save marks (500)"
    assert work() - before < 1.5
