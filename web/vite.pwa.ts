import type { Plugin } from 'vite';
import { firstViewFiles } from './vite.firstView.ts';
import { programCode } from './vite.program.ts';

const WORKER = 'sw.js';
const WORKER_SOURCE = 'src/pwa/serviceWorker.ts';
// Of the name in it, which the build may shorten nowhere: it is declared, and not defined.
const SHELL_FILES = 'SHELL_FILES';

/** Builds the service worker beside the page, and writes into it which files the first view consists of. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_, bundle) {
      const { scripts, styles } = firstViewFiles(bundle);
      const files = JSON.stringify([...scripts, ...styles].sort().map((fileName) => `/${fileName}`));
      const source = (await programCode(WORKER_SOURCE)).replaceAll(SHELL_FILES, files);
      this.emitFile({ type: 'asset', fileName: WORKER, source });
    },
  };
}
