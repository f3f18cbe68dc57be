import { build, type Plugin } from 'vite';

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
      const source = (await workerCode()).replaceAll(SHELL_FILES, files);
      this.emitFile({ type: 'asset', fileName: WORKER, source });
    },
  };
}

/** Of a build of its own: what it has in common with the page must be in the one file that a browser reads as a worker. */
async function workerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { write: false, rolldownOptions: { input: WORKER_SOURCE, output: { format: 'iife' } } },
  });
  const [code, ...others] = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
  if (code?.type !== 'chunk' || others.length > 0) throw new Error('the service worker must be one file');
  return code.code;
}
