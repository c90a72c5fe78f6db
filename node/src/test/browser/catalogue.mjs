// Opens the page of a catalogue in headless Chromium and reports, as JSON, how many rows the viewer has, how much of the sky has
// the catalogue's colour, what it is seen over, what was asked of other hosts, and every complaint of the console but those of
// tiles without rows: the viewer cannot know that they are missing.
// usage: catalogue.mjs PAGE ROWS SCREENSHOT [CHROMIUM]
import { chromium } from "playwright-core";

const [url, rows, screenshot, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = { foreign: [], complaints: [], pictures: 0 };
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.on("request", r => {
    if (/^https?:/.test(r.url()) && new URL(r.url()).origin !== new URL(url).origin) report.foreign.push(r.url());
  });
  page.on("response", r => { report.pictures += r.ok() && /Npix\d+\.(png|jpg|webp)$/.test(r.url()) ? 1 : 0; });
  page.on("console", m => m.type() === "error" && !/Npix\d+\.tsv$/.test(m.location().url) && report.complaints.push(m.text() + " " + m.location().url));
  page.on("pageerror", e => report.complaints.push("page error: " + e.message));
  await page.goto(url);
  const count = () => page.evaluate(() => window.hipsnode?.aladin.view.catalogs[0]?.getSources().length ?? 0);
  const end = Date.now() + 30000;
  while (Date.now() < end && await count() < Number(rows)) await page.waitForTimeout(200);
  await page.waitForTimeout(3000);
  report.rows = await count();
  report.layers = await page.evaluate(() => window.hipsnode.aladin.getStackLayers().length);
  report.controls = await page.locator(".controls button").allTextContents();
  const picture = await page.locator("#sky").screenshot({ path: screenshot });
  report.drawn = await page.evaluate(async data => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
    let count = 0;
    for (let i = 0; i < bytes.length; i += 4) count += bytes[i] > 200 && bytes[i + 1] > 160 && bytes[i + 2] < 110;
    return count;
  }, picture.toString("base64"));
} finally {
  await browser.close();
}
console.log(JSON.stringify(report));
