// What a browser needs to flash a board, found among the files of a folder: as firmware/esp32/web_manifest.py writes them,
// a folder for each board with a manifest.json and the parts that it names.
import { compareNames } from '../ui/byName';

/** A file of the folder, under its path in it. */
export interface FolderFile {
  path: string;
  content: Blob;
}

export interface Part {
  /** What it is, or where it is to be had. */
  content: Blob | URL;
  bytes: number;
  /** In the board's flash, bytes. */
  offset: number;
}

export interface BoardImage {
  /** "Heliograph camera, t_sim7600". */
  name: string;
  version: string;
  /** "ESP32", "ESP32-S3". */
  chip: string;
  parts: Part[];
  /** What goes to ESP Web Tools as it stands, but for where the parts are. */
  manifest: Record<string, unknown>;
}

export interface FoundBoards {
  boards: BoardImage[];
  /** For a person: what of the folder cannot be used. */
  problems: string[];
}

const MANIFEST = 'manifest.json';
// A manifest has some hundred bytes; what is longer is something else of that name.
const MAX_MANIFEST_BYTES = 65_536;

export async function findBoards(files: readonly FolderFile[]): Promise<FoundBoards> {
  const found: FoundBoards = { boards: [], problems: [] };
  const manifests = files.filter(({ path }) => path === MANIFEST || path.endsWith(`/${MANIFEST}`));
  for (const { path, content } of manifests) {
    const folder = path.slice(0, -MANIFEST.length);
    try {
      found.boards.push(readBoard(await parse(content), (name) => contentAt(files, folder + name)));
    } catch (error) {
      found.problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (manifests.length === 0) found.problems.push(`There is no ${MANIFEST} in it.`);
  found.boards.sort((one, other) => compareNames(one.name, other.name));
  return found;
}

function contentAt(files: readonly FolderFile[], path: string): Blob | undefined {
  return files.find((file) => file.path === path)?.content;
}

async function parse(content: Blob): Promise<unknown> {
  if (content.size > MAX_MANIFEST_BYTES) throw new Error('it is no manifest of a board');
  try {
    return JSON.parse(await content.text());
  } catch {
    throw new Error('it is no JSON');
  }
}

function readBoard(manifest: unknown, contentOf: (name: string) => Blob | undefined): BoardImage {
  if (!isRecord(manifest)) throw new Error('it is no manifest of a board');
  const { name, version, builds } = manifest;
  const [build] = Array.isArray(builds) ? (builds as unknown[]) : [];
  if (typeof name !== 'string' || typeof version !== 'string' || !isRecord(build)) {
    throw new Error('it is no manifest of a board');
  }
  const { chipFamily, parts } = build;
  if (typeof chipFamily !== 'string' || !Array.isArray(parts) || parts.length === 0) {
    throw new Error('it names no parts');
  }
  return { name, version, chip: chipFamily, parts: parts.map((part) => readPart(part, contentOf)), manifest };
}

function readPart(part: unknown, contentOf: (name: string) => Blob | undefined): Part {
  if (!isRecord(part)) throw new Error('it names no parts');
  const { path, offset } = part;
  if (typeof path !== 'string' || typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0) {
    throw new Error('a part has no path, or no place in the flash');
  }
  const content = contentOf(path);
  if (!content) throw new Error(`${path} is missing beside it`);
  return { content, bytes: content.size, offset };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Addresses under which this page alone finds the manifest and what is here of the parts, and how to give them back. */
export function serveLocally(board: BoardImage): { manifest: string; release: () => void } {
  const made: string[] = [];
  const serve = (content: Blob): string => {
    const url = URL.createObjectURL(content);
    made.push(url);
    return url;
  };
  const parts = board.parts.map(({ content, offset }) => ({
    path: content instanceof Blob ? serve(content) : content.href,
    offset,
  }));
  const text = JSON.stringify({ ...board.manifest, builds: [{ chipFamily: board.chip, parts }] });
  const manifest = serve(new Blob([text], { type: 'application/json' }));
  return { manifest, release: () => made.forEach((url) => URL.revokeObjectURL(url)) };
}
