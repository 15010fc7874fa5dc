import { defineConfig } from "vite";
import { compressedFiles } from "./vite.config.ts";

// The scripts of static editions. Each is a single file and not a module, because pages opened from disk can't load modules.
const name = process.env["OVERT_EDITION_SCRIPT"] ?? "search";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [compressedFiles()],
  define: { "import.meta.url": "document.currentScript.src" }, // Must be read while the script first runs.
  build: {
    outDir: process.env["OVERT_BUILT"] ?? "../src/overt/static/built",
    emptyOutDir: false,
    cssCodeSplit: false, // Pages use map.css of the other build.
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [`still-${name}`]: `src/edition/${name}-entry.ts` },
      output: { format: "iife", entryFileNames: "[name].js", assetFileNames: "still-[name][extname]", codeSplitting: false },
    },
  },
});
