// What may be written from right to left, or turn around what stands behind it: Hebrew, Arabic, Syriac and their
// kin, and the marks that order text by themselves.
const TURNS =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * A name among words of ours: the words keep their order, whatever the name is written in. Where it has an element of
 * its own, <bdi> does the same. Other names are left as they are, so that they are copied and found as they are.
 */
export function isolated(name: string): string {
  return TURNS.test(name) ? FIRST_STRONG_ISOLATE + name + POP_ISOLATE : name;
}
