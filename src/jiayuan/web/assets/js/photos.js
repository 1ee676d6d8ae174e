// SPDX-License-Identifier: Apache-2.0
// Small previews under a photo input, each with a button that takes the picture out again.
// The chosen files themselves are sent untouched: the server reads position and time from them before it re-encodes.
const EDGE = 320;

async function thumbnail(file) {
  const canvas = document.createElement("canvas");
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

export function setFiles(input, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function card(input, file) {
  const figure = document.createElement("figure");
  try {
    const canvas = await thumbnail(file);
    canvas.className = "j-photo";
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    figure.append(canvas);
  } catch {
    // HEIC cannot be drawn by most browsers; the server can read it, so its name is enough here.
    const name = document.createElement("span");
    name.className = "j-photo is-none";
    name.textContent = file.name;
    figure.append(name);
  }
  const out = document.createElement("button");
  out.type = "button";
  out.className = "j-link";
  out.textContent = input.dataset.removeWord || "×";
  out.setAttribute("aria-label", `${out.textContent} ${file.name}`);
  out.addEventListener("click", () => {
    setFiles(input, [...input.files].filter((kept) => kept !== file));
    input.focus();
  });
  figure.append(out);
  return figure;
}

function enhance(input) {
  const shelf = document.createElement("div");
  shelf.className = "j-photos";
  (input.closest(".j-camera") || input).after(shelf);
  let turn = 0;
  input.addEventListener("change", async () => {
    const mine = ++turn;
    const cards = await Promise.all([...input.files].map((file) => card(input, file)));
    if (mine === turn) shelf.replaceChildren(...cards);
  });
}

export function enhancePhotos(root) {
  for (const input of root.querySelectorAll("input[type=file][data-photos]:not([data-ready])")) {
    input.dataset.ready = "";
    enhance(input);
  }
}
