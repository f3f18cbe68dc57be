import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The files of the first view: what the page begins with, and the program that this lets run. Scripts, then styles. */
export function firstViewFiles(bundle: Bundle): { scripts: string[]; styles: string[] } {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const add = (fileName: string) => {
    const chunk = bundle[fileName];
    if (chunk?.type !== 'chunk' || scripts.has(fileName)) return;
    scripts.add(fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
    chunk.imports.forEach(add);
    if (chunk.isEntry) chunk.dynamicImports.forEach(add);
  };
  for (const item of Object.values(bundle)) if (item.type === 'chunk' && item.isEntry) add(item.fileName);
  return { scripts: [...scripts], styles: [...styles] };
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
        return hints
          .filter(({ href }) => !html.includes(`"${href}"`))
          .map((attrs) => ({
            tag: 'link',
            attrs: { ...attrs, crossorigin: true },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}
