import { defineConfig } from "vite";
import { compressedFiles } from "./vite.config.ts";

// The scripts of static editions: each in one piece and no module, because pages that lie on a disk may load no modules.
const name = process.env["OVERT_STILL"] ?? "search";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [compressedFiles()],
  define: { "import.meta.url": "document.currentScript.src" }, // read once, while the script runs
  build: {
    outDir: process.env["OVERT_BUILT"] ?? "../src/overt/static/built",
    emptyOutDir: false,
    cssCodeSplit: false, // pages name map.css of the other build
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { [`still-${name}`]: `src/still/${name}.ts` },
      output: { format: "iife", entryFileNames: "[name].js", assetFileNames: "still-[name][extname]", codeSplitting: false },
    },
  },
});
