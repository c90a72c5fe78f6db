// Finds surveys in the gallery, and shows them in Aladin Lite, which is loaded when it is wanted. Without script every page
// still lists, searches and tells all.
const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const VIEW = ["survey", "ra", "dec", "fov", "format"];
const stage = $("#stage");
const note = $("#note");
const said = note?.textContent ?? "";
document.documentElement.classList.add("js");

/** What an address says of a view: in its query, or in its fragment, which counts more. */
function asked() {
  const parameters = new Map([...new URLSearchParams(location.search), ...new URLSearchParams(location.hash.slice(1))]);
  const view = Object.fromEntries(VIEW.filter(key => parameters.get(key)).map(key => [key, parameters.get(key)]));
  return Object.keys(view).length ? view : null;
}

const number = (text, min, max) => text !== undefined && text.trim() !== "" && Number(text) >= min && Number(text) <= max ? Number(text) : undefined;

/** A survey as its element says, looked at as the address asks. */
function wish(element, view = {}) {
  const { path, name, frame, formats } = element.dataset;
  const known = formats.split(" ").filter(Boolean);
  return {
    element, path, name, frame, formats: known,
    url: new URL("/" + path, location.href).href,
    format: known.includes(view.format) ? view.format : known[0], isCatalogue: known[0] === "tsv",
    ra: number(view.ra, -360, 360) ?? Number(element.dataset.ra),
    dec: number(view.dec, -90, 90) ?? Number(element.dataset.dec),
    fov: number(view.fov, 1e-6, 360) ?? Number(element.dataset.fov),
  };
}

let viewer; // a promise of { A, aladin }
let shown;
let rows; // the catalogue that is drawn

async function load(first) {
  const { default: A } = await import(document.body.dataset.viewer);
  await A.init;
  $("#sky").replaceChildren();
  const aladin = A.aladin("#sky", {
    survey: first.isCatalogue ? await background(A) : layer(A, first), fov: first.fov, cooFrame: first.frame,
    showCooGridControl: true, showSettingsControl: true, showLayersControl: false, log: false,
  });
  for (const event of ["positionChanged", "zoomChanged"]) aladin.on(event, remember);
  window.hipsnode = { aladin };
  return { A, aladin };
}

const layer = (A, survey) => A.imageHiPS(survey.url, { ...(survey.format && { imgFormat: survey.format }), errorCallback: refused });

/** Aladin Lite would go on to a sky of CDS, which nobody asked for, and without internet ask for it without end. */
function refused(error) {
  const view = window.hipsnode?.aladin.view;
  if (view) view.empty = false;
  note.textContent = "Aladin Lite does not show this survey: " + (error?.message ?? error);
}

/** What a catalogue is seen over: the image of this node that covers most of the sky, or, without any, an empty sky. */
async function background(A) {
  try {
    const { surveys } = await (await fetch("/api/surveys")).json();
    const [best] = surveys
      .filter(s => s.type.endsWith("image") && ["equatorial", "galactic"].includes(s.frame) && s.formats.some(f => PICTURES.includes(f)))
      .sort((a, b) => (b.sky_fraction ?? 0) - (a.sky_fraction ?? 0));
    if (!best) return [];
    const path = best.path.split("/").map(encodeURIComponent).join("/");
    return layer(A, { url: new URL("/" + path, location.href).href, format: PICTURES.find(f => best.formats.includes(f)) });
  } catch {
    return [];
  }
}
const PICTURES = ["webp", "png", "jpeg"];

/** Draws the rows of a catalogue; those of another one go. */
function showRows(A, aladin, survey) {
  if (rows) aladin.removeOverlay(rows);
  rows = survey.isCatalogue ? A.catalogHiPS(survey.url, { name: survey.name, color: "#ffd23f", sourceSize: 8, onClick: "showTable" }) : undefined;
  if (!rows) return;
  rows.hide();
  aladin.addCatalog(rows);
  showWhenReady(rows);
}

