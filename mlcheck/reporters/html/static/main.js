"use strict";
// The page: which section is shown, keys, dialogs, colours.

(() => {
  const marks = new Marks();
  const index = document.getElementById("index");
  const sections = [...document.querySelectorAll(".item")];
  const pairs = new Map();
  const help = document.getElementById("help-page");
  const rules = document.getElementById("rules");
  let shown = null;

  // Everything that baselines need of an item is in its data; its copy is not touched before it is shown.
  const items = sections.map((section) => JSON.parse(section.querySelector(".data").textContent));
  const table = index && new Index(index, marks, items, sections);

  function count() {
    const made = entries(marks, items).length, any = made > 0 || items.some((data) => marks.isReviewed(data));
    document.getElementById("marked").textContent = made;
    document.getElementById("save").disabled = made === 0;
    document.getElementById("save-page").disabled = !any;
    document.getElementById("memory").hidden = store.works || !any;
    sections.forEach((section, k) => {
      section.querySelector(".reviewed")?.setAttribute("aria-pressed", String(marks.isReviewed(items[k])));
    });
    table?.refresh();
  }

  function review(section) {
    const button = section?.querySelector(".reviewed");
    if (!button) return;
    const data = items[sections.indexOf(section)], yes = !marks.isReviewed(data);
    marks.review(data, yes);
    count();
    say(yes ? "Reviewed" : "Not reviewed");
  }

  function show(section) {
    if (section === shown) return;
    shown?.classList.remove("shown");
    shown = section;
    section.classList.add("shown");
    if (section !== index && !pairs.has(section)) pairs.set(section, new Pair(section, marks, count));
    pairs.get(section)?.measure();
    for (const [id, by] of [["previous-item", -1], ["next-item", 1]]) {
      const button = document.getElementById(id);
      if (button) button.disabled = !beside(section, by);
    }
    const title = section.querySelector("h2").textContent;
    document.title = `${title} – mlcheck`;
    if (index) say(title);
  }

  function route() {
    const rule = location.hash.startsWith("#rule-");
    if (rule) explain(location.hash.slice(1));
    else show(sections.find((section) => `#${section.id}` === location.hash) ?? index ?? sections[0]);
  }

  // The next item, or the one before, of those that the table of items shows.
  function beside(section, by) {
    let at = sections.indexOf(section) + by;
    while (sections[at] && table?.hides(items[at])) at += by;
    return sections[at];
  }

  function hop(by) {
    const next = beside(shown, by);
    if (next) go(next);
  }

  // The event that tells of a new hash comes late; the next key may come before it.
  function go(section) {
    location.hash = `#${section.id}`;
    route();
  }

  function explain(id) {
    const page = document.getElementById(id);
    if (!page) return;
    for (const other of rules.querySelectorAll("details")) other.open = other === page;
    if (!rules.open) rules.showModal();
    page.scrollIntoView({ block: "nearest" });
  }

  // Colours: as the system, or one's own choice.
  const THEMES = ["", "light", "dark"];
  const theme = document.getElementById("theme");
  function paint() {
    const own = document.documentElement.dataset.theme ?? "";
    theme.textContent = { "": "◐", light: "○", dark: "●" }[own];
    theme.setAttribute("aria-label", `Colours: ${own || "as the system"}`);
    theme.title = theme.getAttribute("aria-label");
  }
  theme.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "") + 1) % THEMES.length];
    if (next) document.documentElement.dataset.theme = next;
    else delete document.documentElement.dataset.theme;
    store.set("mlcheck-theme", next);
    paint();
  });

  // Keys. One-letter keys can be turned off, because they are in the way of speech input.
  const keys = document.getElementById("keys");
  keys.checked = store.get("mlcheck-keys") !== "off";
  keys.addEventListener("change", () => store.set("mlcheck-keys", keys.checked ? "on" : "off"));

  const ACTIONS = {
    n: (pair) => pair.step(1), j: (pair) => pair.step(1), ArrowDown: (pair) => pair.step(1), ArrowRight: (pair) => pair.step(1),
    p: (pair) => pair.step(-1), k: (pair) => pair.step(-1), ArrowUp: (pair) => pair.step(-1), ArrowLeft: (pair) => pair.step(-1),
    a: (pair) => pair.ask("accepted"), d: (pair) => pair.ask("dismissed"),
    A: (pair) => pair.ask("accepted", true), D: (pair) => pair.ask("dismissed", true),
    o: (pair) => { if (!pair.onward()) say("No finding is left open in the list"); },
    i: (pair) => pair.unfoldRemarks(!pair.remarks?.open), r: () => review(shown),
    s: () => document.getElementById("save").click(), S: () => document.getElementById("save-page").click(),
    w: (pair) => pair.toggle(".show-words"), f: (pair) => pair.toggle(".show-facts"), h: (pair) => pair.toggle(".hide-accepted"),
    e: (pair) => pair.chosen && explain(`rule-${pair.cards[pair.chosen - 1].dataset.rule}`),
    "[": () => hop(-1), "]": () => hop(1), u: () => { if (index) go(index); },
    "/": () => { if (index) { go(index); document.getElementById("find")?.focus(); } },
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || help.open || rules.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key.startsWith("Arrow") && event.target.closest(".pane, .index, [type=radio]")) return;
    const pair = pairs.get(shown);
    const action = Object.hasOwn(ACTIONS, event.key) ? ACTIONS[event.key] : null;
    if (!action || (action.length && !pair?.panes.length)) return;
    event.preventDefault();
    action(pair);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.explain");
    if (!link) return;
    event.preventDefault();
    explain(link.hash.slice(1));
  });
  document.getElementById("help").addEventListener("click", () => help.showModal());
  document.getElementById("save").addEventListener("click", () => {
    save("mlcheck-baseline.json", baseline(marks, items), "application/json");
    say("The baseline file is saved");
  });
  document.getElementById("save-page").addEventListener("click", () => {
    save(markedName(), markedPage(marks, items), "text/html");
    say("The report is saved with its marks");
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".reviewed")) review(event.target.closest(".item"));
  });
  document.getElementById("previous-item")?.addEventListener("click", () => hop(-1));
  document.getElementById("next-item")?.addEventListener("click", () => hop(1));
  addEventListener("hashchange", route);
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(".remarks")) fold.open = true;
  });

  paint();
  count();
  if (sections.length || index) route();
})();
