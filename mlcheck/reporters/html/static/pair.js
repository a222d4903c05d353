"use strict";
// One pair on the desk: choosing a finding, moving the columns, filters, decisions.

const SEVERITIES = ["error", "warning", "info"];
const AT = 0.28; // of a column's height: where a chosen place comes to stand

class Pair {
  constructor(section, marks, changed) {
    this.section = section;
    this.marks = marks;
    this.changed = changed;
    this.data = JSON.parse(section.querySelector(".data").textContent);
    this.cards = [...section.querySelectorAll(".finding")];
    this.panes = [...section.querySelectorAll(".pane")];
    this.chosen = 0;
    this.leader = null;
    if (!this.panes.length) return;
    this.marked = [...section.querySelectorAll("[data-f]")].map((element) => ({
      element,
      numbers: element.dataset.f.split(" ").map(Number),
    }));
    this.bands = new Bands(section.querySelector(".bands"), this.panes, this.data.joins, (key) => this.element(key));
    this.listen();
    this.cards.forEach((card) => this.showState(card));
    this.filter();
    this.number();
  }

  element(key) {
    return document.getElementById(`${this.section.id}-${key}`);
  }

  part(name) {
    return this.section.querySelector(name);
  }

  listen() {
    this.section.addEventListener("click", (event) => this.click(event));
    this.section.addEventListener("change", (event) => this.change(event));
    this.section.addEventListener("submit", (event) => this.submit(event));
    this.panes.forEach((pane, side) => {
      for (const what of ["wheel", "touchstart", "pointerdown", "keydown"]) {
        pane.addEventListener(what, () => { this.leader = pane; }, { passive: true });
      }
      pane.addEventListener("scroll", () => this.scrolled(pane, side), { passive: true });
      pane.addEventListener("pointerover", (event) => this.hover(event.target));
    });
    const layout = new ResizeObserver(() => this.bands.measure());
    for (const watched of [...this.section.querySelectorAll("div.copy"), ...this.panes]) layout.observe(watched);
    const paths = this.part(".bands");
    paths.addEventListener("click", (event) => this.follow(event.target.dataset.k));
  }

  // Scrolling

  // The columns keep step along the joins. At the top the eye is at the top of a column, at the bottom at
  // its bottom, so both columns reach their ends together.
  scrolled(pane, side) {
    this.bands.redraw();
    if (this.leader !== pane || !this.part(".together").checked) return;
    const other = this.panes[1 - side];
    const room = pane.scrollHeight - pane.clientHeight;
    const share = room > 0 ? pane.scrollTop / room : 0;
    const y = this.bands.opposite(side, pane.scrollTop + share * pane.clientHeight);
    other.scrollTop = y - share * other.clientHeight;
  }

  bring(elements) {
    this.leader = null;
    this.panes.forEach((pane, side) => {
      const element = elements[side];
      if (!element) return;
      element.closest("details")?.setAttribute("open", "");
      const inside = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
      const far = Math.abs(inside - pane.scrollTop) > 3 * pane.clientHeight;
      const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
      pane.scrollTo({ top: inside - pane.clientHeight * AT, behavior: still ? "instant" : "smooth" });
    });
  }

  follow(k) {
    if (k === undefined) return;
    const join = this.data.joins[k];
    this.bring([this.element(join.s[0]), this.element(join.t[0])]);
  }

  hover(target) {
    const own = target.closest(".p, .gap");
    const k = (own && this.bands.joinOf.get(own)) ?? -1;
    if (k === this.bands.hot) return;
    for (const element of this.section.querySelectorAll(".hot")) element.classList.remove("hot");
    if (k >= 0) for (const side of this.bands.elements[k]) for (const element of side) element?.classList.add("hot");
    this.bands.hot = k;
    this.bands.redraw();
  }

  // Choosing

  shown() {
    return [...this.part(".findings ol")?.children ?? []].filter((card) => !card.hidden);
  }

  step(by) {
    const shown = this.shown();
    if (!shown.length) return;
    const at = shown.findIndex((card) => Number(card.dataset.n) === this.chosen);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
    if (next < 0 || next >= shown.length) {
      say(by > 0 ? "This was the last finding" : "This was the first finding");
      return;
    }
    this.choose(Number(shown[next].dataset.n));
  }

  choose(number) {
    const card = this.cards[number - 1];
    this.chosen = number;
    for (const other of this.cards) this.unfold(other, other === card);
    for (const element of this.section.querySelectorAll(".copy .current")) element.classList.remove("current");
    const places = this.places(number);
    places.flat().forEach((element) => element.classList.add("current"));
    this.bands.current = new Set(this.data.joins.keys().filter((k) => this.data.joins[k].f.includes(number)));
    this.bring(places.map((own) => own[0]));
    this.bands.redraw();
    this.reveal(card);
    this.number();
    const message = card.querySelector(".message").textContent;
    say(`${this.position()}: ${card.dataset.severity}, ${card.dataset.rule}. ${message}`);
  }

  // The elements of a finding in either column; where it has none, what stands opposite.
  places(number) {
    return this.panes.map((pane, side) => {
      const own = this.marked.filter((mark) => mark.numbers.includes(number) && pane.contains(mark.element));
      if (own.length) return own.map((mark) => mark.element);
      const near = this.data.findings[number - 1].at[side];
      return near ? [this.element(near)] : [];
    });
  }

  unfold(card, open) {
    card.classList.toggle("current", open);
    const pick = card.querySelector(".pick");
    pick.setAttribute("aria-expanded", String(open));
    if (open) pick.setAttribute("aria-current", "true");
    else pick.removeAttribute("aria-current");
    card.querySelector(".decision")?.remove();
    if (open) this.addForm(card);
  }