/** Tiles that the viewer asks for before it knows the columns would stay empty; of what is hidden it asks for none. */
function showWhenReady(catalogue) {
  if (catalogue !== rows) return;
  if (!catalogue.isReady) {
    setTimeout(() => showWhenReady(catalogue), 100);
    return;
  }
  catalogue.show();
  catalogue.loadNeededTiles();
}

async function show(survey) {
  stage.hidden = false;
  note.textContent = said;
  try {
    const first = !viewer;
    viewer ??= load(survey);
    const { A, aladin } = await viewer;
    if (!first && !survey.isCatalogue && (shown?.url !== survey.url || shown?.format !== survey.format)) aladin.setBaseImageLayer(layer(A, survey));
    if (!first && shown?.url !== survey.url) aladin.setFrame(survey.frame);
    // a target given at the start would count in the frame shown, not in ICRS
    aladin.gotoRaDec(survey.ra, survey.dec);
    aladin.setFoV(survey.fov);
    if (shown?.url !== survey.url) showRows(A, aladin, survey);
    shown = survey;
    $("#sky").dataset.survey = survey.url;
    controls();
  } catch {
    viewer = undefined;
    note.textContent = "The viewer cannot be loaded from " + document.body.dataset.viewer + "; everything else on this page works without it.";
  }
}

/** The address of what is seen now. */
function here(aladin) {
  const [ra, dec] = aladin.getRaDec();
  const view = new URLSearchParams();
  if (document.body.classList.contains("node")) view.set("survey", shown.path);
  view.set("ra", ra.toFixed(5));
  view.set("dec", dec.toFixed(5));
  view.set("fov", Number(aladin.getFov()[0].toPrecision(5)));
  view.set("format", shown.format);
  return location.pathname + location.search + "#" + view;
}

let waiting;
let touched = false; // an address that nobody has moved away from stays as it is
for (const event of ["pointerdown", "wheel", "keydown"]) $("#sky")?.addEventListener(event, () => { touched = true; }, { capture: true, passive: true });

function remember() {
  clearTimeout(waiting);
  if (!touched) return;
  waiting = setTimeout(async () => {
    if (shown && !stage.hidden) history.replaceState(null, "", here((await viewer).aladin));
  }, 300);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", () => act(made));
  return made;
}

async function copy(made, text) {
  const before = made.textContent;
  try {
    await navigator.clipboard.writeText(text);
    made.textContent = "Copied";
  } catch {
    made.textContent = "Select it and press Ctrl C";
  }
  setTimeout(() => { made.textContent = before; }, 2000);
}

/** Whose sky it is, where the page itself does not say it. */
function caption() {
  if (document.body.classList.contains("one")) return [];
  const caption = document.createElement("strong");
  const link = document.createElement("a");
  link.href = "/" + shown.path + "/";
  link.target = document.body.classList.contains("viewer") ? "_top" : "";
  link.textContent = shown.name;
  caption.append(link);
  return [caption];
}

/** Aladin Lite's own controls show pictures, and have no names for those who do not see them. */
function name(control) {
  if (control.matches("select")) return "Coordinate frame";
  if (control.matches("input")) return "Place";
  return $(".aladin-tooltip", control.closest(".aladin-tooltip-container") ?? control)?.textContent.trim();
}

function controls() {
  for (const control of all("#sky :is(button, select, input):not([aria-label])")) control.setAttribute("aria-label", name(control) || control.textContent);
  const parts = caption();
  if (shown.formats.length > 1) {
    const select = document.createElement("select");
    select.setAttribute("aria-label", "Format of the tiles");
    for (const format of shown.formats) select.add(new Option(format, format, false, format === shown.format));
    select.addEventListener("change", async () => {
      const { aladin } = await viewer;
      const [ra, dec] = aladin.getRaDec();
      await show({ ...shown, format: select.value, ra, dec, fov: aladin.getFov()[0] });
      touched = true;
      remember();
      $(".controls select")?.focus();
    });
    parts.push(select);
  }
  parts.push(button("Copy link", async made => copy(made, new URL(here((await viewer).aladin), location.href).href)));
  if (document.body.classList.contains("node")) parts.push(button("Close", close));
  $(".controls").replaceChildren(...parts);
}

