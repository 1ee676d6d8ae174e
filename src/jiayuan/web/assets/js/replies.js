// SPDX-License-Identifier: Apache-2.0
// One tap puts a name or a standard reply where the note is being written.
function insert(field, text) {
  const start = field.selectionStart ?? field.value.length;
  field.setRangeText(text, start, field.selectionEnd ?? start, "end");
  field.focus();
}

function button(text, field) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "j-button is-plain is-small j-reply";
  made.textContent = text;
  made.addEventListener("click", () => insert(field, text));
  return made;
}

export function offerReplies(root) {
  for (const reply of root.querySelectorAll?.("template[data-reply]") ?? []) {
    const forms = reply.dataset.reply ? `form[action$="/${reply.dataset.reply}/"]` : "form.j-move, .j-move > form";
    for (const field of document.querySelectorAll(`:is(${forms}) textarea[name=note]`)) {
      field.after(button(reply.innerHTML ? reply.content.textContent : "", field));
    }
  }
}

export function listenToInserts() {
  document.addEventListener("click", (event) => {
    const source = event.target.closest?.("[data-insert]");
    if (source) insert(document.getElementById(source.dataset.into), source.dataset.insert);
  });
}
