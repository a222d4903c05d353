"use strict";
// A thin strip beside the columns: where in the text findings stand, and which part of it is in view.

class Ruler {
  constructor(strip, pair) {
    this.strip = strip;
    this.pair = pair;
    this.view = strip.querySelector(".view");
    this.marks = pair.cards.map((card) => {
      const mark = document.createElement("i");
      mark.className = card.dataset.severity;
      strip.append(mark);
      return mark;
    });
    this.at = [];
    strip.addEventListener("click", (event) => this.follow(event));
  }

  // Called where everything is laid out. What stands in the target alone is shown by its share of that.
  measure() {
    const tops = this.pair.panes.map((pane) => pane.getBoundingClientRect().top - pane.scrollTop);
    const heights = this.pair.panes.map((pane) => pane.scrollHeight);
    this.at = this.pair.cards.map((card) => {
      const places = this.pair.places(Number(card.dataset.n));
      const side = places[0].length ? 0 : 1;
      return places[side].length ? (places[side][0].getBoundingClientRect().top - tops[side]) / heights[side] : 0;
    });
    this.marks.forEach((mark, k) => { mark.style.top = `${this.at[k] * 100}%`; });
    this.look();
  }

  look() {
    const pane = this.pair.panes[0];
    this.view.style.top = `${(pane.scrollTop / pane.scrollHeight) * 100}%`;
    this.view.style.height = `${Math.min(pane.clientHeight / pane.scrollHeight, 1) * 100}%`;
  }

  show() {
    this.marks.forEach((mark, k) => {
      const card = this.pair.cards[k];
      mark.hidden = card.hidden;
      mark.classList.toggle("settled", card.classList.contains("settled"));
    });
  }

  choose(number) {
    this.strip.querySelector(".current")?.classList.remove("current");
    this.marks[number - 1].classList.add("current");
  }

  // The finding that is near, or else that part of the text.
  follow(event) {
    const box = this.strip.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height, off = (k) => Math.abs(this.at[k] - share);
    const shown = [...this.at.keys()].filter((k) => !this.pair.cards[k].hidden);
    const near = shown.sort((a, b) => off(a) - off(b))[0];
    if (near !== undefined && off(near) * box.height < 8) this.pair.choose(near + 1);
    else this.pair.scrollTo(share);
  }
}
