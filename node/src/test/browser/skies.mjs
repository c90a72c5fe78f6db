// Opens surveys in Aladin Lite in headless Chromium, a page for each, and keeps a picture of each view; reports, as JSON, the colours at
// asked places of the sky, in ICRS (null where nothing is drawn), and what was asked of other hosts.
// usage: skies.mjs NODE VIEWS [CHROMIUM]   VIEWS is a file: [{survey, ra, dec, fov, projection, frame, picture, places: [[ra, dec], ...]}, ...]
import { chromium } from "playwright-core";
import fs from "fs";
import http from "http";

const [node, file, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const views = JSON.parse(fs.readFileSync(file));
const SIZE = { width: 480, height: 360 };
const BACKGROUND = [10, 10, 30];
const library = new URL("node_modules/aladin-lite/dist/aladin.js", import.meta.url);
const html = `<!doctype html><meta charset=utf-8><style>html,body{margin:0}#sky{width:${SIZE.width}px;height:${SIZE.height}px}</style>
<div id=sky></div><script type=module>
import A from "/aladin.js";
await A.init;
const hidden = Object.fromEntries(["Reticle", "LayersControl", "GotoControl", "ShareControl", "ZoomControl", "FullscreenControl", "Frame",
  "Fov", "CooLocation", "ProjectionControl", "SimbadPointerControl", "CooGridControl", "ContextMenu", "StatusBar", "SettingsControl",
  "StackLayerControl", "ColorPickerControl", "Toolbar"].map(name => ["show" + name, false]));
window.show = view => {
  window.aladin = A.aladin("#sky", { ...hidden, log: false, backgroundColor: "rgb(${BACKGROUND})", survey: A.HiPS(view.url, { imgFormat: view.format ?? "png" }),
    target: view.ra + " " + view.dec, fov: view.fov, projection: view.projection ?? "TAN", cooFrame: view.frame ?? "ICRS" });
};
window.ready = true;
</script>`;
const server = http.createServer((request, response) => {
  const script = request.url === "/aladin.js";
  response.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html" });
  response.end(script ? fs.readFileSync(library) : html);
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = { foreign: [], complaints: [] };

/** Waits until nothing was asked for, and nothing came, for a time: Aladin asks for the first tiles after two seconds. */
async function quiet(page, waiting, milliseconds) {
  while (waiting.open > 0 || waiting.tiles === 0 || Date.now() - waiting.last < milliseconds) await page.waitForTimeout(50);
}

async function look(view) {
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(60000);
  const waiting = { open: 0, tiles: 0, last: Date.now() };
  page.on("request", request => {
    const target = new URL(request.url());
    if (!/^https?:$/.test(target.protocol)) return;
    if (target.hostname !== "127.0.0.1") report.foreign.push(request.url());
    waiting.open++;
    waiting.last = Date.now();
  });
  const ended = request => {
    if (!/^https?:/.test(request.url())) return;
    waiting.open--;
    waiting.tiles += /Npix|Allsky/.test(request.url()) ? 1 : 0;
    waiting.last = Date.now();
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  page.on("pageerror", e => report.complaints.push("page error: " + e.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => window.ready);
  await page.evaluate(v => window.show(v), { ...view, url: node + view.survey });
  await quiet(page, waiting, 1500);
  const picture = await page.screenshot({ path: view.picture });
  return { survey: view.survey, colours: await colours(page, picture, view.places) };
}

/** Returns the mean of nine pixels at each place, as red, green and blue; null where the background is seen. */
function colours(page, picture, places) {
  return page.evaluate(async ([data, wanted, background]) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return wanted.map(([ra, dec]) => {
      const at = window.aladin.world2pix(ra, dec);
      if (!at) return null;
      const pixels = context.getImageData(Math.round(at[0]) - 1, Math.round(at[1]) - 1, 3, 3).data;
      const mean = [0, 1, 2].map(c => Array.from({ length: 9 }, (_, i) => pixels[4 * i + c]).reduce((a, b) => a + b) / 9);
      return mean.every((value, c) => Math.abs(value - background[c]) < 2) ? null : mean;
    });
  }, [picture.toString("base64"), places, BACKGROUND]);
}

try {
  // at once, since most of the time is spent waiting
  report.views = await Promise.all(views.map(look));
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(report));
