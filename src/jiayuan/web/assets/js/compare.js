// SPDX-License-Identifier: Apache-2.0
// Lays the picture afterwards over the one before, with a slider between them. Without it they stand side by side.
const NARROW = "(max-width: 48em)";

export function enhanceCompare(root) {
  for (const pair of root.querySelectorAll("[data-compare]:not([data-ready])")) {
    pair.dataset.ready = "";
    const slider = pair.querySelector("[data-cut]");
    const button = pair.parentElement.querySelector("[data-lay]");
    const cut = () => pair.style.setProperty("--cut", `${slider.value}%`);
    const lay = (on) => {
      pair.classList.toggle("is-laid", on);
      button.setAttribute("aria-pressed", String(on));
    };
    slider.addEventListener("input", cut);
    button.addEventListener("click", () => lay(!pair.classList.contains("is-laid")));
    // Two pictures beside each other on a telephone are stamps.
    lay(window.matchMedia(NARROW).matches);
    cut();
  }
}
