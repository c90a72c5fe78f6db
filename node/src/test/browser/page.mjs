// Opens a survey's own page in headless Chromium, once without scripts and narrow as a telephone, once as usual, and reports,
// as JSON, its legend: places, texts and colours; what was asked of other hosts; and the complaints of the console.
// usage: page.mjs URL SCREENSHOT [CHROMIUM]
import { chromium } from "playwright-core";

const [url, screenshot, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = { foreign: [], complaints: [] };

async function open(options) {
  const page = await browser.newPage(options);
  page.on("request", request => {
    const target = new URL(request.url());
    if (/^https?:$/.test(target.protocol) && target.origin !== new URL(url).origin) report.foreign.push(request.url());
  });
  page.on("console", m => m.type() === "error" && report.complaints.push(m.text()));
  page.on("pageerror", e => report.complaints.push("page error: " + e.message));
  await page.goto(url);
  return page;
}

try {
  const narrow = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 700 } });
  const box = async locator => { const b = await locator.boundingBox(); return [b.x, b.x + b.width]; };
  const bar = narrow.locator(".bar svg");
  report.label = await bar.getAttribute("aria-label");
  report.bar = await box(bar);
  report.ticks = [];
  for (const tick of await narrow.locator(".tick").all()) {
    report.ticks.push({ text: await tick.textContent(), box: await box(tick) });
  }
  report.picture = (await bar.screenshot()).toString("base64");

  const wide = await open({ viewport: { width: 1100, height: 700 } });
  await wide.locator("#sky canvas").first().waitFor({ timeout: 60000 });
  await wide.waitForTimeout(4000);
  report.sky = await wide.locator("#sky").boundingBox();
  await wide.screenshot({ path: screenshot });
} finally {
  await browser.close();
}
console.log(JSON.stringify(report));
