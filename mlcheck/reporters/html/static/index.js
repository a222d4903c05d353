"use strict";
// The table of a batch: sorted by a click on a column's head, narrowed by a word.

function makeIndex(section) {
  const body = section.querySelector("tbody");
  if (!body) return;
  const rows = [...body.rows].map((row, number) => ({ row, number, values: [...row.cells].map(cellValue) }));

  section.querySelectorAll(".sort").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      // What one looks for in figures is the largest.
      const first = button.dataset.kind === "number" ? "descending" : "ascending";
      const second = first === "ascending" ? "descending" : "ascending";
      const way = head.getAttribute("aria-sort") === first ? second : first;
      for (const other of section.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", way);
      const sign = way === "ascending" ? 1 : -1;
      rows.sort((a, b) => sign * compare(a.values[column], b.values[column]) || a.number - b.number);
      body.append(...rows.map(({ row }) => row));
    });
  });

  const find = section.querySelector("#find");
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const { row } of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const count = rows.filter(({ row }) => !row.hidden).length;
    section.querySelector("#found").textContent = wanted ? `${count} of ${rows.length}` : "";
  });
}

function cellValue(cell) {
  const text = cell.textContent.trim();
  return cell.classList.contains("figure") ? (text === "–" ? -1 : Number(text)) : text;
}

function compare(one, two) {
  return typeof one === "number" ? one - two : byCodePoint(one, two);
}
