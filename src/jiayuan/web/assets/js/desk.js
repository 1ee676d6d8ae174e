// SPDX-License-Identifier: Apache-2.0
// The desk's scripts: htmx under a strict policy, the keyboard, photo previews. Pages work without any of it.
import htmx from "htmx.org";
import { openBeside } from "./beside.js";
import { enhanceClearing } from "./clearing.js";
import { enhanceCompare } from "./compare.js";
import { enhanceCover } from "./cover.js";
import { enhancePhotos } from "./photos.js";
import { guardForms, revealScripted } from "./forms.js";
import { listenToKeys } from "./keyboard.js";
import { listenToPicks } from "./picking.js";
import { listenToInserts, offerReplies } from "./replies.js";
import { enhanceScoring } from "./scoring.js";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  // A refused form comes back with 422 and the errors in it, so it has to be shown.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});
window.htmx = htmx;

/** Where tabs and chips are wider than the screen, the one that is chosen is in sight. */
function showChosen(root) {
  for (const one of root.querySelectorAll(".j-tabs [aria-current], .j-chips [aria-current]")) {
    const bar = one.closest(".j-tabs, .j-chips");
    bar.scrollLeft += one.getBoundingClientRect().right - bar.getBoundingClientRect().right + 24;
  }
}

function enhance(root) {
  revealScripted(root);
  guardForms(root);
  enhancePhotos(root);
  offerReplies(root);
  enhanceClearing(root);
  enhanceCompare(root);
  enhanceCover(root);
  enhanceScoring(root);
  showChosen(root);
}

document.addEventListener("DOMContentLoaded", () => {
  enhance(document);
  openBeside(enhance);
});
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.addEventListener("htmx:sendError", () => reveal("[data-unreachable]"));
document.addEventListener("htmx:responseError", () => reveal("[data-failed]"));
listenToKeys();
listenToPicks();
listenToInserts();

function reveal(selector) {
  const notice = document.querySelector(selector);
  if (notice) notice.hidden = false;
}
