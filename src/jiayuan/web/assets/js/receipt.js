// SPDX-License-Identifier: Apache-2.0
// Draws the receipt card as a picture, so that the code survives in the phone's album.
const WIDTH = 720;
const EDGE = 48;

function lines(card) {
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const facts = [...card.querySelectorAll("dt")].map((name) => `${text(name)}  ${text(name.nextElementSibling)}`);
  return { title: text(card.querySelector("h2")), code: text(card.querySelector(".code")), facts, mark: card.dataset.mark || "" };
}

function wrapped(pen, words, width) {
  const rows = [""];
  for (const sign of words) {
    if (pen.measureText(rows[rows.length - 1] + sign).width > width) rows.push("");
    rows[rows.length - 1] += sign;
  }
  return rows;
}

function draw(card) {
  const { title, code, facts, mark } = lines(card);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const font = (size, weight = 400) => `${weight} ${size}px ${colour("--sans")}`;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.font = font(28);
  const rows = [...facts, location.host, mark].filter(Boolean).flatMap((line) => wrapped(pen, line, WIDTH - 2 * EDGE));
  canvas.width = WIDTH;
  canvas.height = 250 + rows.length * 44 + EDGE;
  pen.fillStyle = colour("--card");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = colour("--jade");
  pen.fillRect(0, 0, WIDTH, 14);
  pen.fillStyle = colour("--ink");
  pen.font = font(32, 600);
  pen.fillText(title, EDGE, 92);
  pen.font = font(58, 600);
  pen.fillText(code, EDGE, 176, WIDTH - 2 * EDGE);
  pen.font = font(28);
  pen.fillStyle = colour("--muted");
  rows.forEach((row, at) => pen.fillText(row, EDGE, 250 + at * 44));
  return { canvas, code };
}

function save(button) {
  const { canvas, code } = draw(button.closest("[data-receipt]"));
  canvas.toBlob((picture) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = `${code}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }, "image/png");
}

export function enhanceReceipts(root) {
  root.querySelectorAll("[data-save-receipt]").forEach((button) => button.addEventListener("click", () => save(button)));
}
