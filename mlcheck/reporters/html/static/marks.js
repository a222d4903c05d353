"use strict";
// What an editor decides about findings, and the baseline file that says so.

const MARKS = "mlcheck-marks";
const DECISIONS = { accepted: "Accepted", dismissed: "Dismissed" };

class Marks {
  constructor() {
    this.known = this.read();
  }

  read() {
    try {
      const known = JSON.parse(store.get(MARKS) || "{}");
      return known && typeof known === "object" && !Array.isArray(known) ? known : {};
    } catch {
      return {};
    }
  }

  // Another report may be open in another tab: what it has marked since is kept.
  write(key, mark) {
    this.known = { ...this.known, ...this.read() };
    if (mark) this.known[key] = mark;
    else delete this.known[key];
    store.set(MARKS, JSON.stringify(this.known));
  }

  of(data, finding) {
    const mark = Object.hasOwn(this.known, markKey(data, finding)) ? this.known[markKey(data, finding)] : null;
    return mark && Object.hasOwn(DECISIONS, mark.decision) && typeof mark.reason === "string" ? mark : null;
  }
}

function markKey(data, finding) {
  return JSON.stringify([data.source, data.target, finding.rule, finding.fingerprint]);
}

// The entries of a baseline file, in the order and with the fields that `--baseline` reads.
function entries(marks, items) {
  const found = [];
  for (const data of items) {
    for (const finding of data.findings) {
      const mark = marks.of(data, finding);
      if (!mark) continue;
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
  return `${JSON.stringify({ schema: 1, tool: "mlcheck", entries: entries(marks, items) }, null, 2)}\n`;
}

// JavaScript compares UTF-16 units, which puts rare characters before common ones.
function byCodePoint(one, two) {
  const a = Array.from(one, (c) => c.codePointAt(0)), b = Array.from(two, (c) => c.codePointAt(0));
  for (let k = 0; k < Math.min(a.length, b.length); k += 1) if (a[k] !== b[k]) return a[k] - b[k];
  return a.length - b.length;
}
