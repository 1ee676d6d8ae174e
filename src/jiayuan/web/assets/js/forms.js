// SPDX-License-Identifier: Apache-2.0
// One press sends once; what needs a script is shown only where there is one.
export function revealScripted(root) {
  for (const element of root.querySelectorAll("[data-scripted]")) element.hidden = false;
}

/** Let a form be sent again after it could not be. */
export function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled][data-word]")) {
    button.textContent = button.dataset.word;
    button.removeAttribute("aria-disabled");
  }
}

function send(event) {
  const form = event.currentTarget;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  form.dataset.sent = "";
  if (button?.dataset.busy) {
    button.dataset.word = button.textContent.trim();
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  }
}

export function guardForms(root) {
  const forms = root.matches?.("form[data-once]") ? [root] : root.querySelectorAll("form[data-once]:not([data-guarded])");
  for (const form of forms) {
    form.dataset.guarded = "";
    form.addEventListener("submit", send);
    form.addEventListener("htmx:afterRequest", () => release(form));
    // Coming back with the browser's button shows the page as it was left, its button still grey.
    window.addEventListener("pageshow", (event) => event.persisted && release(form));
  }
}
