// Three weeks in an orchard: what the screens of the documentation show.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BIN_DIR } from '../e2e/programs';
import { TestServer, type TestCamera } from '../e2e/server';
import { AHEAD_MS } from './afternoon';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 21;
// A day in 24 pictures, one a second.
const PICTURES_A_DAY = 24;
const TIME_SCALE = 3600;
// Sent at once: enough to keep the server's committer busy.
const UPLOADS_AT_ONCE = 32;

/** A picture, and how long after midnight its sun stands: by the scene's clock, which is UTC, and by the page's here. */
interface Drawn {
  jpeg: Buffer<ArrayBuffer>;
  time_ms: number;
}

const PLACES = [
  'lat_e7=464530000, lon_e7=112580000',
  'lat_e7=464571000, lon_e7=112631000',
  'lat_e7=464498000, lon_e7=112664000',
  'lat_e7=464549000, lon_e7=112702000',
];

/** Cameras with a past: North orchard, Apiary, Weir, and Barn roof, whose battery is at its end. */
export async function plant(
  server: TestServer,
): Promise<Record<'orchard' | 'apiary' | 'weir' | 'barn', TestCamera>> {
  const cameras = {
    orchard: server.addCamera('North orchard'),
    apiary: server.addCamera('Apiary'),
    weir: server.addCamera('Weir'),
    barn: server.addCamera('Barn roof'),
  };
  const days = await Promise.all([1, 2, 3, 4].map(drawDay));
  const now = Date.now();
  // Days before today on which a camera sent nothing.
  const silent = [[8, 9], [], [14], [3]];
  for (const [n, camera] of Object.values(cameras).entries()) {
    const drawn = days[n] ?? [];
    const uploads = momentsOf(drawn, now, silent[n] ?? []).values();
    const send = async () => {
      for (const { at, jpeg } of uploads) await server.uploadFrom(camera, at, telemetryOf(n, at, now), jpeg);
    };
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, send));
  }
  return cameras;
}

/** One day of the drawn scene, by the camera's own program. */
async function drawDay(seed: number): Promise<Drawn[]> {
  const server = new TestServer({ login: false });
  const spool = mkdtempSync(path.join(tmpdir(), 'heliograph-screens-'));
  try {
    await server.start();
    const camera = server.addCamera('Easel');
    const begun = Date.now();
    const where = ['--server', server.url, '--key', camera.key, '--spool', spool, '--no-link'];
    const what = ['--size', '1024x768', '--seed', String(seed), '--time-scale', String(TIME_SCALE)];
    const often = ['--interval', '1', '--count', String(PICTURES_A_DAY)];
    await once(
      spawn(path.join(BIN_DIR, 'heliograph-cam'), [...where, ...what, ...often], { stdio: 'ignore' }),
      'exit',
    );
    const answer = await fetch(`${server.url}/api/v1/images?limit=${PICTURES_A_DAY}`);
    const { images } = (await answer.json()) as { images: { filename: string; captured_at: number }[] };
    return await Promise.all(
      images.map(async ({ filename, captured_at }) => ({
        jpeg: Buffer.from(await (await fetch(`${server.url}/uploads/${filename}`)).arrayBuffer()),
        time_ms: (begun + (captured_at - begun) * TIME_SCALE) % DAY_MS,
      })),
    );
  } finally {
    await server.remove();
    rmSync(spool, { recursive: true });
  }
}

/** How long after midnight, by the page's clock. */
const sinceMidnight = (at: number) => (at + AHEAD_MS) % DAY_MS;

function momentsOf(drawn: Drawn[], now: number, silent: readonly number[]) {
  const midnight = now - sinceMidnight(now);
  // One of this moment, or the clocks of all would seem to be behind.
  const since = ({ time_ms }: Drawn) => (sinceMidnight(now) - time_ms + DAY_MS) % DAY_MS;
  const last = [...drawn]
    .sort((one, other) => since(one) - since(other))
    .slice(0, 1)
    .map(({ jpeg }) => ({ at: now, jpeg }));
  return Array.from({ length: DAYS }, (_, ago) => ago)
    .filter((ago) => !silent.includes(ago))
    .flatMap((ago) => drawn.map(({ jpeg, time_ms }) => ({ at: midnight - ago * DAY_MS + time_ms, jpeg })))
    .filter(({ at }) => at < now)
    .concat(last)
    .sort((one, other) => one.at - other.at);
}

/** A battery that the sun fills, and air that it warms; the last camera's runs down. */
function telemetryOf(camera: number, at: number, now: number): string {
  const sun = Math.max(0, Math.sin((sinceMidnight(at) / DAY_MS) * 2 * Math.PI - Math.PI / 2));
  const weak = camera === 3 ? ((DAYS - (now - at) / DAY_MS) / DAYS) * 500 : 0;
  const battery = Math.round(3_850 + sun * 250 - weak);
  const facts = [`battery_mv=${battery}`, `rssi_dbm=${-60 - camera * 9 - Math.round(sun * 4)}`];
  facts.push(
    `temperature_mc=${Math.round(8_000 + sun * 14_000 + camera * 700)}`,
    `solar_mv=${Math.round(sun * 5_800)}`,
  );
  const place = PLACES[camera];
  if (place !== undefined) facts.push(place);
  return facts.join(', ');
}
