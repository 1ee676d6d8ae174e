// SPDX-License-Identifier: Apache-2.0
// Choosing rows of a list: how many are chosen is said, one box chooses the page, x chooses the row with the focus.
const boxes = () => [...document.querySelectorAll("[data-pick]")];

export function tell() {
  const words = document.querySelector("[data-picked]");
  if (!words) return;
  const n = boxes().filter((box) => box.checked).length;
  const every = document.querySelector("[data-pick-every]")?.checked;
  words.dataset.idle ??= words.textContent;
  words.textContent = n && !every ? words.dataset.words.replace("{n}", n) : words.dataset.idle;
  words.closest("form").classList.toggle("is-ready", n > 0 || every === true);
  const all = document.querySelector("[data-pick-all]");
  if (all) {
    all.checked = n > 0 && n === boxes().length;
    all.indeterminate = n > 0 && n < boxes().length;
  }
}

export function pickRow() {
  const box = document.activeElement?.closest("[data-row]")?.querySelector("[data-pick]");
  if (!box) return;
  box.checked = !box.checked;
  tell();
}

export function listenToPicks() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches("[data-pick], [data-pick-all], [data-pick-every]")) tell();
  });
  document.addEventListener("DOMContentLoaded", tell);
  window.addEventListener("pageshow", tell);
}
