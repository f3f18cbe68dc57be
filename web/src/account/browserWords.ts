// What a browser says it is, shortened to what a person calls it. Pure.

// The first that is found counts: most browsers name others too, to be taken for them.
const BROWSERS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [mark: RegExp, name: string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

function firstOf(list: typeof BROWSERS, agent: string): string | undefined {
  return list.find(([mark]) => mark.test(agent))?.[1];
}

/** "Firefox on Windows"; the agent's own words when it is none that we know. */
export function browserWords(agent: string): string {
  const browser = firstOf(BROWSERS, agent);
  const system = firstOf(SYSTEMS, agent);
  if (browser === undefined) return agent === '' ? 'A program' : agent;
  return system === undefined ? browser : `${browser} on ${system}`;
}
