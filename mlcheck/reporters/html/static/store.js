"use strict";
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
function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function say(message) {
  document.getElementById("live").textContent = message;
}