  reveal(card) {
    const scroll = this.part(".findings .scroll");
    const top = card.offsetTop, bottom = top + card.offsetHeight;
    if (top < scroll.scrollTop || bottom > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top;
  }

  position() {
    const shown = this.shown();
    const at = shown.findIndex((card) => Number(card.dataset.n) === this.chosen);
    if (at >= 0) return `${at + 1} of ${shown.length}`;
    return shown.length === this.cards.length ? `${shown.length}` : `${shown.length} of ${this.cards.length} shown`;
  }

  number() {
    this.part(".findings .at").textContent = this.cards.length ? this.position() : "none";
  }

  // Events

  click(event) {
    const target = event.target;
    if (target.closest(".pick")) this.choose(Number(target.closest(".finding").dataset.n));
    else if (target.closest(".next")) this.step(1);
    else if (target.closest(".previous")) this.step(-1);
    else if (target.closest(".clear")) this.decide(target.closest(".finding"), null);
    else if (target.closest(".copy") && getSelection().isCollapsed) {
      const found = target.closest("[data-f]:not(.filtered)");
      if (found) this.choose(this.nearest(found));
    }
  }

  // Of the findings on a place the one that is not chosen yet, so that clicking again shows the next.
  nearest(element) {
    const numbers = element.dataset.f.split(" ").map(Number).filter((n) => !this.cards[n - 1].hidden);
    return numbers[(numbers.indexOf(this.chosen) + 1) % numbers.length];
  }

  change(event) {
    const box = event.target;
    if (box.matches(".show-words")) this.section.classList.toggle("no-words", !box.checked);
    else if (box.matches(".show-facts")) this.section.classList.toggle("no-facts", !box.checked);
    else if (box.matches(".show-folds")) {
      for (const fold of this.section.querySelectorAll(".fold")) fold.open = box.checked;
    } else if (box.matches(".by-order")) this.order(box.value);
    else if (box.matches(".by-severity, .by-rule, .hide-accepted")) this.filter();
  }

  toggle(name) {
    this.part(name)?.click();
  }

  order(how) {
    const weight = (card) => (how === "gravest" ? SEVERITIES.indexOf(card.dataset.severity) : 0);
    const sorted = [...this.cards].sort((a, b) => weight(a) - weight(b) || a.dataset.n - b.dataset.n);
    this.part(".findings ol").append(...sorted);
    this.number();
  }

  filter() {
    if (this.cards.length) {
      const severities = new Set([...this.section.querySelectorAll(".by-severity:checked")].map((box) => box.value));
      const rule = this.part(".by-rule").value;
      const settled = this.part(".hide-accepted").checked;
      for (const card of this.cards) {
        card.hidden = !severities.has(card.dataset.severity) || (rule && card.dataset.rule !== rule)
          || (settled && card.classList.contains("settled"));
      }
      this.part(".none").hidden = this.cards.some((card) => !card.hidden);
    }
    for (const { element, numbers } of this.marked) {
      element.classList.toggle("filtered", numbers.every((n) => this.cards[n - 1].hidden));
      element.classList.toggle("settled", numbers.every((n) => this.isSettled(n)));
    }
    this.bands.severity = this.data.joins.map((join) => {
      const shown = join.f.filter((n) => !this.cards[n - 1].hidden && !this.isSettled(n));
      return SEVERITIES.find((severity) => shown.some((n) => this.cards[n - 1].dataset.severity === severity)) ?? "";
    });
    this.bands.redraw();
    this.number();
  }

  // Decisions

  isSettled(number) {
    return this.cards[number - 1].classList.contains("settled");
  }

  addForm(card) {
    const form = document.getElementById("decision").content.firstElementChild.cloneNode(true);
    const mark = this.marks.of(this.data, this.data.findings[card.dataset.n - 1]);
    if (mark) {
      form.elements.decision.value = mark.decision;
      form.elements.reason.value = mark.reason;
      form.elements.expires.value = mark.expires ?? "";
    }
    card.querySelector(".more").append(form);
  }

  // A key was pressed: the form, with the decision made and the reason to write.
  ask(decision) {
    const form = this.chosen && this.cards[this.chosen - 1].querySelector(".decision");
    if (!form) return;
    form.elements.decision.value = decision;
    form.elements.reason.focus();
  }

  submit(event) {
    event.preventDefault();
    const { decision, reason, expires } = event.target.elements;
    const problem = event.target.querySelector(".problem");
    if (!decision.value) problem.textContent = "Accept or dismiss?";
    else if (!reason.value.trim()) problem.textContent = "Say why; the reason stands in the file.";
    else {
      const mark = { decision: decision.value, reason: reason.value.trim() };
      if (expires.value) mark.expires = expires.value;
      this.decide(event.target.closest(".finding"), mark);
    }
  }

  decide(card, mark) {
    this.marks.write(markKey(this.data, this.data.findings[card.dataset.n - 1]), mark);
    this.showState(card);
    this.unfold(card, true);
    card.querySelector(".pick").focus();
    this.filter();
    this.changed();
    say(mark ? `${DECISIONS[mark.decision]}: ${mark.reason}` : "Not marked any more");
  }

  showState(card) {
    const state = card.querySelector(".state");
    state.querySelector(".own")?.remove();
    const mark = this.marks.of(this.data, this.data.findings[card.dataset.n - 1]);
    card.classList.toggle("settled", Boolean(mark) || state.childElementCount > 0);
    if (!mark) return;
    const own = document.createElement("span"), word = document.createElement("strong"), reason = document.createElement("bdi");
    own.className = "own";
    word.textContent = DECISIONS[mark.decision];
    reason.textContent = mark.reason;
    own.append(word, " by you: ", reason, mark.expires ? ` (until ${mark.expires})` : "");
    state.prepend(own);
  }
}
