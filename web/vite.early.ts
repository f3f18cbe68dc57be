import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { programCode } from './vite.program.ts';

const SOURCE = 'src/early/begin.ts';
const HASH_DIGITS = 8;

/** Builds what asks for the first answers, and lets the page begin with it. */
export function earlyAnswers(): Plugin {
  let code = '';
  let fileName = '';
  return {
    name: 'early-answers',
    apply: 'build',
    async buildStart() {
      code = await programCode(SOURCE);
      const hash = createHash('sha256').update(code).digest('hex').slice(0, HASH_DIGITS);
      fileName = `assets/early-${hash}.js`;
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: code });
    },
    transformIndexHtml: () => [
      { tag: 'script', attrs: { async: true, src: `/${fileName}` }, injectTo: 'head-prepend' },
    ],
  };
}
