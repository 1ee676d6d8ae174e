// SPDX-License-Identifier: Apache-2.0
// Cases on a map: the server gathers them by squares, so however many there are, some hundred marks arrive.
import { LatLngBounds, circleMarker, control, divIcon, layerGroup, map as drawMap, marker, tileLayer } from "leaflet";

const WAIT_MS = 150;

function radius(n) {
  return n === 1 ? 8 : Math.min(12 + Math.log2(n) * 2.5, 30);
}

function drawn([lat, lon, n, words, tone, url]) {
  if (n === 1) {
    const dot = circleMarker([lat, lon], { radius: radius(1), weight: 2, className: `j-dot t-${tone}`, fillOpacity: 0.85 });
    return dot.bindTooltip(words).on("click", () => window.location.assign(url));
  }
  const side = radius(n) * 2;
  const icon = divIcon({ className: "j-heap", iconSize: [side, side], html: `<span>${Number(n)}</span>` });
  return marker([lat, lon], { icon, alt: words, title: words, keyboard: true });
}

function start(element) {
  const [west, south, east, north] = element.dataset.box.split(",").map(Number);
  const says = document.querySelector("[data-map-says]");
  element.replaceChildren();
  const view = drawMap(element, { zoomControl: false, maxZoom: 18, attributionControl: Boolean(element.dataset.tiles) });
  control.zoom({ zoomInTitle: element.dataset.in, zoomOutTitle: element.dataset.out }).addTo(view);
  control.scale({ imperial: false }).addTo(view);
  if (element.dataset.tiles) tileLayer(element.dataset.tiles, { attribution: element.dataset.tilesBy }).addTo(view);
  const marks = layerGroup().addTo(view);
  let asked = 0;
  let timer = 0;

  async function fetchMarks() {
    const mine = ++asked;
    const box = view.getBounds().toBBoxString();
    try {
      const answer = await fetch(`${element.dataset.points}&box=${encodeURIComponent(box)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (mine !== asked) return;
      marks.clearLayers();
      for (const mark of told.marks) {
        const layer = drawn(mark).addTo(marks);
        if (mark[2] > 1) layer.on("click keypress", () => view.setView([mark[0], mark[1]], view.getZoom() + 2));
      }
      says.textContent = "";
      element.dataset.marks = String(told.marks.length);
    } catch {
      if (mine === asked) says.textContent = element.dataset.failed;
    }
  }

  view.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(fetchMarks, WAIT_MS);
  });
  view.fitBounds(new LatLngBounds([south, west], [north, east]).pad(0.1), { maxZoom: 15 });
}

document.addEventListener("DOMContentLoaded", () => {
  for (const element of document.querySelectorAll("[data-map]")) start(element);
});
