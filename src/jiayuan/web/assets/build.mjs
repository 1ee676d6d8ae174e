// SPDX-License-Identifier: Apache-2.0
// Builds the pages' styles and scripts into web/static/jiayuan/, and fails when residents' sheet outgrows its budget.
import { build } from "esbuild";
import { cp, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "jiayuan");
const budgets = { "public.css": 15 * 1024, "public.js": 12 * 1024 };

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: {
    public: join(here, "js", "public.js"),
    desk: join(here, "js", "desk.js"),
    map: join(here, "js", "map.js"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2019"],
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
});
await build({
  entryPoints: {
    public: join(here, "css", "public.css"),
    honeycomb: join(here, "css", "honeycomb.css"),
    desk: join(here, "css", "desk.css"),
    map: join(here, "css", "map.css"),
    papers: join(here, "css", "papers.css"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome90", "safari15"],
  // What Leaflet draws its own buttons with; two small pictures that go along in the sheet.
  loader: { ".png": "dataurl" },
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
});
for (const name of ["icons.svg", "favicon.svg", "sample-before.svg", "sample-after.svg"]) await cp(join(here, name), join(out, name));

for (const [name, limit] of Object.entries(budgets)) {
  const { size } = await stat(join(out, name));
  if (size > limit) throw new Error(`${name} has ${size} bytes; residents on weak networks are promised ${limit}.`);
  console.log(`${name} ${size} bytes of ${limit}`);
}
