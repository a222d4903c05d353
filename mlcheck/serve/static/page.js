"use strict";
// Two texts, sent when nobody has typed for a moment, and the report beneath them. Nothing is kept: not the
// texts, not the token, not the reports.

const PAUSE = 600; // milliseconds without a key; less, and a fast typist pays for reports that nobody reads
const LATER = 1500; // before asking again, where the service has too much to do
const status_ = document.getElementById("status");
const report = document.getElementById("report");
const tokenField = document.getElementById("token-field");
const token = document.getElementById("token");
const sides = [...document.querySelectorAll(".side")].map((box) => new Side(box));

let timer = 0;
let asking = false; // one at a time: a second request would only wait behind the first
let changed = false;
let shown = ""; // the request whose report is on the page

function Side(box) {
  const find = (name) => box.querySelector(`.${name}`);
  const [text, language, file, held] = ["text", "language", "file", "held"].map(find);
  let name = "";
  let data = ""; // base64 of a file that is no plain text

  this.name = box.dataset.side;
  this.version = () => {
    const version = data ? { data } : { text: text.value };
    if (name) version.name = name;
    if (language.value.trim()) version.language = language.value.trim();
    return version;
  };
  this.empty = () => !data && !text.value.trim();

  const hold = (called, bytes) => {
    name = called;
    data = bytes;
    text.readOnly = Boolean(bytes);
    if (bytes) text.value = "";
    text.placeholder = bytes ? "Clear to paste a text" : "Paste the text, or drop a file here";
    held.textContent = called;
    held.hidden = !called;
    soon();
  };
  const take = async (given) => {
    let bytes;
    try {
      bytes = new Uint8Array(await given.arrayBuffer());
    } catch {
      say(`${given.name}: cannot be read`, true);
      return;
    }
    try {
      const plain = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      if (plain.includes("\0")) throw new TypeError("no text");
      hold(given.name, "");
      text.value = plain;
    } catch {
      hold(given.name, base64(bytes));
    }
  };

  text.addEventListener("input", soon);
  language.addEventListener("input", soon);
  file.addEventListener("change", () => {
    if (file.files[0]) take(file.files[0]);
  });
  find("clear").addEventListener("click", () => {
    file.value = "";
    text.value = "";
    hold("", "");
    text.focus();
  });
  box.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return; // a piece of text drops where it is let go
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(binary);
}

function say(message, wrong = false) {
  status_.textContent = message;
  status_.classList.toggle("error", wrong);
}

function soon() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

async function ask() {
  if (asking) return;
  changed = false;
  if (sides.some((side) => side.empty())) {
    say("Two texts, please.");
    report.hidden = true;
    report.replaceChildren();
    shown = "";
    return;
  }
  const body = JSON.stringify(Object.fromEntries(sides.map((side) => [side.name, side.version()])));
  if (body === shown) return;
  asking = true;
  report.classList.add("old");
  say("Checking…");
  let again = 0;
  try {
    const headers = { "Content-Type": "application/json", Accept: "text/html" };
    if (token.value) headers.Authorization = `Bearer ${token.value}`;
    const answer = await fetch("check", { method: "POST", headers, body });
    if (answer.ok) {
      show(await answer.text());
      shown = body;
      say("Checked.");
    } else {
      if (answer.status === 401) tokenField.hidden = false;
      if (answer.status === 503) again = LATER;
      say((await answer.json()).error.message, true);
    }
  } catch {
    say("The service does not answer; is it still running?", true);
  }
  asking = false;
  if (again || changed) {
    clearTimeout(timer);
    timer = setTimeout(ask, again || PAUSE);
  }
}

// A new frame for each report: a frame whose document is exchanged would fill the browser's history. It has
// no origin of its own, so that nothing in a report could ask the service anything.
function show(page) {
  const frame = document.createElement("iframe");
  frame.title = "Report";
  frame.setAttribute("sandbox", "allow-scripts allow-downloads");
  frame.srcdoc = page;
  report.replaceChildren(frame);
  report.classList.remove("old");
  report.hidden = false;
}

token.addEventListener("input", soon);
for (const form of document.forms) form.addEventListener("submit", (event) => event.preventDefault());
