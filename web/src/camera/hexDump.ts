// Bytes as somebody reads them who wants to know what they are. Pure.

const A_LINE = 16;
const SHOWN_BYTES = 8;

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

function text(bytes: readonly number[]): string {
  return bytes.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('');
}

/** As `hexdump -C` writes them: where, sixteen bytes, and what of them is text. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += A_LINE) {
    const line = [...bytes.subarray(at, at + A_LINE)];
    const digits = line
      .map(hex)
      .join(' ')
      .padEnd(3 * A_LINE - 1);
    lines.push(`${at.toString(16).padStart(8, '0')}  ${digits}  ${text(line)}`);
  }
  return lines.join('\n');
}

/** `begins with “GIF89a…”`, `begins with ff d8 ff e0 00 10 4a 46`; `head`: in hexadecimal. */
export function beginsWords(head: string): string {
  const bytes = (head.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
  if (bytes.length === 0) return 'nothing came';
  const first = bytes.slice(0, 2 * SHOWN_BYTES);
  return first.every(isPrintable)
    ? `begins with “${text(first)}${bytes.length > first.length ? '…' : ''}”`
    : `begins with ${bytes.slice(0, SHOWN_BYTES).map(hex).join(' ')}`;
}
