// SPDX-License-Identifier: Apache-2.0
// Comfort for residents. Every page works without this file.
import { keepDrafts } from "./draft.js";
import { guardForms, revealScripted } from "./forms.js";
import { enhancePhotos } from "./photos.js";
import { enhancePlaces } from "./place.js";
import { enhanceReceipts } from "./receipt.js";
import { enhanceSame } from "./same.js";

function enhance() {
  revealScripted(document);
  enhancePhotos(document);
  enhancePlaces(document);
  enhanceReceipts(document);
  enhanceSame(document);
  keepDrafts(document);
  guardForms(document);
  document.querySelector("[data-errors]")?.focus();
}

document.addEventListener("DOMContentLoaded", enhance);
document.addEventListener("click", (event) => event.target.closest?.("[data-print]") && window.print());
