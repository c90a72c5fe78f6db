// Checks a node's OpenAPI description against the OpenAPI 3.1 schema, and what the node really answers against the description;
// reports all that is wrong, as JSON.
// usage: openapi.mjs URL SURVEY_PATH
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [url, survey] = process.argv.slice(2);
const description = await (await fetch(url + "api/openapi.json")).json();
const report = { problems: [], checked: [] };
const { valid, errors } = await new Validator().validate(structuredClone(description));
if (!valid) report.problems.push(errors);
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addSchema({ $id: "api", ...description });

async function check(path, operation) {
  const response = await fetch(url + path.replace(/^\//, ""));
  const said = description.paths[operation].get.responses[response.status];
  const type = response.headers.get("content-type").replace(/;.*/, "");
  report.checked.push(response.status + " " + path + " " + type);
  if (!said) return report.problems.push(path + ": status " + response.status + " is not described");
  if (said.$ref) return;
  if (!said.content[type]) return report.problems.push(path + ": type " + type + " is not described");
  if (type !== "application/json") return;
  const pointer = ["paths", operation, "get", "responses", String(response.status), "content", type, "schema"]
    .map(part => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
  const validate = ajv.compile({ $ref: "api#/" + pointer });
  if (!validate(await response.json())) report.problems.push(path + ": " + JSON.stringify(validate.errors));
}

for (const operation of Object.keys(description.paths)) {
  if (!description.paths[operation].get) continue; // what changes something is tested by NodeIT
  const tile = operation.includes("{index}");
  await check(operation.replace("{path}", survey).replace("{order}", 0).replace("{folder}", 0).replace("{index}", 3).replace("{extension}", "png"), operation);
  if (operation.includes("{path}") && !tile) await check(operation.replace("{path}", "no/survey"), operation);
}
const list = await (await fetch(url + "api/surveys")).json();
for (const { path, links } of list.surveys) {
  await check("/api/surveys/" + encodeURI(path), "/api/surveys/{path}");
  const detail = await (await fetch(links.self)).json();
  for (const link of Object.values(detail.links)) {
    const { status } = await fetch(link);
    if (status !== 200) report.problems.push("link " + link + ": " + status);
  }
}
console.log(JSON.stringify(report));
