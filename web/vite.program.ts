import { build } from 'vite';

/** The code of a small program beside the page's, in one file: what both have in common is in each of them. */
export async function programCode(input: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { write: false, rolldownOptions: { input, output: { format: 'iife' } } },
  });
  const [code, ...others] = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
  if (code?.type !== 'chunk' || others.length > 0) throw new Error(`${input} must be one file`);
  return code.code;
}
