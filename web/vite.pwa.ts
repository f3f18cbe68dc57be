import type { Plugin } from 'vite';

const WORKER = 'sw.js';
// Of the name in serviceWorker.ts, which the build may shorten nowhere: it is declared, and not defined.
const SHELL_FILES = 'SHELL_FILES';

/** Builds the service worker beside the page, and writes into it which files the first view consists of. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/pwa/serviceWorker.ts', fileName: WORKER });
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
      const worker = chunks.find(({ fileName }) => fileName === WORKER);
      if (!worker) return this.error('the service worker was not built');
      if (worker.imports.length > 0) return this.error('the service worker must be one file');
      const needed = new Set<string>();
      const add = (fileName: string) => {
        if (needed.has(fileName)) return;
        needed.add(fileName);
        const chunk = chunks.find((one) => one.fileName === fileName);
        for (const style of chunk?.viteMetadata?.importedCss ?? []) needed.add(style);
        chunk?.imports.forEach(add);
      };
      for (const { isEntry, fileName } of chunks) if (isEntry && fileName !== WORKER) add(fileName);
      const files = JSON.stringify([...needed].sort().map((fileName) => `/${fileName}`));
      worker.code = worker.code.replaceAll(SHELL_FILES, files);
      return undefined;
    },
  };
}
