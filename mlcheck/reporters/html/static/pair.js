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
    this.cards = [...section.querySelectorAll(".finding")].sort((a, b) => a.dataset.n - b.dataset.n);
    this.list = section.querySelector(".findings .main");
    this.remarks = section.querySelector(".findings .remarks");
    this.listed = [...section.querySelectorAll(".finding")]; // as they stand in the list
    this.panes = [...section.querySelectorAll(".pane")];
    this.chosen = 0;
    this.leader = null;
    if (!this.panes.length) return;
    this.marked = [...section.querySelectorAll("[data-f]")].map((element) => ({
      element,
      numbers: element.dataset.f.split(" ").map(Number),
    }));
    // By finding and side: the elements that it stands on.
    this.standing = this.cards.map(() => [[], []]);
    for (const { element, numbers } of this.marked) {
      for (const n of numbers) this.standing[n - 1][this.panes[0].contains(element) ? 0 : 1].push(element);
    }
    this.bands = new Bands(section.querySelector(".bands"), this.panes, this.data.joins, (key) => this.element(key));
    this.ruler = new Ruler(this.part(".ruler"), this);
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
    this.section.addEventListener("keydown", (event) => this.key(event));
    this.remarks?.addEventListener("toggle", () => this.number());
    this.panes.forEach((pane, side) => {
      for (const what of ["wheel", "touchstart", "pointerdown", "keydown"]) {
        pane.addEventListener(what, () => { this.leader = pane; }, { passive: true });
      }
      pane.addEventListener("scroll", () => this.scrolled(pane, side), { passive: true });
      pane.addEventListener("pointerover", (event) => this.hover(event.target));
    });
    const layout = new ResizeObserver(() => this.measure());
    for (const watched of [...this.section.querySelectorAll("div.copy"), ...this.panes]) layout.observe(watched);
    const paths = this.part(".bands");
    paths.addEventListener("click", (event) => this.follow(event.target.dataset.k));
  }

  measure() {
    if (!this.panes.length) return;
    this.bands.measure();
    this.ruler.measure();
  }

  // Scrolling

  // The columns keep step along the joins. At the top the eye is at the top of a column, at the bottom at
  // its bottom, so both columns reach their ends together.
  scrolled(pane, side) {
    this.bands.redraw();
    if (side === 0) this.ruler.look();
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

  // A share of the text, 0 to 1, to the top of both columns.
  scrollTo(share) {
    this.leader = this.panes[0];
    this.panes[0].scrollTop = share * this.panes[0].scrollHeight - this.panes[0].clientHeight / 2;
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
    const folded = this.remarks && !this.remarks.open;
    return this.listed.filter((card) => !card.hidden && !(folded && card.dataset.severity === "info"));
  }

  isOpen(card) {
    return !card.classList.contains("settled");
  }

  // What a filter or a finding wants to see must not be folded away.
  unfoldRemarks(open = true) {
    if (this.remarks) this.remarks.open = open;
  }

  step(by) {
    const shown = this.shown();
    if (!shown.length) return;
    const at = shown.findIndex((card) => Number(card.dataset.n) === this.chosen);
    const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by;
    if (next < 0 || next >= shown.length) {
      const more = this.remarks && !this.remarks.open ? "; the remarks are folded, i opens them" : "";
      say(by > 0 ? `This was the last finding${more}` : "This was the first finding");
      return;
    }
    this.choose(Number(shown[next].dataset.n));
  }

  choose(number) {
    const card = this.cards[number - 1], last = this.cards[this.chosen - 1];
    if (last && last !== card) this.unfold(last, false);
    this.chosen = number;
    if (card.dataset.severity === "info") this.unfoldRemarks();
    this.unfold(card, true);
    for (const element of this.section.querySelectorAll(".copy .current")) element.classList.remove("current");
    const places = this.places(number);
    places.flat().forEach((element) => element.classList.add("current"));
    this.bands.current = new Set([...this.data.joins.keys()].filter((k) => this.data.joins[k].f.includes(number)));
    this.bring(places.map((own) => own[0]));
    this.bands.redraw();
    this.ruler.choose(number);
    this.reveal(card);
    this.number();
    const message = card.querySelector(".message").textContent;
    const severity = card.querySelector(".sev").textContent;
    say(`${this.position()}: ${severity}, ${card.dataset.rule}. ${message}`);
  }

  // The elements of a finding in either column; where it has none, what stands opposite.
  places(number) {
    return this.panes.map((pane, side) => {
      const own = this.standing[number - 1][side];
      if (own.length) return own;
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
    else if (target.closest(".show-filters")) {
      const open = this.part(".work").classList.toggle("open");
      target.closest(".show-filters").setAttribute("aria-expanded", String(open));
    }
    else if (target.closest(".previous")) this.step(-1);
    else if (target.closest(".clear")) this.decide([target.closest(".finding")], null);
    else if (target.closest(".reason")) this.offer(target.closest(".decision"), target.closest(".reason").textContent);
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
    else if (box.matches(".show-facts")) this.section.classList.toggle("facts", box.checked);
    else if (box.matches(".show-folds")) {
      for (const fold of this.section.querySelectorAll(".fold")) fold.open = box.checked;
    } else if (box.matches(".by-order")) this.order(box.value);
    else if (box.matches(".by-severity, .by-rule, .hide-accepted")) {
      if (box.value === "info" || (box.matches(".by-rule") && box.value)) this.unfoldRemarks(box.checked ?? true);
      this.filter();
    }
  }

  toggle(name) {
    this.part(name)?.click();
  }

  order(how) {
    const weight = (card) => (how === "gravest" ? SEVERITIES.indexOf(card.dataset.severity) : 0);
    const graver = this.cards.filter((card) => card.dataset.severity !== "info");
    this.list.append(...graver.sort((a, b) => weight(a) - weight(b) || a.dataset.n - b.dataset.n));
    this.listed = [...this.section.querySelectorAll(".finding")];
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
      if (this.remarks) this.remarks.hidden = ![...this.remarks.querySelectorAll(".finding")].some((card) => !card.hidden);
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
    this.ruler.show();
    this.number();
  }

  // Decisions

  isSettled(number) {
    return this.cards[number - 1].classList.contains("settled");
  }

  // The other open findings of the same rule in this item.
  alike(card) {
    return this.cards.filter((other) => other !== card && other.dataset.rule === card.dataset.rule && this.isOpen(other));
  }

  addForm(card) {
    const form = document.getElementById("decision").content.firstElementChild.cloneNode(true);
    const mark = this.marks.of(this.data, this.data.findings[card.dataset.n - 1]);
    if (mark) {
      form.elements.decision.value = mark.decision;
      form.elements.reason.value = mark.reason;
      form.elements.expires.value = mark.expires ?? "";
    }
    const others = this.alike(card).length, all = form.querySelector(".all");
    all.hidden = others === 0;
    all.querySelector("span").textContent = `and the other ${others} open of ${card.dataset.rule} in this item`;
    const reasons = this.marks.reasons(), list = form.querySelector(".reasons");
    list.hidden = reasons.length === 0;
    for (const reason of reasons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "reason";
      button.dir = "auto";
      button.textContent = reason;
      list.append(button);
    }
    card.querySelector(".more").append(form);
  }

  offer(form, reason) {
    form.elements.reason.value = reason;
    form.elements.reason.focus();
  }

  // In the form: back to the list, or through the last reasons.
  key(event) {
    const form = event.target.closest(".decision"), by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!form) return;
    if (event.key === "Escape") {
      event.preventDefault();
      form.closest(".finding").querySelector(".pick").focus();
    } else if (by && event.target === form.elements.reason) {
      const reasons = this.marks.reasons(), at = reasons.indexOf(event.target.value);
      const next = at < 0 && by < 0 ? reasons.length - 1 : at + by;
      if (reasons[next] === undefined) return;
      event.preventDefault();
      this.offer(form, reasons[next]);
    }
  }

  // A key was pressed: the form, with the decision made and the reason to write; perhaps for all of the rule.
  ask(decision, all = false) {
    const form = this.chosen && this.cards[this.chosen - 1].querySelector(".decision");
    if (!form) return;
    form.elements.decision.value = decision;
    form.elements.all.checked = all && !form.querySelector(".all").hidden;
    form.elements.reason.focus();
  }

  submit(event) {
    event.preventDefault();
    const { decision, reason, expires, all } = event.target.elements;
    const problem = event.target.querySelector(".problem");
    if (!decision.value) problem.textContent = "Accept or dismiss?";
    else if (!reason.value.trim()) problem.textContent = "Say why; the reason stands in the file.";
    else {
      const mark = { decision: decision.value, reason: reason.value.trim() };
      if (expires.value) mark.expires = expires.value;
      const card = event.target.closest(".finding");
      this.marks.remember(mark.reason);
      this.decide([card, ...(all.checked ? this.alike(card) : [])], mark);
    }
  }

  // The first of the cards is the chosen one; after it comes the next that is open.
  decide(cards, mark) {
    this.marks.write(cards.map((card) => this.keyOf(card)), mark);
    cards.forEach((card) => this.showState(card));
    this.unfold(cards[0], true);
    this.filter();
    this.changed();
    const several = cards.length > 1 ? ` (${cards.length} findings)` : "";
    const done = mark ? `${DECISIONS[mark.decision]}${several}: ${mark.reason}` : "Not marked any more";
    if (mark && this.onward(cards[0])) {
      say(`${done}. ${document.getElementById("live").textContent}`);
      return;
    }
    cards[0].querySelector(".pick").focus();
    say(mark ? `${done}. No finding is left open in the list` : done);
  }

  // On to the next open finding, from the end back to the first. Is there one?
  onward(from = this.cards[this.chosen - 1]) {
    const at = this.listed.indexOf(from) + 1, shown = new Set(this.shown());
    const after = [...this.listed.slice(at), ...this.listed.slice(0, at)];
    const next = after.find((card) => shown.has(card) && this.isOpen(card));
    if (!next) return false;
    this.choose(Number(next.dataset.n));
    next.querySelector(".pick").focus();
    return true;
  }

  keyOf(card) {
    return markKey(this.data, this.data.findings[card.dataset.n - 1]);
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
    const by = this.marks.isOwn(this.keyOf(card)) ? "by you" : "in this page";
    own.append(word, ` ${by}: `, reason, mark.expires ? ` (until ${mark.expires})` : "");
    state.prepend(own);
  }
}