function close() {
  stage.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
  const from = shown?.element.closest(".card");
  $(".look", from ?? document)?.focus();
}

function gallery() {
  const cards = all(".card").map(element => ({
    element, data: element.dataset, link: $(".survey", element),
    text: (element.textContent + " " + element.dataset.id + " " + $(".survey", element).dataset.path).toLowerCase(),
  }));
  for (const card of cards) {
    $(".look", card.element)?.addEventListener("click", async () => {
      await show(wish(card.link));
      stage.scrollIntoView({ block: "nearest" });
      $(".controls button")?.focus({ preventScroll: true });
    });
    // without a preview, where its coverage is
    const image = $("img", card.element);
    image.addEventListener("error", () => {
      image.className = "map";
      image.src = card.link.getAttribute("href") + "coverage.svg";
    }, { once: true });
    if (image.complete && !image.naturalWidth) image.dispatchEvent(new Event("error"));
  }
  search(cards);
  const view = asked();
  const card = view?.survey ? cards.find(c => c.link.dataset.path === view.survey) : cards.length === 1 && cards[0];
  if (card && $(".look", card.element)) show(wish(card.link, view ?? {}));
}

function search(cards) {
  const form = $("#find");
  const narrowed = VIEW_FILTERS.some(key => new URLSearchParams(location.search).get(key));
  const find = () => {
    const data = new FormData(form);
    const words = data.get("q").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, data: of, text } of cards) {
      const fits = words.every(word => text.includes(word))
        && ["mission", "regime", "frame", "type"].every(key => !data.get(key) || of[key].split("|").includes(data.get(key)));
      element.hidden = !fits;
      count += fits;
    }
    $("#summary").textContent = (count < cards.length ? count + " of " : "") + cards.length + (cards.length === 1 ? " survey" : " surveys");
    $("#hint").textContent = cards.length && !count ? "No survey is like that." : $("#hint").textContent && count ? "" : $("#hint").textContent;
    const query = new URLSearchParams([...data].filter(([, value]) => value)).toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  };
  if (narrowed) {
    // the server has left out the others: it must be asked again
    form.classList.add("narrowed");
    form.addEventListener("change", () => form.requestSubmit());
  } else {
    form.addEventListener("input", find);
    form.addEventListener("submit", event => { event.preventDefault(); find(); });
    if (VIEW_FILTERS.some(key => form.elements[key]?.value)) find(); // the browser has kept what was typed
  }
}
const VIEW_FILTERS = ["q", "mission", "regime", "frame", "type"];

/** How long ago a day was, in words. */
function age(date) {
  const days = Math.floor((Date.now() - date) / 86400000);
  if (!(days >= 0)) return "";
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (days < 45) return words.format(-days, "day");
  return days < 731 ? words.format(-Math.round(days / 30.44), "month") : words.format(-Math.floor(days / 365.25), "year");
}

for (const time of all("time[datetime]")) {
  const words = age(Date.parse(time.dateTime));
  if (words) time.after(" (" + words + ")");
}
for (const pre of all("pre[data-snippet]")) {
  const made = button("Copy", pressed => copy(pressed, pre.textContent));
  made.className = "copy";
  pre.before(made);
}
if ($("#surveys")) gallery();
else if (stage?.hasAttribute("data-open")) {
  if (navigator.connection?.saveData && !asked()) {
    $(".controls").append(button("Load the live viewer", () => show(wish(stage, {}))));
  } else {
    show(wish(stage, asked() ?? {}));
  }
  addEventListener("hashchange", () => show(wish(stage, asked() ?? {})));
}
