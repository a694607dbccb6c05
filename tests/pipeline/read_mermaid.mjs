// Reads Mermaid texts with Mermaid's own parser: one JSON string on each line of the standard input,
// and for each a line with what it understood: the labels of the stages by id, the arrows, and the
// stages that are marked; or what it complained of.
//
//     node read_mermaid.mjs FOLDER   # where `npm install --prefix FOLDER mermaid jsdom` has put it

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { createInterface } from "node:readline";

const folder = createRequire(join(process.argv[2], "here.js"));
const load = (name) => import(pathToFileURL(folder.resolve(name)));

const { JSDOM } = await load("jsdom");
globalThis.window = new JSDOM("").window; // Mermaid cleans its labels with the help of a page
globalThis.document = window.document;
const { default: mermaid } = await load("mermaid");

const plain = (label) => label.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));

async function read(text) {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const stages = [...db.getStates().values()];
    return {
      stages: Object.fromEntries(stages.map((s) => [s.id, s.descriptions.map(plain).join("\n")])),
      arrows: db.getRelations().map((r) => [r.id1, r.id2, plain(r.relationTitle ?? "")]),
      marked: stages.filter((s) => s.classes.length).map((s) => s.id),
    };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await read(JSON.parse(line))) + "\n");
}
