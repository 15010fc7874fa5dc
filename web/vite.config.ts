import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { worldJson } from "./tools/world/index.ts";
import { worldSteps } from "./tools/world/steps.ts";

const require = createRequire(import.meta.url);

/** world.json and the fonts, under names that do not change. */
function plainFiles(): Plugin {
  return {
    name: "overt-plain-files",
    generateBundle() {
      const world = worldJson();
      this.emitFile({ type: "asset", fileName: "world.json", source: world });
      this.emitFile({ type: "asset", fileName: "world-steps.json", source: worldSteps(world) });
      for (const part of ["latin", "latin-ext"]) {
        for (const weight of ["400", "600"]) {
          const source = readFileSync(require.resolve(`@fontsource/source-sans-3/files/source-sans-3-${part}-${weight}-normal.woff2`));
          this.emitFile({ type: "asset", fileName: `source-sans-3-${part}-${weight}.woff2`, source });
        }
      }
    },
  };
}

/** Beside each file of text one that is compressed as far as can be: the server sends it to readers who can read it. */
export function compressedFiles(): Plugin {
  return {
    name: "overt-compressed-files",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css|json)$/.test(fileName)) continue;
          const source = file.type === "chunk" ? file.code : file.source;
          this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: brotliCompressSync(source) });
        }
      },
    },
  };
}

export default defineConfig({
  base: "./", // whatever address the files are served from
  publicDir: false,
  plugins: [plainFiles(), compressedFiles()],
  build: {
    outDir: process.env["OVERT_BUILT"] ?? "../src/overt/static/built",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    license: { fileName: "licences.md" },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { map: "src/map.ts", search: "src/search.ts", downloads: "src/downloads.ts" },
      output: {
        entryFileNames: "[name].js",
        // A page asks for map.js, map.css, search.js and downloads.js by these names, perhaps with a version after them. What they load in turn
        // has its version in its name, and never loads map.js again, which would run twice.
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name][extname]",
        codeSplitting: { groups: [{ name: "parts", test: /src\/(columns|config|data|dom|layers|table|words)\.ts$|vite\/preload-helper/ }] },
      },
    },
  },
});
