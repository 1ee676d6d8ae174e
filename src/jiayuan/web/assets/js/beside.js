// SPDX-License-Identifier: Apache-2.0
// On a broad screen a case opens beside its list: its own page is fetched and what it says is laid on the right. The
// address of the list keeps which one stands open. On a narrow screen, and without this script, a row is a link.
import htmx from "htmx.org";
import { release } from "./forms.js";
import { tell } from "./picking.js";

const BROAD = window.matchMedia("(min-width: 80em)");
const CASE = /^\/desk\/cases\/([^/]{11})\/$/;

const asPage = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const handleOf = (address) => CASE.exec(new URL(address, location.href).pathname)?.[1];

function show(selector) {
  const notice = document.querySelector(selector);
  if (notice) notice.hidden = false;
}

class Beside {
  constructor(split, enhance) {
    this.split = split;
    this.enhance = enhance;
    this.pane = split.querySelector("[data-pane]");
    this.body = split.querySelector("[data-pane-body]");
    this.alone = split.querySelector("[data-pane-alone]");
    this.says = split.querySelector("[data-pane-says]");
    this.latest = "";
    split.addEventListener("click", (event) => this.follow(event));
    this.body.addEventListener("submit", (event) => this.send(event));
    split.querySelector("[data-pane-close]").addEventListener("click", () => this.leave());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.pane.hidden && !document.querySelector("dialog[open]")) this.leave();
    });
    window.addEventListener("popstate", () => this.accord());
    this.accord();
  }

  /** Let the page show what its address says. */
  accord() {
    const handle = new URL(location.href).searchParams.get("open");
    if (!handle) return this.close();
    const address = new URL(`${this.split.dataset.beside}${handle}/`, location.href).href;
    if (!BROAD.matches) return location.replace(address);
    return this.open(address);
  }

  follow(event) {
    const link = event.target.closest("[data-row] a[href]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || !BROAD.matches || !handleOf(link.href)) return;
    event.preventDefault();
    this.keep(handleOf(link.href), "pushState");
    this.open(link.href);
  }

  keep(handle, how) {
    const here = new URL(location.href);
    if (handle) here.searchParams.set("open", handle);
    else here.searchParams.delete("open");
    history[how](null, "", here);
  }

  async open(address) {
    this.latest = address;
    this.mark(address);
    try {
      const answer = await fetch(address);
      const page = await asPage(answer);
      if (this.latest !== address) return;
      if (!handleOf(answer.url) || !page.querySelector(".j-case")) location.assign(address);
      else this.lay(page, answer.url);
    } catch {
      location.assign(address);
    }
  }

  lay(page, address) {
    const main = page.querySelector("#main");
    for (const notice of main.querySelectorAll(":scope > [hidden]")) notice.remove();
    const title = main.querySelector("h1");
    const heading = document.createElement("h2");
    heading.textContent = title.textContent;
    title.replaceWith(heading);
    this.body.replaceChildren(...main.childNodes);
    this.alone.href = address;
    this.pane.hidden = false;
    this.pane.scrollTop = 0;
    this.split.classList.add("is-open");
    this.mark(address);
    this.says.textContent = this.says.dataset.words.replace("{case}", heading.textContent);
    this.enhance(this.body);
    htmx.process(this.body);
  }

  mark(address) {
    const handle = handleOf(address);
    for (const row of this.split.querySelectorAll("[data-list] [data-row]")) {
      const link = row.querySelector("a[href]");
      const isOpen = handleOf(link.href) === handle;
      row.classList.toggle("is-open", isOpen);
      if (isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  leave() {
    const link = this.split.querySelector("[data-list] .is-open a[href]");
    this.keep("", "pushState");
    this.close();
    link?.focus();
  }

  close() {
    this.latest = "";
    this.mark(location.href);
    this.pane.hidden = true;
    this.body.replaceChildren();
    this.split.classList.remove("is-open");
    this.says.textContent = "";
  }

  /** A move made beside the list leaves the list where it is; the row then says what came of it. */
  async send(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || !form.hasAttribute("action")) return;
    event.preventDefault();
    const given = new FormData(form);
    if (event.submitter?.name) given.append(event.submitter.name, event.submitter.value);
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: given });
      const page = await asPage(answer);
      if (page.querySelector(".j-case")) this.lay(page, answer.redirected ? answer.url : this.alone.href);
      else if (answer.ok) this.leave();
      else return this.failed(form, "[data-failed]");
      if (answer.redirected) await this.renew();
    } catch {
      this.failed(form, "[data-unreachable]");
    }
  }

  failed(form, selector) {
    release(form);
    show(selector);
  }

  async renew() {
    const handle = handleOf(this.alone.href);
    if (!this.pane.hidden) this.keep(handle, "replaceState");
    const page = await asPage(await fetch(location.href));
    const chosen = [...this.split.querySelectorAll("[data-pick]:checked")].map((box) => box.value);
    for (const name of ["[data-rows]", "[data-total]"]) {
      const [old, fresh] = [document.querySelector(name), page.querySelector(name)];
      if (old && fresh) old.replaceChildren(...fresh.childNodes);
    }
    for (const box of this.split.querySelectorAll("[data-pick]")) box.checked = chosen.includes(box.value);
    this.enhance(this.split.querySelector("[data-list]"));
    tell();
    if (!this.pane.hidden) this.mark(this.alone.href);
  }
}

export function openBeside(enhance) {
  const split = document.querySelector("[data-beside]");
  if (split) new Beside(split, enhance);
}
