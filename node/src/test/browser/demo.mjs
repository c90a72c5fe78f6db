// Opens a node's page in headless Chromium and reports, as JSON, what it shows: the colours of the sky at a grid of places
// with their coordinates, what was asked of which host, and every complaint of the console.
// usage: demo.mjs URL SCREENSHOT [CHROMIUM]
import { chromium } from "playwright-core";
import fs from "fs";
import os from "os";
import path from "path";

const [url, screenshot, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "hipsnode-browser-"));
const flags = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"];
const report = { requests: [], foreign: [], failed: [], complaints: [] };
let lastActivity = Date.now();

const browser = await chromium.launchPersistentContext(profile,
  { executablePath, headless: true, viewport: { width: 1100, height: 700 }, args: flags });
try {
  const page = browser.pages()[0];
  browser.on("request", request => {
    const target = new URL(request.url());
    lastActivity = Date.now();
    if (!/^https?:$/.test(target.protocol)) return;
    report.requests.push(target.pathname);
    if (target.origin !== new URL(url).origin) report.foreign.push(request.url());
  });
  browser.on("response", response => {
    lastActivity = Date.now();
    if (response.status() >= 400) report.failed.push(response.status() + " " + response.url());
  });
  page.on("console", m => ["error", "warning"].includes(m.type()) && report.complaints.push(m.type() + ": " + m.text()));
  page.on("pageerror", e => report.complaints.push("page error: " + e.message));

  const quiet = async (milliseconds, limit = 60000) => {
    const end = Date.now() + limit;
    while (Date.now() < end && Date.now() - lastActivity < milliseconds) await page.waitForTimeout(100);
  };
  await page.goto(url);
  await page.waitForFunction(() => window.hipsnode?.aladin, null, { timeout: 60000 });
  await quiet(4000);

  const box = await page.locator("#sky canvas").first().boundingBox();
  const look = async () => {
    // the viewer's own picture, without its buttons and its reticle
    const png = (await page.evaluate(() => {
      window.hipsnode.aladin.showReticle?.(false);
      return new Promise(done => requestAnimationFrame(() => done(window.hipsnode.aladin.getViewDataURL({ logo: false }))));
    })).split(",")[1];
    return page.evaluate(async data => {
      const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const view = document.querySelector("#sky").getBoundingClientRect();
      const scale = image.width / view.width;
      const samples = [];
      const sky = (x, y) => {
        try {
          return window.hipsnode.aladin.pix2world(x, y, "icrs");
        } catch {
          return null; // beside the globe
        }
      };
      for (let y = 20; y < view.height - 20; y += 15) {
        for (let x = 20; x < view.width - 20; x += 15) {
          const place = sky(x, y);
          if (!place) continue;
          const [r, g, b] = context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data;
          samples.push([place[0], place[1], r, g, b]);
        }
      }
      return samples;
    }, png);
  };
  report.fov = await page.evaluate(() => window.hipsnode.aladin.getFov());
  report.centre = await page.evaluate(() => window.hipsnode.aladin.getRaDec());
  report.samples = await look();
  await page.screenshot({ path: screenshot });

  // a person drags the sky and turns the wheel
  await page.mouse.move(box.x + 300, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + 480, box.y + 340, { steps: 12 });
  await page.mouse.up();
  await quiet(2500);
  report.draggedCentre = await page.evaluate(() => window.hipsnode.aladin.getRaDec());
  await page.evaluate(() => window.hipsnode.aladin.setFoV(12));
  await quiet(4000);
  report.zoomedSamples = await look();
  report.zoomedFov = await page.evaluate(() => window.hipsnode.aladin.getFov());
  await page.screenshot({ path: screenshot.replace(".png", "-zoomed.png") });
} finally {
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(report));
