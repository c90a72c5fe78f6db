// Opens a survey's page in headless Chromium and reports, as JSON, the sky that Aladin Lite draws there: how many places of it were
// looked at, how bright they are and how colourful (the mean of the largest less the smallest of red, green and blue).
// usage: sky.mjs URL SCREENSHOT [CHROMIUM]
import { chromium } from "playwright-core";

const [url, screenshot, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = {};
try {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  let lastActivity = Date.now();
  page.on("request", () => { lastActivity = Date.now(); });
  page.on("response", () => { lastActivity = Date.now(); });
  await page.goto(url);
  await page.waitForFunction(() => window.hipsnode?.aladin, null, { timeout: 60000 });
  const end = Date.now() + 60000;
  while (Date.now() < end && Date.now() - lastActivity < 2500) await page.waitForTimeout(100);
  Object.assign(report, await page.evaluate(async () => {
    const aladin = window.hipsnode.aladin;
    aladin.showReticle?.(false);
    const picture = await new Promise(done => requestAnimationFrame(() => done(aladin.getViewDataURL({ logo: false }))));
    const image = await createImageBitmap(await (await fetch(picture)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    let places = 0, bright = 0, colourful = 0;
    for (let y = image.height * 0.3; y < image.height * 0.7; y += 5) {
      for (let x = image.width * 0.3; x < image.width * 0.7; x += 5) {
        const rgb = [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)];
        places++;
        bright += Math.max(...rgb);
        colourful += Math.max(...rgb) - Math.min(...rgb);
      }
    }
    return { places, brightness: bright / places, colour: colourful / places };
  }));
  await page.screenshot({ path: screenshot });
} finally {
  await browser.close();
}
console.log(JSON.stringify(report));
