// Eleventy tells Stepfree which file each page was made of, so that a report names it.
//
// In eleventy.config.js:   import sources from "./eleventy.mjs";
//                          eleventyConfig.addPlugin(sources, { language: "en" });
// After a build:           stepfree audit _site --manifest stepfree-manifest.json
//
// The format is docs/schemas/manifest.schema.json of Stepfree. Eleventy says neither the line of an element nor which
// files it copies as they are, so the manifest does not claim to know every file ("files" is not there).

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { relative, sep } from "node:path";

const slashes = (path) => path.split(sep).join("/").replace(/^\.\//, "");

export default function stepfree(
    eleventyConfig,
    { file = "stepfree-manifest.json", language = "en", pathPrefix = "/" } = {},
) {
    eleventyConfig.on("eleventy.after", ({ directories, dir, results }) => {
        const output = directories?.output ?? dir.output;
        const pages = results
            .filter(({ outputPath, url }) => outputPath && url && outputPath.endsWith(".html"))
            .map(({ inputPath, outputPath, url }) => ({
                address: url,
                file: slashes(relative(output, outputPath)),
                sha256: createHash("sha256").update(readFileSync(outputPath)).digest("hex"),
                source: { path: slashes(inputPath), line: 1 },
                lang: language,
                status: url === "/404.html" ? 404 : 200,
                kind: url === "/404.html" ? "error" : "page",
            }))
            .sort((one, other) => (one.address < other.address ? -1 : 1));
        const manifest = { schema: "stepfree-manifest/2", base_path: pathPrefix, pages };
        writeFileSync(file, `${JSON.stringify(manifest, null, 1)}\n`);
    });
}
