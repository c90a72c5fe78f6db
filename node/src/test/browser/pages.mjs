// Walks through a node's pages in headless Chromium as people do: without scripts, by keyboard, on a telephone, by links that
// lead to a view; and reports, as JSON, what was seen, what was asked of other hosts, and every complaint of the console.
// usage: pages.mjs URL SURVEY_PATH FOLDER_FOR_SCREENSHOTS [CHROMIUM]
import { chromium } from "playwright-core";
import fs from "fs";
import path from "path";
import { fileURLToPath } from "url";

const [url, survey, folder, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const here = path.dirname(fileURLToPath(import.meta.url));
const axe = fs.readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const report = { foreign: [], complaints: [], dialogs: [] };

/** Opens an address in a browser of its own; what a page cannot help, missing previews, is no complaint. */
async function open(address, options = {}, act = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, bypassCSP: false, ...options });
  const page = await context.newPage();
  const asked = [];
  page.on("request", request => {
    const target = new URL(request.url());
    if (!/^https?:$/.test(target.protocol)) return;
    asked.push(target.pathname);
    if (target.origin !== new URL(url).origin) report.foreign.push(request.url());
  });
  page.on("dialog", dialog => { report.dialogs.push(dialog.message()); dialog.dismiss(); });
  page.on("console", m => m.type() === "error" && !m.location().url.endsWith("/preview.jpg")
    && report.complaints.push(address + ": " + m.text() + " " + m.location().url));
  page.on("pageerror", e => report.complaints.push(address + ": " + e.message));
  await page.goto(address);
  try {
    return await act(page, asked);
  } finally {
    await context.close();
  }
}

const cards = page => page.locator(".card:visible").count();
const summary = page => page.locator("#summary").textContent();
const viewer = page => page.waitForFunction(() => window.hipsnode?.aladin && document.querySelector("#sky").dataset.survey, null, { timeout: 60000 });
/** Waits for what a slow machine shows later; if it never comes, the report tells what is there instead. */
async function until(page, holds) {
  const end = Date.now() + 60000;
  while (!await holds() && Date.now() < end) await page.waitForTimeout(200);
}
const view = page => page.evaluate(() => ({ centre: [...window.hipsnode.aladin.getRaDec()], fov: window.hipsnode.aladin.getFov()[0] }));
const narrow = page => page.evaluate(() => ({ page: document.documentElement.scrollWidth, window: innerWidth }));
const focus = page => page.evaluate(() => {
  const at = document.activeElement;
  const style = getComputedStyle(at.matches(".card h2 a") ? at : at, at.matches(".card h2 a") ? "::after" : null);
  const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
  return { name: at.tagName.toLowerCase() + (at.id ? "#" + at.id : ""), text: label.trim().slice(0, 40),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 };
});

