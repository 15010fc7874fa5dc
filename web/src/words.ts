// The texts of the explorer, its map and the search, in the language of the page.
import { chinese } from "./words/chinese.ts";
import { english } from "./words/english.ts";
import type { Words } from "./words/words-interface.ts";

export const words: Words = document.documentElement.lang.toLowerCase().startsWith("zh") ? chinese : english;
