"use strict";
// The table of a batch: sorted by a click on a column's head, narrowed by a word and by what an item is.

class Index {
  constructor(section, marks, items, sections) {
    this.section = section;
    this.body = section.querySelector("tbody");
    this.rows = [...(this.body?.rows ?? [])].map((row, number) => {
      const at = sections.findIndex((item) => `#${item.id}` === row.querySelector("a").hash);
      return { row, number, data: items[at] };
    });
    this.marks = marks;
    if (!this.body) return;
    section.querySelectorAll(".sort").forEach((button, column) => {
      button.addEventListener("click", () => this.sort(button, column));
    });
    for (const field of section.querySelectorAll(".narrow :is(input, select)")) {
      field.addEventListener("input", () => this.narrow());
    }
  }

  sort(button, column) {
    const head = button.closest("th");
    // What one looks for in figures is the largest.
    const first = button.dataset.kind === "number" ? "descending" : "ascending";
    const second = first === "ascending" ? "descending" : "ascending";
    const way = head.getAttribute("aria-sort") === first ? second : first;
    for (const other of this.section.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way);
    const sign = way === "ascending" ? 1 : -1;
    const value = new Map(this.rows.map(({ row }) => [row, cellValue(row.cells[column])]));
    this.rows.sort((a, b) => sign * compare(value.get(a.row), value.get(b.row)) || a.number - b.number);
    this.body.append(...this.rows.map(({ row }) => row));
    this.group();
  }

  narrow() {
    const value = (name) => this.section.querySelector(name)?.value ?? "";
    const wanted = value("#find").trim().toLowerCase(), verdict = value("#by-verdict");
    const language = value("#by-language"), rule = value("#by-rule"), reviewed = value("#by-reviewed");
    for (const { row, data } of this.rows) {
      const has = (name, one) => !one || row.dataset[name].split(" ").includes(one);
      const state = this.marks.isReviewed(data) ? "yes" : "no";
      row.hidden = !(row.textContent.toLowerCase().includes(wanted) && has("verdict", verdict)
        && has("languages", language) && has("rules", rule) && (!reviewed || reviewed === state));
    }
    const count = this.rows.filter(({ row }) => !row.hidden).length;
    this.section.querySelector("#found").textContent = count < this.rows.length ? `${count} of ${this.rows.length}` : "";
    this.group();
  }

  hides(data) {
    return this.rows.some((own) => own.data === data && own.row.hidden);
  }

  // Rows of one text that follow each other: its name and headline stand in the first.
  group() {
    let last = "";
    for (const { row } of this.rows.filter((own) => !own.row.hidden)) {
      row.classList.toggle("same", row.dataset.group === last);
      last = row.dataset.group;
    }
  }

  // What has been marked since.
  refresh() {
    for (const { row, data } of this.rows) {
      const marked = data.findings.filter((finding) => this.marks.of(data, finding)).length;
      const cell = row.querySelector(".done");
      cell.textContent = this.marks.isReviewed(data) ? "✓ reviewed" : marked ? `${marked} marked` : "";
    }
    if (this.body) this.narrow();
  }
}

function cellValue(cell) {
  const text = (cell.querySelector("a") ?? cell).textContent.trim();
  return cell.classList.contains("figure") ? (text === "–" ? -1 : Number(text)) : text;
}

// Numbers in names as numbers: item2 before item10.
function compare(one, two) {
  if (typeof one === "number") return one - two;
  const a = one.split(/(\d+)/), b = two.split(/(\d+)/);
  for (let k = 0; k < Math.min(a.length, b.length); k += 1) {
    const by = k % 2 ? a[k] - b[k] : byCodePoint(a[k], b[k]);
    if (by) return by;
  }
  return a.length - b.length || byCodePoint(one, two);
}
