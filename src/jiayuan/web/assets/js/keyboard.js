// SPDX-License-Identifier: Apache-2.0
// j/k walk the rows, x chooses one, e goes to the next move, / to the search, ? opens the help. A person can switch them off there.
import { pickRow } from "./picking.js";

const SWITCH = "jiayuan.keys";

/** The rows of the page; not those inside a case that stands beside its list. */
const rows = () => [...document.querySelectorAll("[data-row] a[href]")].filter((link) => !link.closest("[data-pane]"));

function walk(step) {
  const links = rows();
  const focused = links.indexOf(document.activeElement);
  const at = focused < 0 ? links.findIndex((link) => link.hasAttribute("aria-current")) : focused;
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)];
  if (next) next.focus();
}

function toNextMove() {
  const move = document.querySelector("[data-next-move]");
  if (!move) return;
  move.focus();
  const isOpenAlready = move.matches("details[open] > summary");
  if (!isOpenAlready && move.matches("summary, button[type=button], a[href]")) move.click();
}

function help() {
  const dialog = document.querySelector("dialog[data-help]");
  if (dialog && !dialog.open) dialog.showModal();
}

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: pickRow,
  e: toNextMove,
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": help,
};

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

function isOff() {
  try {
    return localStorage.getItem(SWITCH) === "off";
  } catch {
    return false;
  }
}

function answer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || (isOff() && event.key !== "?")) return;
  const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
  if (!act) return;
  event.preventDefault();
  act();
}

function keepSwitch(box) {
  box.checked = !isOff();
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
}

export function listenToKeys() {
  document.addEventListener("keydown", answer);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-open-help]")) help();
    if (event.target.closest?.("[data-print]")) window.print();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-keys-switch]");
    if (box) keepSwitch(box);
  });
}