try {
  report.withoutScript = await open(url, { javaScriptEnabled: false }, async page => {
    const seen = { all: await cards(page), looks: await page.locator(".look:visible").count() };
    await page.fill("input[name=q]", "strip");
    await page.click("#find button");
    seen.found = await cards(page);
    seen.summary = await summary(page);
    seen.address = page.url();
    await page.click(".card h2 a");
    seen.title = await page.locator("h1").textContent();
    seen.snippets = await page.locator("pre[data-snippet]").count();
    await page.waitForLoadState("load"); // pictures too
    seen.coverage = await page.evaluate(() => document.querySelector("figure img").naturalWidth);
    return seen;
  });

  report.gallery = await open(url, {}, async (page, asked) => {
    await page.waitForLoadState("networkidle");
    const seen = { all: await cards(page), viewerAsked: asked.includes("/viewer/aladin.js"), searches: {} };
    for (const [key, value] of [["q", "STRIP"], ["q", "no such thing"], ["frame", "galactic"], ["regime", "Infrared"], ["mission", "demo"], ["type", "catalogue"]]) {
      const field = page.locator(`[name=${key}]`);
      await (key === "q" ? field.fill(value) : field.selectOption(value));
      seen.searches[value] = [await cards(page), await summary(page), new URL(page.url()).search];
      await (key === "q" ? field.fill("") : field.selectOption(""));
    }
    seen.maps = await page.locator(".thumb img.map").count();
    await page.screenshot({ path: path.join(folder, "node.png") });
    return seen;
  });

  report.keyboard = await open(url, {}, async page => {
    await page.waitForLoadState("networkidle");
    const walk = [];
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      walk.push(await focus(page));
      if (walk.at(-1).text === "Look") break;
    }
    await page.keyboard.press("Enter");
    await viewer(page);
    await page.waitForTimeout(500); // a viewer that is going to take the focus has taken it by now
    const seen = { walk, afterLook: await focus(page), open: await page.locator("#stage").isVisible() };
    await page.locator(".controls button", { hasText: "Close" }).focus();
    await page.keyboard.press("Enter");
    seen.afterClose = await focus(page);
    seen.closed = await page.locator("#stage").isHidden();
    await page.goto(url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    seen.skipped = await page.evaluate(() => document.activeElement.id);
    return seen;
  });

  report.phone = {};
  for (const address of [url, url + survey + "/"]) {
    report.phone[address] = await open(address, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: "dark" }, async page => {
      await page.waitForTimeout(4000);
      await page.screenshot({ path: path.join(folder, address === url ? "node-phone.png" : "survey-phone.png") });
      await page.evaluate(() => document.querySelectorAll("details").forEach(d => { d.open = true; }));
      return narrow(page);
    });
  }

  const link = url + "#" + new URLSearchParams({ survey, ra: "83.6", dec: "22.0", fov: "30", format: "jpeg" });
  report.link = await open(link, {}, async (page, asked) => {
    await viewer(page);
    const tiles = () => asked.filter(p => p.includes("/Norder"));
    await until(page, () => tiles().length > 0);
    await page.waitForTimeout(3000); // an address that is going to change has changed by now
    const seen = { ...await view(page), tiles: [...new Set(tiles().map(p => p.replace(/.*\./, "")))], still: page.url() === link };
    const box = await page.locator("#sky canvas").first().boundingBox();
    await page.mouse.move(box.x + 400, box.y + 250);
    await page.mouse.down();
    await page.mouse.move(box.x + 520, box.y + 280, { steps: 8 });
    await page.mouse.up();
    await until(page, async () => {
      seen.movedLink = page.url();
      seen.moved = await view(page);
      const told = new URLSearchParams(new URL(seen.movedLink).hash.slice(1));
      return seen.movedLink !== link && Math.abs(told.get("ra") - seen.moved.centre[0]) < 1e-4;
    });
    return seen;
  });
  report.again = await open(report.link.movedLink, {}, async page => {
    await viewer(page);
    await page.waitForTimeout(1500);
    return view(page);
  });

  report.survey = await open(url + survey + "/", { colorScheme: "dark" }, async page => {
    await viewer(page);
    await page.waitForTimeout(5000);
    await page.screenshot({ path: path.join(folder, "survey.png") });
    const sky = [];
    for (let i = 0; i < 14; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.matches("#sky :is(button, select, input)"))) sky.push(await focus(page));
    }
    const seen = { sky, age: await page.locator("aside dd time").evaluate(t => t.parentElement.textContent) };
    seen.snippets = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("pre[data-snippet]")].map(p => [p.dataset.snippet, p.textContent])));
    await page.locator(".controls select").selectOption("fits");
    await until(page, () => page.url().includes("format=fits"));
    seen.fits = page.url();
    return seen;
  });

  // whatever is wrong with a survey, the viewer must not go on to another sky
  const page = await browser.newPage();
  await page.route("**/properties", route => route.fulfill({ contentType: "text/plain", body: "obs_title = nothing else" }));
  page.on("request", request => request.url().startsWith("https:") && report.foreign.push(request.url()));
  await page.goto(url + survey + "/");
  await page.waitForFunction(() => document.querySelector("#note").textContent, null, { timeout: 60000 });
  await page.waitForTimeout(2000);
  report.refused = await page.locator("#note").textContent();
  await page.close();

  // scripts of the tests are not ours, so the policy of the page does not hold for them
  report.axe = {};
  for (const [address, colorScheme] of [[url, "light"], [url, "dark"], [url + survey + "/", "light"], [url + survey + "/", "dark"]]) {
    report.axe[colorScheme + " " + address] = await open(address, { colorScheme, bypassCSP: true }, async page => {
      await page.waitForTimeout(3000);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => window.axe.run({ exclude: [["#sky"]] }));
      report.axeRules = Math.min(report.axeRules ?? Infinity, passes.length);
      return violations.map(v => v.id + ": " + v.nodes.map(n => n.target + " " + n.failureSummary).join(" | ").slice(0, 400));
    });
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(report));
