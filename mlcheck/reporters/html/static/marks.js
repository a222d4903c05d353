"use strict";
// What an editor decides about findings, the baseline file that says so, and the page that has it in it.

const MARKS = "mlcheck-marks", REVIEWED = "mlcheck-reviewed", REASONS = "mlcheck-reasons";
const DECISIONS = { accepted: "Accepted", dismissed: "Dismissed" };
const REMEMBERED = 5; // reasons

class Marks {
  constructor() {
    // What somebody has saved in this page, and over it what is kept in this browser.
    const page = JSON.parse(document.getElementById("marks").textContent);
    this.root = page.root;
    this.saved = new Map(page.entries.map((entry) => [markKey(entry, entry), entry]));
    this.seen = new Set(page.reviewed);
    this.known = store.read(MARKS, {});
    this.reviewed = store.read(REVIEWED, {});
  }

  // Another report may be open in another tab: what it has marked since is kept.
  write(keys, mark) {
    this.known = { ...this.known, ...store.read(MARKS, {}) };
    for (const key of keys) {
      if (mark || this.saved.has(key)) this.known[key] = mark; // null takes back what the page has
      else delete this.known[key];
    }
    store.set(MARKS, JSON.stringify(this.known));
  }

  of(data, finding) {
    const key = markKey(data, finding);
    const mark = this.isOwn(key) ? this.known[key] : this.saved.get(key);
    return mark && Object.hasOwn(DECISIONS, mark.decision) && typeof mark.reason === "string" ? mark : null;
  }

  isOwn(key) {
    return Object.hasOwn(this.known, key);
  }

  isReviewed(data) {
    const key = itemKey(data);
    return Object.hasOwn(this.reviewed, key) ? this.reviewed[key] === true : this.seen.has(key);
  }

  review(data, yes) {
    this.reviewed = { ...this.reviewed, ...store.read(REVIEWED, {}), [itemKey(data)]: yes };
    store.set(REVIEWED, JSON.stringify(this.reviewed));
  }

  // The last first, then those of whoever saved the page.
  reasons() {
    const known = store.read(REASONS, []), saved = [...this.saved.values()].map((entry) => entry.reason);
    return [...new Set([...known, ...saved])].filter((reason) => typeof reason === "string").slice(0, REMEMBERED);
  }

  remember(reason) {
    store.set(REASONS, JSON.stringify([...new Set([reason, ...this.reasons()])].slice(0, REMEMBERED)));
  }
}

function markKey(data, finding) {
  return JSON.stringify([data.source, data.target, finding.rule, finding.fingerprint]);
}

// An item whose text or findings have changed since is another, which nobody has reviewed.
function itemKey(data) {
  return JSON.stringify([data.source, data.target, data.state]);
}

// The entries of a baseline file, in the order and with the fields that `--baseline` reads.
function entries(marks, items) {
  const found = [], seen = new Set(); // a batch may have a pair twice, a baseline not
  for (const data of items) {
    for (const finding of data.findings) {
      const mark = marks.of(data, finding);
      if (!mark || seen.has(markKey(data, finding))) continue;
      seen.add(markKey(data, finding));
      const entry = {
        fingerprint: finding.fingerprint,
        rule: finding.rule,
        reason: mark.reason,
        decision: mark.decision,
        source: data.source,
        target: data.target,
        excerpt: finding.excerpt,
      };
      if (mark.expires) entry.expires = mark.expires;
      found.push(entry);
    }
  }
  const order = ["source", "target", "rule", "fingerprint"];
  return found.sort((a, b) => {
    const name = order.find((field) => a[field] !== b[field]);
    return name ? byCodePoint(a[name], b[name]) : 0;
  });
}

function baseline(marks, items) {
  const whole = { schema: 1, tool: "mlcheck", root: marks.root, entries: entries(marks, items) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

// This page with its marks in it, for a colleague, and for `--baseline` too.
function markedPage(marks, items) {
  const reviewed = [...new Set(items.filter((data) => marks.isReviewed(data)).map(itemKey))];
  const whole = { schema: 1, tool: "mlcheck", root: marks.root, entries: entries(marks, items), reviewed };
  const opening = '<script type="application/json" id="marks">';
  const from = PAGE.indexOf(opening) + opening.length;
  const text = JSON.stringify(whole).replaceAll("<", "\\u003c");
  return `<!doctype html>\n${PAGE.slice(0, from)}${text}${PAGE.slice(PAGE.indexOf("</", from))}\n`;
}

function markedName() {
  const own = location.pathname.split("/").at(-1).match(/^(.*?)(-marked)?\.html?$/i);
  return `${own ? decodeURIComponent(own[1]) : "mlcheck-report"}-marked.html`;
}

// JavaScript compares UTF-16 units, which puts rare characters before common ones.
function byCodePoint(one, two) {
  const a = Array.from(one, (c) => c.codePointAt(0)), b = Array.from(two, (c) => c.codePointAt(0));
  for (let k = 0; k < Math.min(a.length, b.length); k += 1) if (a[k] !== b[k]) return a[k] - b[k];
  return a.length - b.length;
}
