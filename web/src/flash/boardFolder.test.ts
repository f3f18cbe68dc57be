import { describe, expect, it, vi } from 'vitest';
import { findBoards, serveLocally, type FolderFile } from './boardFolder';

const MANIFEST = {
  name: 'Heliograph camera, t_sim7600',
  version: '0.1.0',
  new_install_prompt_erase: true,
  builds: [
    {
      chipFamily: 'ESP32',
      parts: [
        { path: 'bootloader.bin', offset: 0x1000 },
        { path: 'heliograph-esp32.bin', offset: 0x10000 },
      ],
    },
  ],
};

function file(path: string, content: string): FolderFile {
  return { path, content: new Blob([content]) };
}

function folder(name: string, manifest: unknown = MANIFEST): FolderFile[] {
  return [
    file(`${name}/manifest.json`, JSON.stringify(manifest)),
    file(`${name}/bootloader.bin`, 'boot'),
    file(`${name}/heliograph-esp32.bin`, 'program'),
  ];
}

describe('findBoards', () => {
  it('finds the board of a folder, or several in folders of their own', async () => {
    const s3 = { ...MANIFEST, name: 'Heliograph camera, freenove_s3' };
    const { boards, problems } = await findBoards([...folder('dist/a'), ...folder('dist/b', s3)]);
    expect(problems).toEqual([]);
    expect(boards.map(({ name }) => name)).toEqual([s3.name, MANIFEST.name]);
    expect(boards[1]).toMatchObject({ version: '0.1.0', chip: 'ESP32' });
    expect(boards[1]?.parts.map(({ offset, bytes }) => [offset, bytes])).toEqual([
      [0x1000, 4],
      [0x10000, 7],
    ]);
  });

  it.each([
    ['nothing', [], 'There is no manifest.json in it.'],
    ['pictures', [file('x/1.jpg', 'x')], 'There is no manifest.json in it.'],
    ['no JSON', [file('manifest.json', '{')], 'manifest.json: it is no JSON'],
    ['another manifest', [file('manifest.json', '{"name":"app"}')], 'it is no manifest of a board'],
    ['something large', [file('manifest.json', ' '.repeat(70_000))], 'it is no manifest of a board'],
    ['a missing part', folder('a').slice(0, 2), 'a/manifest.json: heliograph-esp32.bin is missing beside it'],
    [
      'no parts',
      folder('a', { ...MANIFEST, builds: [{ chipFamily: 'ESP32', parts: [] }] }),
      'it names no parts',
    ],
    [
      'a part elsewhere',
      folder('a', { ...MANIFEST, builds: [{ chipFamily: 'ESP32', parts: [{ path: 'x', offset: -1 }] }] }),
      'no place in the flash',
    ],
  ])('says what is wrong: %s', async (_, files, said) => {
    const { boards, problems } = await findBoards(files);
    expect(boards).toEqual([]);
    expect(problems.join()).toContain(said);
  });

  it('does not look for parts in other folders', async () => {
    const [manifest, ...parts] = folder('a');
    const moved = parts.map(({ path, content }) => ({ path: path.replace('a/', 'b/'), content }));
    const { problems } = await findBoards(manifest ? [manifest, ...moved] : moved);
    expect(problems.join()).toContain('bootloader.bin is missing beside it');
  });
});

describe('serveLocally', () => {
  it('names the parts by addresses of this page, and gives them back', async () => {
    const made: Blob[] = [];
    const revoked: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:here/${made.push(blob as Blob)}`);
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void revoked.push(url));
    const [board] = (await findBoards(folder('a'))).boards;
    if (!board) throw new Error('there is no board');
    const { manifest, release } = serveLocally(board);
    expect(manifest).toBe('blob:here/3');
    expect(JSON.parse((await made[2]?.text()) ?? '')).toEqual({
      ...MANIFEST,
      builds: [
        {
          chipFamily: 'ESP32',
          parts: [
            { path: 'blob:here/1', offset: 0x1000 },
            { path: 'blob:here/2', offset: 0x10000 },
          ],
        },
      ],
    });
    release();
    expect(revoked.sort()).toEqual(['blob:here/1', 'blob:here/2', 'blob:here/3']);
  });
});
