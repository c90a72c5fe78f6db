// Opens a piece of HTML in headless Chromium, in a page of another origin than the survey's, and reports, as JSON, how many
// colours are seen, which tiles came, and every complaint of the console.
// usage: embed.mjs FILE SCREENSHOT COLOURS_TO_WAIT_FOR [CHROMIUM]
import { chromium } from "playwright-core";
import fs from "fs";
import http from "http";

const [file, screenshot, wanted, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const html = "<!DOCTYPE html><meta charset='utf-8'><link rel='icon' href='data:,'><title>another page</title>\n" + fs.readFileSync(file, "utf8");
const server = http.createServer((request, response) => {
  response.writeHead(200, { "Content-Type": "text/html" });
  response.end(html);
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });

/** How many colours the middle of the view has; what it shows is kept as a picture. */
async function colours(page) {
  const picture = await page.screenshot({ path: screenshot, clip: { x: 200, y: 80, width: 400, height: 220 } });
  return page.evaluate(async data => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, picture.toString("base64"));
}

const report = { tiles: 0, foreign: [], complaints: [] };
try {
  const page = await browser.newPage({ viewport: { width: 800, height: 420 } });
  page.on("response", r => { report.tiles += r.ok() && /\/(Npix|Allsky)/.test(r.url()) ? 1 : 0; });
  page.on("request", r => /^https?:/.test(r.url()) && !r.url().startsWith("http://127.0.0.1:") && report.foreign.push(r.url()));
  page.on("console", m => m.type() === "error" && report.complaints.push(m.text()));
  page.on("pageerror", e => report.complaints.push("page error: " + e.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const end = Date.now() + 60000;
  while (Date.now() < end && report.tiles === 0) await page.waitForTimeout(200);
  // tiles are drawn in their own time; a view that stays short of the colours wanted ends the wait and is reported as it is
  do {
    await page.waitForTimeout(5000);
    report.colours = await colours(page);
  } while (Date.now() < end && report.colours < Number(wanted));
} finally {
  await browser.close();
  server.close();
}
console.log(JSON.stringify(report));
