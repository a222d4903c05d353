"use strict";
// Bands between the two columns. Places are measured once, when the layout changes; scrolling only
// computes, and draws no more than what is in view.

class Bands {
  constructor(svg, panes, joins, find) {
    this.svg = svg;
    this.panes = panes;
    this.joins = joins;
    this.paths = [];
    this.severity = joins.map(() => "");
    this.current = new Set();
    this.hot = -1;
    this.waiting = false;
    this.elements = joins.map((join) => [join.s.map(find), join.t.map(find)]);
    this.joinOf = new Map();
    this.elements.forEach((sides, k) => sides.flat().forEach((element) => this.joinOf.set(element, k)));
    this.places = [];
    this.line = [];
  }

  // Where each side of each join stands in its column, and the line along which the columns keep step.
  measure() {
    // Real heights: everything is laid out once, and the browser then remembers them for what it skips.
    const still = this.svg.parentElement.classList;
    still.remove("still");
    const tops = this.panes.map((pane) => pane.getBoundingClientRect().top - pane.scrollTop);
    this.places = this.elements.map((sides) => sides.map((own, side) => extents(own, tops[side])));
    requestAnimationFrame(() => requestAnimationFrame(() => still.add("still")));
    this.width = this.svg.clientWidth;
    // The columns' heads stay where they are; bands go by under them, as the copy does.
    const heads = this.panes.map((pane) => pane.querySelector("h3").offsetHeight);
    this.svg.style.clipPath = `inset(${Math.min(...heads)}px 0 0 0)`;
    const ends = this.panes.map((pane) => pane.scrollHeight);
    const line = [[0, 0]];
    this.joins.forEach((join, k) => {
      if (join.kind === "moved") return;
      const [one, two] = this.places[k];
      if (!one.length || !two.length) return;
      for (const edge of [[one[0][0], two[0][0]], [one.at(-1)[1], two.at(-1)[1]]]) {
        const last = line.at(-1);
        if (edge[0] >= last[0] && edge[1] >= last[1]) line.push(edge);
      }
    });
    line.push(ends);
    this.line = line;
    this.redraw();
  }

  redraw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  draw() {
    const height = this.svg.clientHeight;
    const [up, down] = this.panes.map((pane) => pane.scrollTop);
    let used = 0;
    this.places.forEach(([ones, twos], k) => {
      for (const one of ones) {
        for (const two of twos) {
          // A hair apart, so that neighbours are two bands and not one.
          const a = one[0] - up + 2, b = one[1] - up - 2, c = two[0] - down + 2, d = two[1] - down - 2;
          if (Math.max(b, d) < 0 || Math.min(a, c) > height) continue;
          this.shape(used, k, a, b, c, d);
          used += 1;
        }
      }
    });
    for (let k = used; k < this.paths.length; k += 1) this.paths[k].style.display = "none";
  }

  shape(at, k, a, b, c, d) {
    if (!this.paths[at]) {
      this.paths[at] = document.createElementNS("http://www.w3.org/2000/svg", "path");
      this.svg.append(this.paths[at]);
    }
    const path = this.paths[at], w = this.width, m = w / 2;
    path.setAttribute("d", `M0 ${a}C${m} ${a} ${m} ${c} ${w} ${c}V${d}C${m} ${d} ${m} ${b} 0 ${b}Z`);
    const severity = this.severity[k] ? ` has-${this.severity[k]}` : "";
    const marks = `${this.current.has(k) ? " current" : ""}${this.hot === k ? " hot" : ""}`;
    path.setAttribute("class", this.joins[k].kind + severity + marks);
    path.dataset.k = k;
    path.style.display = "";
  }

  // The place in the other column that belongs to a place in this one.
  opposite(side, y) {
    const line = this.line, other = 1 - side;
    let low = 0, high = line.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (line[middle][side] <= y) low = middle;
      else high = middle;
    }
    const [from, to] = [line[low], line[high]];
    const share = to[side] > from[side] ? (y - from[side]) / (to[side] - from[side]) : 0;
    return from[other] + Math.min(Math.max(share, 0), 1) * (to[other] - from[other]);
  }
}

// Top and bottom of elements, those that follow one another as one.
function extents(elements, zero) {
  const found = [];
  for (const element of elements) {
    if (!element) continue;
    const box = element.getBoundingClientRect(), top = box.top - zero, bottom = box.bottom - zero;
    const last = found.at(-1);
    if (last && top - last[1] < 40 && top >= last[0]) last[1] = Math.max(bottom, last[1]);
    else found.push([top, bottom]);
  }
  return found;
}
