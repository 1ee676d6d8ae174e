// SPDX-License-Identifier: Apache-2.0
// Asks, once place and kind are chosen, which open cases nearby it may be. Without this the page asks at sending.
const PAUSE = 300;

function asked(form) {
  const values = new FormData(form);
  const kept = ["village", "tile", "lon", "lat", "text"].map((name) => [name, values.get(name) || ""]);
  return new URLSearchParams(kept.filter(([, value]) => value));
}

export function enhanceSame(root) {
  const shown = root.querySelector("[data-same]");
  if (!shown) return;
  const form = shown.closest("form");
  let timer = 0;
  let latest = "";
  const ask = async () => {
    const query = asked(form);
    if (!query.has("village") || !query.has("tile") || `${query}` === latest) return;
    latest = `${query}`;
    const answer = await fetch(`${shown.dataset.same}?${query}`, { headers: { "X-Fragment": "1" } });
    if (answer.ok && `${query}` === latest) shown.innerHTML = await answer.text();
  };
  const later = () => {
    clearTimeout(timer);
    // Offline nothing is proposed; the page asks at sending.
    timer = setTimeout(() => ask().catch(() => {}), PAUSE);
  };
  ["change", "places:shown"].forEach((name) => form.addEventListener(name, later));
  later();
}
