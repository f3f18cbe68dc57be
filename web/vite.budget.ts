import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { firstViewFiles } from './vite.firstView.ts';

// What a camera owner on a village's LTE waits for before the first picture; the lightbox comes after.
const FIRST_VIEW_MAX_BYTES = 130_000;

/** Fails the build when the script of the first view, compressed, has grown past its budget. */
export function firstViewBudget(): Plugin {
  return {
    name: 'first-view-budget',
    generateBundle(_, bundle) {
      const sizes = firstViewFiles(bundle).scripts.map((fileName) => {
        const chunk = bundle[fileName];
        return chunk?.type === 'chunk' ? gzipSync(chunk.code).length : 0;
      });
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      if (bytes > FIRST_VIEW_MAX_BYTES) {
        this.error(`the first view needs ${bytes} bytes of script, of ${FIRST_VIEW_MAX_BYTES} allowed`);
      }
    },
  };
}
