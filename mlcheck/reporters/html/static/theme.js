"use strict";
// Runs in the head, before anything is painted: a page that will be dark must not flash white.
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("mlcheck-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to this file: the colours are the system's.
}
