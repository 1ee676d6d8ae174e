// SPDX-License-Identifier: Apache-2.0
// Clearing lists: a tap on a picture opens the camera, and a photo is sent as soon as it is taken.
// Without this file the same forms have a button each.
function sends(form) {
  const says = form.querySelector("[data-says]");
  if (says) says.textContent = says.dataset.busy;
  says?.closest("label")?.classList.add("is-busy");
  form.requestSubmit();
}

function sendAtOnce(form) {
  const input = form.querySelector("input[type=file]");
  input.dataset.ready = "";
  input.addEventListener("change", () => input.files.length && sends(form));
}

function openAtOnce(form) {
  const input = form.querySelector("input[type=file]");
  const chosen = () => form.querySelector("input[name=class]:checked");
  const whole = () => chosen() && (input.files.length || form.querySelector("input[name=kept_photo]"));
  for (const tile of form.querySelectorAll("input[name=class]")) {
    // A click, not a change: the same picture tapped again opens the camera again. Arrow keys only walk through them.
    tile.addEventListener("click", (event) => {
      if (!event.detail) return undefined;
      if (whole()) return sends(form);
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
      return undefined;
    });
  }
  input.addEventListener("change", () => whole() && sends(form));
}

function step(button) {
  const input = button.parentElement.querySelector("input[type=number]");
  const next = (Number.parseInt(input.value, 10) || 1) + Number(button.dataset.step);
  input.value = Math.min(Math.max(next, Number(input.min)), Number(input.max));
}

// Each part of a page is shown to this twice: when the page is there, and when htmx has looked through it.
function fresh(root, selector) {
  const found = [...root.querySelectorAll(`${selector}:not([data-enhanced])`)];
  for (const element of found) element.dataset.enhanced = "";
  return found;
}

export function enhanceClearing(root) {
  for (const element of fresh(root, "[data-unscripted]")) element.hidden = true;
  fresh(root, "form[data-at-once]").forEach(sendAtOnce);
  fresh(root, "form[data-quick]").forEach(openAtOnce);
  fresh(root, "button[data-step]").forEach((button) => button.addEventListener("click", () => step(button)));
}
