import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

// What a camera owner on a village's LTE waits for before the first picture; the lightbox comes after.
const FIRST_VIEW_MAX_BYTES = 130_000;

/** Fails the build when the script of the first view, compressed, has grown past its budget. */
export function firstViewBudget(): Plugin {
  return {
    name: 'first-view-budget',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
      const needed = new Set<string>();
      const add = (fileName: string) => {
        if (needed.has(fileName)) return;
        needed.add(fileName);
        chunks.find((chunk) => chunk.fileName === fileName)?.imports.forEach(add);
      };
      for (const chunk of chunks) if (chunk.isEntry) add(chunk.fileName);
      const bytes = chunks
        .filter(({ fileName }) => needed.has(fileName))
        .reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      if (bytes > FIRST_VIEW_MAX_BYTES) {
        this.error(`the first view needs ${bytes} bytes of script, of ${FIRST_VIEW_MAX_BYTES} allowed`);
      }
    },
  };
}
