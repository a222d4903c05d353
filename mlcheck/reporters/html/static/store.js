"use strict";
// This page as it came, before a script has changed anything in it but the colours.
const PAGE = document.documentElement.outerHTML.replace(/^<html[^>]*>/, '<html lang="en">');

// What is kept between visits. Where the browser gives a file no storage, it is kept in memory.

const store = {
  works: true,
  memory: new Map(),

  get(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      this.works = false;
      return this.memory.has(name) ? this.memory.get(name) : null;
    }
  },

  // What was kept as JSON; what somebody else has put there does no harm.
  read(name, otherwise) {
    try {
      const known = JSON.parse(this.get(name) || "null");
      return known && typeof known === "object" && Array.isArray(known) === Array.isArray(otherwise) ? known : otherwise;
    } catch {
      return otherwise;
    }
  },

  set(name, value) {
    this.memory.set(name, value);
    try {
      localStorage.setItem(name, value);
    } catch {
      this.works = false;
    }
  },
};

// A file for the reader's own disk; nothing goes over a network.
function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function say(message) {
  document.getElementById("live").textContent = message;
}
