"use strict";
// Several versions on the desk: which columns and rows are shown, and the way from one passage that differs
// to the next.

class Grid {
  constructor(work) {
    this.work = work;
    this.rows = [...work.querySelectorAll("tr.passage[tabindex]")];
    this.show();
    work.addEventListener("change", () => this.show());
    work.addEventListener("keydown", (event) => {
      const by = { n: 1, j: 1, p: -1, k: -1 }[event.key];
      if (by && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        event.stopPropagation();
        this.step(by);
      }
    });
  }

  show() {
    for (const box of this.work.querySelectorAll(".show-version")) {
      for (const cell of this.work.querySelectorAll(`table [data-v="${box.dataset.v}"]`)) cell.hidden = !box.checked;
    }
    const shown = this.work.querySelectorAll(".show-version:checked").length;
    for (const cell of this.work.querySelectorAll("td[colspan]")) cell.colSpan = Math.max(shown, 1);
    this.work.style.setProperty("--shown", shown);
    const told = this.work.querySelector(".show-told").checked;
    for (const row of this.work.querySelectorAll(".quiet-row")) row.hidden = told;
  }

  step(by) {
    const at = this.rows.indexOf(document.activeElement);
    const next = this.rows[at < 0 ? (by > 0 ? 0 : this.rows.length - 1) : at + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }
}

const grids = [...document.querySelectorAll(".grid-work")].map((work) => new Grid(work));
// Where nothing has the focus, the keys are those of the grid that is shown.
document.addEventListener("keydown", (event) => {
  if (event.target !== document.body) return;
  const grid = grids.find((each) => each.work.offsetParent !== null);
  if (grid && ["n", "p", "j", "k"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    grid.step(event.key === "n" || event.key === "j" ? 1 : -1);
  }
});
