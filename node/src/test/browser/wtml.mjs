// Gives a WTML file to the engine of WorldWide Telescope in headless Chromium and reports, as JSON, which tiles it asked for
// and how many colours are seen.
// usage: wtml.mjs WTML_URL RA DEC SCREENSHOT [CHROMIUM]
import { chromium } from "playwright-core";
import fs from "fs";
import http from "http";
import path from "path";
import { fileURLToPath } from "url";

const [wtml, ra, dec, screenshot, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const text = await (await fetch(wtml)).text();
const name = text.match(/<ImageSet[^>]* Name="([^"]*)"/)[1];
const html = `<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><style>body{margin:0}#w{width:800px;height:600px}</style>
<div id="w"></div><script src="/wwt.js"></script><script>
const builder = new wwtlib.WWTControlBuilder("w");
builder.startRenderLoop(true);
builder.initialView(0, 0, 360);
builder.freestandingMode(location.origin + "/assets");
const script = builder.create();
script.add_ready(() => {
  script.add_collectionLoaded(() => {
    script.setBackgroundImageByName(${JSON.stringify(name)});
    script.gotoRaDecZoom(${Number(ra)}, ${Number(dec)}, 60, true);
  });
  script.loadImageCollection(${JSON.stringify(wtml)}, true);
});</script>`;
const server = http.createServer((request, response) => {
  if (request.url === "/") response.writeHead(200, { "Content-Type": "text/html" }).end(html);
  else if (request.url === "/wwt.js") response.writeHead(200, { "Content-Type": "text/javascript" }).end(fs.readFileSync(path.join(here, "node_modules/@wwtelescope/engine/src/index.js")));
  else response.writeHead(404).end();
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = { tiles: [], name };
let last = Date.now();
try {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.on("response", r => {
    last = Date.now();
    if (r.ok() && r.url().includes("/Npix")) report.tiles.push(new URL(r.url()).pathname);
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const end = Date.now() + 40000;
  while (Date.now() < end && Date.now() - last < 5000) await page.waitForTimeout(200);
  const picture = await page.evaluate(() => {
    wwtlib.WWTControl.singleton.renderOneFrame();
    return document.querySelector("canvas").toDataURL("image/png").split(",")[1];
  });
  fs.writeFileSync(screenshot, Buffer.from(picture, "base64"));
  report.colours = await page.evaluate(async data => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, picture);
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(report));
