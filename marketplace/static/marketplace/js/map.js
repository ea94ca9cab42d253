// A map without tiles: township names, points, how far the search reaches. Data as described in components/map.html.
/* global L */

const english = document.documentElement.lang === "en";
const PREFECTURE = [[25.32, 104.31], [26.92, 105.72]];
const GRID = [[24, 103], [28, 107]];
const GRID_STEP = 0.25;
const KILOMETRE = 1000;

// Also when htmx exchanged a part of the page that holds a map.
document.addEventListener("htmx:load", (event) => drawMaps(event.detail.elt));
drawMaps(document);

function drawMaps(root) {
  root.querySelectorAll("[data-map]:not([data-drawn])").forEach(async (figure) => {
    figure.dataset.drawn = "";
    const data = await read(figure);
    if (window.L && data) draw(figure, data);
  });
}

async function read(figure) {
  const inline = figure.querySelector("script[type='application/json']");
  if (inline) return JSON.parse(inline.textContent);
  const answer = await fetch(figure.dataset.url, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

function draw(figure, data) {
  const map = L.map(figure.querySelector(".map-canvas"), {
    zoomSnap: 0.25, minZoom: 7, maxZoom: 15, attributionControl: false, zoomControl: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  L.control.zoom({ zoomInTitle: english ? "Zoom in" : "放大", zoomOutTitle: english ? "Zoom out" : "缩小", position: "bottomright" }).addTo(map);
  addScale(map);
  addNorth(map, figure);
  drawGrid(map);
  drawOrigin(map, data.origin);
  const pins = new Map((data.points ?? []).map((point) => [String(point.id), addPin(map, point)]));
  fit(map, data);
  const names = (data.places ?? []).map((place) => addName(map, place));
  const arrange = () => showNamesWithRoom(map, names, data.points ?? []);
  map.on("zoomend moveend", arrange);
  arrange();
  linkList(pins);
  offerSearchHere(map, figure);
  letChoose(map, figure);
  leaveOnEscape(map, figure);
}

function fit(map, data) {
  const points = (data.points ?? []).map(position);
  if (data.origin) {
    const reach = (data.origin.radius_km ?? 5) * KILOMETRE;
    points.push(...corners(L.latLng(position(data.origin)).toBounds(2 * reach)));
  }
  map.fitBounds(points.length ? L.latLngBounds(points).pad(0.06) : PREFECTURE, { animate: false, maxZoom: 12.5 });
}

function corners(bounds) {
  return [bounds.getSouthWest(), bounds.getNorthEast()];
}

function position(place) {
  return [place.latitude, place.longitude];
}

// A quarter of a degree, about 25 km: something for the eye to hold on to where there are no tiles.
function drawGrid(map) {
  const [[south, west], [north, east]] = GRID;
  const style = { className: "map-grid", weight: 1, interactive: false };
  for (let longitude = west; longitude <= east; longitude += GRID_STEP) L.polyline([[south, longitude], [north, longitude]], style).addTo(map);
  for (let latitude = south; latitude <= north; latitude += GRID_STEP) L.polyline([[latitude, west], [latitude, east]], style).addTo(map);
}

function drawOrigin(map, origin) {
  if (!origin) return;
  if (origin.radius_km) {
    L.circle(position(origin), { radius: origin.radius_km * KILOMETRE, className: "map-reach", weight: 1.5, dashArray: "4 6", interactive: false }).addTo(map);
  }
  L.marker(position(origin), { icon: L.divIcon({ className: "map-origin", iconSize: [16, 16] }), title: origin.name, interactive: false, keyboard: false }).addTo(map);
}

function addPin(map, point) {
  const face = document.createElement("span");
  face.className = "map-pin-face";
  face.textContent = point.count > 1 ? point.count : "";
  const marker = L.marker(position(point), {
    icon: L.divIcon({ className: point.count > 1 ? "map-pin" : "map-pin map-pin-one", html: face, iconSize: [44, 44] }), title: point.name, alt: point.name, riseOnHover: true,
  }).addTo(map);
  marker.bindPopup(popup(point), { closeButton: false });
  return marker;
}

function popup(point) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = point.name;
  box.append(title);
  for (const line of point.lines ?? []) {
    const paragraph = document.createElement("div");
    paragraph.textContent = line;
    box.append(paragraph);
  }
  if (point.url) {
    const link = document.createElement("a");
    link.href = point.url;
    link.textContent = english ? "Look at it" : "查看";
    box.append(link);
  }
  return box;
}

function addName(map, place) {
  const text = document.createElement("span");
  text.textContent = place.name;
  const className = place.is_county ? "map-place is-county" : "map-place";
  const marker = L.marker(position(place), { icon: L.divIcon({ className, html: text, iconSize: [1, 1] }), interactive: false, keyboard: false, zIndexOffset: -1000 });
  return { marker: marker.addTo(map), place };
}

// Names that would lie on one another are left out until there is room; counties go first.
function showNamesWithRoom(map, names, points) {
  const taken = points.map((point) => map.latLngToContainerPoint(position(point))).map(({ x, y }) => ({ left: x - 12, right: x + 12, top: y - 12, bottom: y + 12 }));
  const ordered = [...names].sort((a, b) => Number(b.place.is_county ?? false) - Number(a.place.is_county ?? false));
  for (const { marker, place } of ordered) {
    const at = map.latLngToContainerPoint(marker.getLatLng());
    const box = { left: at.x, right: at.x + 14 * place.name.length + 12, top: at.y - 9, bottom: at.y + 9 };
    const isFree = taken.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
    marker.getElement()?.classList.toggle("is-quiet", !isFree);
    if (isFree) taken.push(box);
  }
}

// The list and the map light up together.
function linkList(pins) {
  const rows = new Map();
  document.querySelectorAll("[data-pin]").forEach((row) => rows.set(row.dataset.pin, [...(rows.get(row.dataset.pin) ?? []), row]));
  const link = (id, on) => {
    rows.get(id)?.forEach((row) => row.classList.toggle("is-linked", on));
    pins.get(id)?.getElement()?.classList.toggle("is-linked", on);
    pins.get(id)?.setZIndexOffset(on ? 500 : 0);
  };
  rows.forEach((list, id) => list.forEach((row) => {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      row.addEventListener(name, () => link(id, on));
    }
  }));
  pins.forEach((marker, id) => {
    marker.on("mouseover", () => link(id, true)).on("mouseout", () => link(id, false));
    marker.getElement()?.addEventListener("focus", () => link(id, true));
    marker.getElement()?.addEventListener("blur", () => link(id, false));
    marker.on("popupopen", () => rows.get(id)?.[0].scrollIntoView({ block: "nearest", behavior: "smooth" }));
  });
}

// Moving the map asks nothing by itself: on a phone a lost list costs data. The button asks.
function offerSearchHere(map, figure) {
  const button = figure.querySelector("[data-search-here]");
  if (!button) return;
  const field = document.querySelector(`[name="${figure.dataset.searchField}"]`);
  map.on("dragend", () => { button.hidden = false; });
  map.on("zoomend", () => { button.hidden = false; });
  button.addEventListener("click", () => {
    const bounds = map.getBounds();
    field.value = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((degree) => degree.toFixed(4)).join(",");
    field.form.requestSubmit();
  });
}

// A touch fills the form's degrees.
function letChoose(map, figure) {
  const form = document.getElementById(figure.dataset.chooses ?? "");
  if (!form) return;
  const { lng, lat, datum } = form.elements;
  const mark = L.marker([0, 0], { icon: L.divIcon({ className: "map-origin", iconSize: [16, 16] }), interactive: false, keyboard: false });
  map.on("click", ({ latlng }) => {
    mark.setLatLng(latlng).addTo(map);
    [lng.value, lat.value, datum.value] = [latlng.lng.toFixed(6), latlng.lat.toFixed(6), "WGS-84"];
  });
}

function leaveOnEscape(map, figure) {
  figure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    map.closePopup();
    const next = figure.querySelector("figcaption");
    next.tabIndex = -1;
    next.focus();
  });
}

function addScale(map) {
  const scale = L.control.scale({ imperial: false, maxWidth: 140, position: "bottomleft" });
  const draw = scale._updateScale.bind(scale);
  if (!english) scale._updateScale = (line, text, ratio) => draw(line, text.replace(" km", " 公里").replace(" m", " 米"), ratio);
  scale.addTo(map);
}

function addNorth(map, figure) {
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "map-north");
    box.append("北");
    if (english) box.textContent = "N";
    const arrow = figure.querySelector("[data-north]");
    if (arrow) box.append(arrow.content.cloneNode(true));
    return box;
  };
  control.addTo(map);
}
