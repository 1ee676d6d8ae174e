// SPDX-License-Identifier: Apache-2.0
// Finds a village while the resident types, and asks for the position only when the button is pressed.
const PAUSE = 250;

function fill(form, name, value) {
  const input = form.elements.namedItem(name);
  if (input) input.value = value;
}

async function show(url, parameters, results) {
  const answer = await fetch(`${url}?${new URLSearchParams(parameters)}`, { headers: { "X-Fragment": "1" } });
  if (!answer.ok) return;
  results.innerHTML = await answer.text();
  results.dispatchEvent(new Event("places:shown", { bubbles: true }));
}

function searchAsTyped(input) {
  const results = document.getElementById(input.dataset.results);
  let timer = 0;
  let latest = "";
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    latest = input.value.trim();
    const asked = latest;
    // Offline the typed words stay in the form, and its search button still works later.
    timer = setTimeout(() => asked === latest && show(input.dataset.placeSearch, { q: asked }, results).catch(() => {}), PAUSE);
  });
  input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
}

function locateAtPress(button) {
  const said = document.getElementById(button.dataset.says);
  const results = document.getElementById(button.dataset.results);
  const say = (word) => said && (said.textContent = button.dataset[word] || "");
  button.hidden = !("geolocation" in navigator);
  button.addEventListener("click", () => {
    say("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const form = button.form;
        fill(form, "lon", coords.longitude.toFixed(6));
        fill(form, "lat", coords.latitude.toFixed(6));
        fill(form, "accuracy_m", Math.round(coords.accuracy));
        say("found");
        const here = { lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6) };
        if (results && button.dataset.locate) show(button.dataset.locate, here, results).catch(() => {});
      },
      () => say("refused"),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

export function enhancePlaces(root) {
  root.querySelectorAll("input[data-place-search]").forEach(searchAsTyped);
  root.querySelectorAll("button[data-locate]").forEach(locateAtPress);
}
