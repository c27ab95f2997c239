// Eleventy tells Stepfree which file each page was made of, so that a report names it.
//
// In eleventy.config.js:   import sources from "./eleventy.mjs";
//                          eleventyConfig.addPlugin(sources, { language: "en" });
// After a build:           stepfree audit _site --manifest stepfree-manifest.json
//
// The format is docs/schemas/manifest.schema.json of Stepfree. Eleventy does not know the line of an element, so a
// finding names the page's file alone; "count" is 1 for that reason.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { relative, sep } from "node:path";

const slashes = (path) => path.split(sep).join("/").replace(/^\.\//, "");

export default function stepfree(eleventyConfig, { file = "stepfree-manifest.json", language = "en" } = {}) {
  eleventyConfig.on("eleventy.after", ({ directories, dir, results }) => {
    const output = directories?.output ?? dir.output;
    const pages = results
      .filter(({ outputPath, url }) => outputPath && url && outputPath.endsWith(".html"))
      .map(({ inputPath, outputPath, url }) => ({
        address: url,
        file: slashes(relative(output, outputPath)),
        sha256: createHash("sha256").update(readFileSync(outputPath)).digest("hex"),
        source: { path: slashes(inputPath), line: 1 },
        template: slashes(inputPath),
        lang: language,
        status: url === "/404.html" ? 404 : 200,
        kind: url === "/404.html" ? "error" : "page",
        elements: { count: 1, sources: [], runs: [] },
      }))
      .sort((one, other) => (one.address < other.address ? -1 : 1));
    const manifest = { schema: "stepfree-manifest/2", base_path: "/", owners: {}, pages, files: [] };
    writeFileSync(file, `${JSON.stringify(manifest, null, 1)}\n`);
  });
}
