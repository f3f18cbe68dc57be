import type { Plugin } from 'vite';
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
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
      const needed = new Set<string>();
      const add = (fileName: string) => {
        if (needed.has(fileName)) return;
        needed.add(fileName);
        const chunk = chunks.find((one) => one.fileName === fileName);
        for (const style of chunk?.viteMetadata?.importedCss ?? []) needed.add(style);
        chunk?.imports.forEach(add);
      };
      for (const { isEntry, fileName } of chunks) if (isEntry) add(fileName);
      const files = JSON.stringify([...needed].sort().map((fileName) => `/${fileName}`));
      const source = (await programCode(WORKER_SOURCE)).replaceAll(SHELL_FILES, files);
      this.emitFile({ type: 'asset', fileName: WORKER, source });
    },
  };
}
