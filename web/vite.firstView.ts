import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

interface Files {
  scripts: string[];
  styles: string[];
}

/** What the browser must have before it runs the chunk of that name. */
function filesOf(
  bundle: Bundle,
  name: string,
  goOn: (chunk: Rolldown.OutputChunk) => readonly string[],
): Files {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const add = (fileName: string) => {
    const chunk = bundle[fileName];
    if (chunk?.type !== 'chunk' || scripts.has(fileName)) return;
    scripts.add(fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    goOn(chunk).forEach(add);
  };
  add(name);
  return { scripts: [...scripts], styles: [...styles] };
}

/** The files of the first view: what the page begins with, and the program that this lets run. */
export function firstViewFiles(bundle: Bundle): Files {
  const entry = Object.values(bundle).find((item) => item.type === 'chunk' && item.isEntry);
  return filesOf(bundle, entry?.fileName ?? '', ({ isEntry, imports, dynamicImports }) =>
    isEntry ? [...imports, ...dynamicImports] : imports,
  );
}

const TABLE_OF_PAGES = 'src/pages/loadPage.ts';

/** What each page needs beside the first view, by its name. */
function pageFiles(bundle: Bundle): Map<string, Files> {
  const known = firstViewFiles(bundle);
  const table = readFileSync(new URL(TABLE_OF_PAGES, import.meta.url), 'utf8');
  const pages = new Map<string, Files>();
  for (const [, page = '', path = ''] of table.matchAll(/(\w+): \(\) => import\('\.\.\/(.+)'\)/g)) {
    const chunk = Object.values(bundle).find(
      (item) => item.type === 'chunk' && item.facadeModuleId?.endsWith(`/src/${path}.tsx`),
    );
    if (!chunk) throw new Error(`${TABLE_OF_PAGES} has the page ${page}, and the build has no piece for it`);
    const files = filesOf(bundle, chunk.fileName, ({ imports }) => imports);
    pages.set(page, {
      scripts: files.scripts.filter((file) => !known.scripts.includes(file)),
      styles: files.styles.filter((file) => !known.styles.includes(file)),
    });
  }
  if (pages.size === 0) throw new Error(`${TABLE_OF_PAGES} is not written as this reads it`);
  return pages;
}

// Of the letters that all of the page's own words are written in: text is drawn once, and not anew when they come.
const FONT = 'geist-latin-wght';

/** Lets the browser fetch the program and its letters while the page begins, and not when somebody asks for them. */
export function programHints(): Plugin {
  return {
    name: 'program-hints',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const { scripts, styles } = firstViewFiles(bundle ?? {});
        const fonts = Object.keys(bundle ?? {}).filter((file) => file.includes(FONT));
        const hints = [
          ...fonts.map((file) => ({ rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}` })),
          ...styles.map((file) => ({ rel: 'preload', as: 'style', href: `/${file}` })),
          // What begins the page asks for pictures meanwhile, which come first.
          ...scripts.map((file) => ({ rel: 'modulepreload', href: `/${file}`, fetchpriority: 'low' })),
        ];
        // Of no kind yet: early/pagePieces.ts makes hints of those that belong to the page of this address.
        const pieces = [...pageFiles(bundle ?? {})].flatMap(([page, { scripts, styles }]) => [
          ...styles.map((file) => ({ 'data-page': page, as: 'style', href: `/${file}` })),
          ...scripts.map((file) => ({ 'data-page': page, href: `/${file}` })),
        ]);
        return [...hints.filter(({ href }) => !html.includes(`"${href}"`)), ...pieces].map((attrs) => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true },
          injectTo: 'head' as const,
        }));
      },
    },
  };
}
