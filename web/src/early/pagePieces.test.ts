// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { fetchPagePieces } from './pagePieces';

const rels = () => [...document.querySelectorAll('link')].map((link) => link.rel);

beforeEach(() => {
  document.head.innerHTML = `
    <link data-page="fleet" as="style" href="/fleet.css">
    <link data-page="fleet" href="/fleet.js">
    <link data-page="map" href="/map.js">`;
  for (const link of document.querySelectorAll('link')) link.as = link.getAttribute('as') ?? '';
});

it.each([
  ['of the page', '?page=fleet', ['preload', 'modulepreload', '']],
  ['of another', '?page=map&camera=c', ['', '', 'modulepreload']],
  ['none for the gallery', '?camera=c', ['', '', '']],
  ['none for a page that there is not', '?page=x"]', ['', '', '']],
])('fetches the pieces %s', (_, search, wanted) => {
  fetchPagePieces(search);
  expect(rels()).toEqual(wanted);
});
