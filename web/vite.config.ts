import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { worldSteps } from "./tools/world/step-encoding.ts";
import { worldJson } from "./tools/world/world-json.ts";

const require = createRequire(import.meta.url);

/** Emits world.json, world-steps.json and the fonts under stable names. */
function plainFiles(): Plugin {
  return {
    name: "overt-plain-files",
    generateBundle() {
      const world = worldJson();
      this.emitFile({ type: "asset", fileName: "world.json", source: world });
      this.emitFile({ type: "asset", fileName: "world-steps.json", source: worldSteps(world) });
      for (const part of ["latin", "latin-ext"]) {
        for (const face of ["source-sans-3/400", "source-sans-3/600", "source-serif-4/600"]) {
          const [family, weight] = face.split("/");
          const source = readFileSync(require.resolve(`@fontsource/${family}/files/${family}-${part}-${weight}-normal.woff2`));
          this.emitFile({ type: "asset", fileName: `${family}-${part}-${weight}.woff2`, source });
        }
      }
    },
  };
}

/** Emits a Brotli file beside each text file, for browsers that accept it. */
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
  base: "./", // Works at any address.
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
      input: { map: "src/explorer-page.ts", search: "src/search.ts", downloads: "src/download-status.ts" },
      output: {
        entryFileNames: "[name].js",
        // Pages load map.js, map.css, search.js and downloads.js by these names, perhaps with a version as a query. Chunks have a hash in their
        // names. They must never load map.js again, because it would run twice.
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name][extname]",
        codeSplitting: { groups: [{ name: "parts", test: /src\/(project-columns|map-config|map-data|static-edition-interface|dom|data-saving|pause-for-input|addresses|project-layers|explorer\/table|words|words\/\w+)\.ts$|vite\/preload-helper/ }] },
      },
    },
  },
});
