// What a page needs beside the program, fetched while that still comes. The build writes it into index.html
// (vite.firstView.ts).

/** Whatever the address names as its page. */
export function fetchPagePieces(search: string): void {
  const page = new URLSearchParams(search).get('page');
  for (const piece of document.querySelectorAll<HTMLLinkElement>('link[data-page]')) {
    if (piece.dataset.page === page) piece.rel = piece.as === 'style' ? 'preload' : 'modulepreload';
  }
}
