// SPDX-License-Identifier: Apache-2.0
// Scoring on a phone: whatever is noted is kept here first, sent, and taken out only when the server has it. A reload,
// an empty battery or a lost line loses nothing: the same client_id makes the server keep it once.
import { newClientId } from "./draft.js";
import { setFiles } from "./photos.js";

const AGAIN = 15000;

function store(mode, act) {
  return new Promise((done) => {
    const opening = indexedDB.open("jiayuan-scoring", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "key" });
    opening.onerror = () => done(null);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction("kept", mode).objectStore("kept"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done(null);
    };
  });
}

const put = (row) => store("readwrite", (kept) => kept.put(row));
const drop = (key) => store("readwrite", (kept) => kept.delete(key));
const rowsOf = async (visit) => ((await store("readonly", (kept) => kept.getAll())) || []).filter((row) => row.visit === visit);

const MOST_PHOTOS = 6;
const TYPED = ["times", "place_text", "note"];

function typed(form) {
  const found = {};
  for (const name of TYPED) if (form.elements[name]) found[name] = form.elements[name].value;
  return found;
}

function clear(form) {
  form.elements.client_id.value = newClientId();
  form.elements.times.value = "1";
  setFiles(form.elements.photos, []);
  form.closest("details").open = false;
}

class Scoring {
  constructor(root) {
    this.root = root;
    this.visit = root.dataset.scoring;
    this.sending = false;
  }

  async begin() {
    const rows = await rowsOf(this.visit);
    for (const form of this.root.querySelectorAll("form[data-finding]")) this.take(form, rows);
    this.keepAbsent();
    this.root.querySelector("[data-hand-in]").addEventListener("submit", (event) => this.handIn(event), true);
    window.addEventListener("online", () => this.send());
    setInterval(() => this.send(), AGAIN);
    await this.show();
    await this.send();
  }

  take(form, rows) {
    const ground = form.dataset.finding;
    const draft = `${this.visit}:${ground}`;
    // All forms came with one identity; each finding needs its own.
    if (!form.querySelector("[name=kept_photo]")) form.elements.client_id.value = newClientId();
    const begun = rows.find((row) => row.key === draft);
    if (begun) {
      for (const name of TYPED) if (form.elements[name] && begun.typed[name]) form.elements[name].value = begun.typed[name];
      if (begun.files.length) setFiles(form.elements.photos, begun.files);
      form.closest("details").open = true;
    }
    const keep = () => put({ key: draft, visit: this.visit, ground, typed: typed(form), files: [...form.elements.photos.files], ready: false });
    form.addEventListener("input", keep);
    form.elements.photos.addEventListener("change", keep);
    form.addEventListener("submit", (event) => this.note(event, form, draft));
  }

  async note(event, form, draft) {
    if (form.querySelector("[name=kept_photo]")) return;
    event.preventDefault();
    const files = [...form.elements.photos.files];
    if (!files.length) {
      form.elements.photos.click();
      return;
    }
    if (files.length > MOST_PHOTOS) {
      this.say(this.root.dataset.tooMuch);
      return;
    }
    const row = { key: form.elements.client_id.value, visit: this.visit, ground: form.dataset.finding, typed: typed(form), files, ready: true, url: form.action };
    if ((await put(row)) === null) {
      // A private window keeps nothing: sent the plain way.
      form.submit();
      return;
    }
    clear(form);
    await drop(draft);
    await this.show();
    await this.send();
  }

  async waiting() {
    return (await rowsOf(this.visit)).filter((row) => row.ready);
  }

  async show() {
    const n = (await this.waiting()).length;
    const box = this.root.querySelector("[data-outbox]");
    box.hidden = n === 0;
    box.querySelector("[data-waiting]").textContent = String(n);
    return n;
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    let arrived = 0;
    try {
      for (const row of await this.waiting()) {
        if (!(await this.sendOne(row))) break;
        arrived += 1;
        await this.show();
      }
    } finally {
      this.sending = false;
    }
    if (arrived) await this.look();
  }

  async sendOne(row) {
    const body = new FormData();
    body.append("client_id", row.key);
    body.append("ground", row.ground);
    for (const [name, value] of Object.entries(row.typed)) body.append(name, value);
    for (const file of row.files) body.append("photos", file, file.name);
    const headers = { "X-CSRFToken": this.root.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" };
    let answer;
    try {
      answer = await fetch(row.url, { method: "POST", body, headers, credentials: "same-origin", redirect: "error" });
    } catch {
      return false;
    }
    if (answer.status === 422) this.turnedDown(row, await answer.json());
    else if (answer.status === 400 || answer.status === 413) this.turnedDown(row, { message: this.root.dataset.tooMuch });
    else if (!answer.ok) return false;
    await drop(row.key);
    return true;
  }

  say(message) {
    const notice = this.root.querySelector("[data-turned-down]");
    notice.hidden = false;
    notice.querySelector("[data-words]").textContent = message;
  }

  /** What the server does not take is shown in its form again, with the reason; nothing that was typed is lost. */
  turnedDown(row, { message }) {
    this.say(message);
    const form = this.root.querySelector(`form[data-finding="${row.ground}"]`);
    if (!form) return;
    form.closest("details").open = true;
    for (const name of TYPED) if (form.elements[name] && row.typed[name]) form.elements[name].value = row.typed[name];
    setFiles(form.elements.photos, row.files);
  }

  /** Take over what the server knows now, and leave alone what is being typed. */
  async look() {
    let page;
    try {
      page = new DOMParser().parseFromString(await (await fetch(location.pathname, { credentials: "same-origin" })).text(), "text/html");
    } catch {
      return;
    }
    for (const part of this.root.querySelectorAll("[data-live], [data-live-value]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh) continue;
      if (part.dataset.liveValue !== undefined) part.value = fresh.value;
      else part.innerHTML = fresh.innerHTML;
    }
  }

  async handIn(event) {
    const form = event.currentTarget;
    if (form.dataset.checked !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await this.send();
    const left = await this.show();
    if (left) {
      this.root.querySelector("[data-outbox]").scrollIntoView({ block: "center" });
      return;
    }
    form.dataset.checked = "";
    form.requestSubmit(form.querySelector("button"));
    // The line may be gone: then the button must work again.
    setTimeout(() => delete form.dataset.checked, 500);
  }

  keepAbsent() {
    const key = `jiayuan.absent.${this.visit}`;
    const boxes = [...this.root.querySelectorAll("[data-absent]")];
    try {
      const kept = new Set(JSON.parse(localStorage.getItem(key) || "[]"));
      for (const box of boxes) if (kept.has(box.value)) box.checked = true;
    } catch {
      // Nothing readable is kept: the page's own marks stand.
    }
    for (const box of boxes) {
      box.addEventListener("change", () => {
        try {
          localStorage.setItem(key, JSON.stringify(boxes.filter((one) => one.checked).map((one) => one.value)));
        } catch {
          // A private window: the marks live as long as the page.
        }
      });
    }
  }
}

export function enhanceScoring(root) {
  const place = root.querySelector("[data-scoring]:not([data-enhanced])");
  if (!place || !window.indexedDB) return;
  place.dataset.enhanced = "";
  new Scoring(place).begin();
}
