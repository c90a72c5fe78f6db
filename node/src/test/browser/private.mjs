// Opens a page of another origin in headless Chromium, and asks from there for files of a private survey; reports, as JSON,
// what each try was told. And opens the survey's own page as a person would, with name and password.
// usage: private.mjs PAGE SURVEY TOKEN NAME PASSWORD [CHROMIUM]
import { chromium } from "playwright-core";
import fs from "fs";
import os from "os";
import path from "path";

const [page, survey, token, name, password, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const flags = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"];

async function withBrowser(options, work) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "hipsnode-browser-"));
  const browser = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args: flags, ...options });
  try {
    return await work(browser.pages()[0]);
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

const report = { tries: {}, person: {} };
await withBrowser({}, async tab => {
  await tab.goto(page);
  const ask = (url, options) => tab.evaluate(async ([url, options]) => {
    try {
      const answer = await fetch(url, options);
      return { status: answer.status, text: await answer.text(), etag: answer.headers.get("ETag") !== null };
    } catch (e) {
      return { status: 0, text: String(e) };
    }
  }, [url, options]);
  const file = survey + "properties";
  report.tries.none = await ask(file, {});
  report.tries.token = await ask(file, { headers: { Authorization: "Bearer " + token } });
  report.tries.password = await ask(file, { headers: { Authorization: "Basic " + btoa(name + ":" + password) } });
  report.tries.wrong = await ask(file, { headers: { Authorization: "Bearer wrong" } });
  report.tries.include = await ask(file, { headers: { Authorization: "Bearer " + token }, credentials: "include" });
  report.tries.again = await ask(file, {});
});
await withBrowser({ httpCredentials: { username: name, password } }, async tab => {
  const answer = await tab.goto(survey);
  report.person = { status: answer.status(), title: await tab.title(), caching: answer.headers()["cache-control"] };
});
console.log(JSON.stringify(report));
