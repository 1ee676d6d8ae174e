// SPDX-License-Identifier: Apache-2.0
// Parts of a picture to be covered. Four numbers in a row are the truth; the drawing over the picture follows them, and
// the pointer writes them. Whoever uses the keyboard adds a row and changes its numbers.
const SVG = "http://www.w3.org/2000/svg";
const SIDES = ["left", "top", "width", "height"];
const MIDDLE = { left: 40, top: 40, width: 20, height: 20 };
const SMALLEST = 1;

const made = (name) => document.createElementNS(SVG, name);
const field = (row, side) => row.querySelector(`[name=${side}]`);
const rounded = (number) => String(Math.round(number * 10) / 10);

class Cover {
  constructor(form) {
    this.form = form;
    this.canvas = form.querySelector("[data-canvas]");
    this.svg = form.querySelector("[data-drawing]");
    this.rows = form.querySelector("[data-rows]");
    this.blank = document.querySelector("[data-blank-row]");
    this.said = form.querySelector("[data-said]");
    this.pen = form.querySelector("[data-pen]");
    this.shapes = new Map();
  }

  begin() {
    for (const row of this.rows.querySelectorAll("[data-part-row]")) {
      if (SIDES.every((side) => !field(row, side).value)) row.remove();
      else this.take(row);
    }
    this.number();
    this.form.addEventListener("change", (event) => event.target.name === "kept" && this.tick(event.target));
    // Enter in a number must not decide anything.
    this.rows.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && event.preventDefault());
    this.form.querySelector("[data-add]").addEventListener("click", () => field(this.add(MIDDLE), "left").focus());
    this.pen.addEventListener("click", () => this.draws(this.pen.getAttribute("aria-pressed") !== "true"));
    this.svg.addEventListener("pointerdown", (event) => this.down(event));
    for (const box of this.form.querySelectorAll("[name=kept]")) this.tick(box);
    // On a telephone the finger scrolls until the pen is taken up.
    this.draws(window.matchMedia("(pointer: fine)").matches);
  }

  draws(on) {
    this.pen.setAttribute("aria-pressed", String(on));
    this.canvas.classList.toggle("is-drawing", on);
  }

  tick(box) {
    this.svg.querySelector(`[data-part="${box.value}"]`)?.classList.toggle("is-open", !box.checked);
  }

  take(row) {
    const shape = made("g");
    shape.append(made("rect"), made("text"));
    this.svg.append(shape);
    this.shapes.set(row, shape);
    for (const button of row.querySelectorAll("[data-take-out]")) button.hidden = false;
    row.addEventListener("input", () => this.follow(row));
    row.querySelector("[data-take-out]").addEventListener("click", () => this.takeOut(row));
    this.follow(row);
  }

  add(box) {
    const row = this.blank.content.firstElementChild.cloneNode(true);
    this.rows.append(row);
    this.write(row, box);
    this.take(row);
    this.number();
    this.said.textContent = this.said.dataset.added;
    return row;
  }

  takeOut(row) {
    this.shapes.get(row).remove();
    this.shapes.delete(row);
    row.remove();
    this.number();
    this.said.textContent = this.said.dataset.gone;
    this.form.querySelector("[data-add]").focus();
  }

  number() {
    const before = this.form.querySelectorAll("[name=kept]").length;
    [...this.rows.children].forEach((row, at) => {
      const number = String(before + at + 1);
      row.querySelector("[data-part-number]").textContent = number;
      this.shapes.get(row).lastChild.textContent = number;
    });
  }

  write(row, box) {
    for (const side of SIDES) field(row, side).value = rounded(box[side]);
  }

  follow(row) {
    const { width, height } = this.svg.viewBox.baseVal;
    const [left, top, wide, high] = SIDES.map((side) => Number(field(row, side).value) / 100);
    const [rect, text] = this.shapes.get(row).children;
    const at = { x: left * width, y: top * height, width: wide * width, height: high * height };
    for (const [name, value] of Object.entries(at)) rect.setAttribute(name, Math.max(0, value));
    for (const [name, value] of [["x", at.x], ["y", at.y], ["dx", 6], ["dy", 34]]) text.setAttribute(name, value);
  }

  /** Where the pointer is, in percent of the picture. */
  spot(event) {
    const frame = this.svg.getBoundingClientRect();
    const inside = (at, size) => Math.min(100, Math.max(0, (at / size) * 100));
    return [inside(event.clientX - frame.left, frame.width), inside(event.clientY - frame.top, frame.height)];
  }

  down(event) {
    if (event.button !== 0 || !this.canvas.classList.contains("is-drawing")) return;
    const pressed = event.target.closest("[data-part]")?.dataset.part;
    const from = this.spot(event);
    let row = null;
    const move = (moved) => {
      const [x, y] = this.spot(moved);
      const box = { left: Math.min(from[0], x), top: Math.min(from[1], y), width: Math.abs(x - from[0]), height: Math.abs(y - from[1]) };
      if (!row && box.width < SMALLEST && box.height < SMALLEST) return;
      row ??= this.add(box);
      this.write(row, { ...box, width: Math.max(SMALLEST, box.width), height: Math.max(SMALLEST, box.height) });
      this.follow(row);
    };
    const up = () => {
      this.svg.removeEventListener("pointermove", move);
      // Pressed and not drawn: the part under the pointer is covered or left open.
      if (!row && pressed) this.form.querySelector(`[name=kept][value="${pressed}"]`).click();
    };
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", up, { once: true });
    this.svg.addEventListener("pointercancel", up, { once: true });
  }
}

export function enhanceCover(root) {
  for (const form of root.querySelectorAll("form[data-cover]:not([data-drawn])")) {
    form.dataset.drawn = "";
    new Cover(form).begin();
  }
}
