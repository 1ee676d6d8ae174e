// SPDX-License-Identifier: Apache-2.0
// Keeps an unsent report on this phone: words in localStorage, photos in IndexedDB. Contact details are not kept,
// because phones are shared. The draft carries its client_id, so a report whose answer got lost is stored once.
import { setFiles } from "./photos.js";

const DAYS = 3 * 24 * 3600 * 1000;
const key = (name) => `jiayuan.draft.${name}`;

function read(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(key(name)) || "null");
    return draft && draft.until > Date.now() ? draft : null;
  } catch {
    return null;
  }
}

function write(name, values) {
  try {
    localStorage.setItem(key(name), JSON.stringify({ until: Date.now() + DAYS, values }));
  } catch {
    // Private windows and full storage: the report can still be sent.
  }
}

function photos(mode, act) {
  return new Promise((done) => {
    const opening = indexedDB.open("jiayuan", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos");
    opening.onerror = () => done(null);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction("photos", mode).objectStore("photos"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    };
  });
}

/** A UUID of version 7: the moment in front, so that rows lie in the order of their making. */
export function newClientId(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = now.toString(16).padStart(12, "0");
  const variant = ((random[2] & 0x3f) | 0x80).toString(16).padStart(2, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(6, 8)}-${hex.slice(8)}`;
}

const kept = (input) =>
  input.name && input.name !== "csrfmiddlewaretoken" && !["file", "password", "submit", "button"].includes(input.type) && !("private" in input.dataset);

function values(form) {
  const found = {};
  for (const input of form.elements) {
    if (!kept(input) || (["radio", "checkbox"].includes(input.type) && !input.checked)) continue;
    found[input.name] = input.value;
  }
  return found;
}

function restore(form, draft) {
  for (const input of form.elements) {
    if (!kept(input) || !(input.name in draft)) continue;
    if (["radio", "checkbox"].includes(input.type)) input.checked = input.value === draft[input.name];
    else input.value = draft[input.name];
  }
}

function takeUp(form, draft) {
  restore(form, draft);
  form.querySelector("[data-draft-kept]")?.removeAttribute("hidden");
  // The villages to choose from come with the answer to the search, so the choice is made again when they are there;
  // nothing else is, for much may have been typed since.
  form.addEventListener("places:shown", () => "village" in draft && restore(form, { village: draft.village }), { once: true });
  const search = form.querySelector("[data-place-search]");
  if (search?.value) search.dispatchEvent(new Event("input", { bubbles: true }));
}

async function keepPhotos(form, name) {
  const input = form.querySelector("input[type=file][data-photos]");
  if (!input || !window.indexedDB) return;
  // What came back with errors has its photos on the server mostly; a second copy would be sent twice.
  const stored = form.querySelector("[name=kept_photo]") ? null : await photos("readonly", (store) => store.get(name));
  if (stored?.length && !input.files.length) setFiles(input, stored);
  input.addEventListener("change", () => photos("readwrite", (store) => store.put([...input.files], name)));
}

function keep(form) {
  const name = form.dataset.draft;
  const draft = read(name);
  const identity = form.elements.namedItem("client_id");
  // A form that came back with errors already holds the newer words.
  if (draft && form.dataset.answered === undefined) takeUp(form, draft.values);
  else if (!draft && identity && !identity.value) identity.value = newClientId();
  const save = () => write(name, values(form));
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("submit", save);
  // Back from the receipt by the browser's button, the next report is another one: with the old identity it would be
  // taken for the first sent twice.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && identity && !read(name)) identity.value = newClientId();
  });
  keepPhotos(form, name);
}

function drop(name) {
  try {
    localStorage.removeItem(key(name));
  } catch {
    return;
  }
  if (window.indexedDB) photos("readwrite", (store) => store.delete(name));
}

export function keepDrafts(root) {
  root.querySelectorAll("[data-draft-done]").forEach((receipt) => drop(receipt.dataset.draftDone));
  root.querySelectorAll("form[data-draft]").forEach(keep);
}
