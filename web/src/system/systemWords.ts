// How the server is, in words, with what needs somebody first. Pure.
import type { System } from '../api/system';
import { roomWords } from '../storage/storageWords';
import { momentWords, numberWords, pictureWords, spanWords } from '../time/words';
import { DAY_MS } from '../time/zone';

/** `trouble`: something is lost, or will be soon; `care`: somebody should look; `well`. */
export type Grade = 'trouble' | 'care' | 'well';

export interface Sign {
  name: string;
  grade: Grade;
  /** How it stands. */
  words: string;
  /** What is known besides. */
  facts: string[];
}

// Renewal begins a third of a certificate's life before its end: what is left below this was not renewed.
const CERTIFICATE_CARE_MS = 14 * DAY_MS;
const CERTIFICATE_TROUBLE_MS = 3 * DAY_MS;
// A question takes a millisecond; what is felt as waiting begins here.
const SLOW_ANSWER_MS = 500;
// What the job runner makes in a few minutes.
const MANY_JOBS = 5_000;

function ready({ problem }: System): Sign {
  return problem === null
    ? { name: 'Pictures', grade: 'well', words: 'Can be stored', facts: [] }
    : { name: 'Pictures', grade: 'trouble', words: `Cannot be stored: ${problem}`, facts: [] };
}

function disk({ disk: { level, free_bytes, size_bytes, reserve_bytes } }: System): Sign {
  const facts = [
    `Of ${roomWords(size_bytes)}; uploads may not reach into the last ${roomWords(reserve_bytes)}`,
  ];
  const free = `${roomWords(free_bytes)} free`;
  switch (level) {
    case 'plenty':
      return { name: 'Disk', grade: 'well', words: free, facts };
    case 'low':
      return { name: 'Disk', grade: 'care', words: `Only ${free}: retention runs early`, facts };
    case 'reserve':
      return { name: 'Disk', grade: 'trouble', words: `Full but for its reserve: ${free}`, facts };
  }
}

function database({ database: { engine, size_bytes, answer_ms } }: System): Sign {
  const name = 'Database';
  const where = engine === 'sqlite' ? 'SQLite, in the data directory' : 'PostgreSQL';
  const facts = [size_bytes === null ? where : `${where}: ${roomWords(size_bytes)}`];
  if (answer_ms === null) return { name, grade: 'trouble', words: 'Does not answer', facts };
  const words = answer_ms < 1 ? 'Answers at once' : `Answered in ${numberWords(answer_ms)} ms`;
  return { name, grade: answer_ms < SLOW_ANSWER_MS ? 'well' : 'care', words, facts };
}

function committer({ pictures }: System): Sign {
  const { stored, repeats, refused, failed, commits, waiting_bytes, waiting_bodies, in_hand } = pictures;
  const sums = [
    `${pictureWords(stored)} stored, ${numberWords(repeats)} repeats, ${numberWords(refused)} refused`,
    ...(commits > 0 ? [`${(stored / commits).toFixed(1)} pictures to each sync of the disk`] : []),
    `${numberWords(in_hand)} uploads in hand, ${roomWords(waiting_bytes)} wait for the disk`,
  ];
  const name = 'Uploads';
  if (failed > 0)
    return { name, grade: 'care', words: `${numberWords(failed)} failed since the start`, facts: sums };
  if (waiting_bodies > 0) {
    return { name, grade: 'care', words: 'More comes than the disk takes: uploads wait', facts: sums };
  }
  return { name, grade: 'well', words: 'The disk keeps up', facts: sums };
}

function jobs({ jobs: known }: System): Sign {
  const name = 'Jobs';
  if (!known) return { name, grade: 'care', words: 'Not known', facts: [] };
  const { waiting, given_up } = known;
  if (given_up > 0) {
    return {
      name,
      grade: 'care',
      words: `${numberWords(given_up)} given up`,
      facts: [
        `${numberWords(waiting)} wait`,
        '“heliograph fsck” queues the thumbnails anew that are missing',
      ],
    };
  }
  const words = waiting === 0 ? 'Nothing waits' : `${numberWords(waiting)} wait`;
  return {
    name,
    grade: waiting > MANY_JOBS ? 'care' : 'well',
    words,
    facts: ['Thumbnails of what has come'],
  };
}

function certificate({ certificate_ends_at: ends, now }: System): Sign {
  const name = 'Certificate';
  if (ends === null) {
    return {
      name,
      grade: 'well',
      words: 'None: this server speaks plain HTTP',
      facts: ['Behind a proxy, look there'],
    };
  }
  const left = ends - now;
  const facts = [`Until ${momentWords(ends)}`];
  if (left <= 0) return { name, grade: 'trouble', words: 'Has expired', facts };
  const words = `Good for ${spanWords(left)}`;
  if (left < CERTIFICATE_TROUBLE_MS) return { name, grade: 'trouble', words, facts };
  return { name, grade: left < CERTIFICATE_CARE_MS ? 'care' : 'well', words, facts };
}

function retention({ retention: { images, bytes, passes, failures } }: System): Sign {
  const name = 'Retention';
  const facts = [
    `Looked ${numberWords(passes)} times, removed ${pictureWords(images)} (${roomWords(bytes)})`,
  ];
  return failures === 0
    ? { name, grade: 'well', words: 'Works', facts }
    : { name, grade: 'care', words: `Broken off ${numberWords(failures)} times`, facts };
}

function people({ http, live }: System): Sign {
  const facts = [
    `${numberWords(http.connections)} connections, ${numberWords(live.links)} cameras linked, ${numberWords(live.watchers)} watched`,
    `${numberWords(http.requests)} requests; ${numberWords(http.timeouts)} connections were too slow`,
  ];
  const name = 'Requests';
  return http.server_errors === 0
    ? { name, grade: 'well', words: 'No fault of the server', facts }
    : { name, grade: 'care', words: `${numberWords(http.server_errors)} failed by a fault here`, facts };
}

const GRADES: readonly Grade[] = ['trouble', 'care', 'well'];

/** What needs somebody comes first. */
export function signsOf(system: System): Sign[] {
  const all = [ready, disk, database, committer, jobs, certificate, retention, people].map((of) =>
    of(system),
  );
  return all.sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade));
}

/** "All is well", "2 things need you", "1 thing needs you". */
export function summaryWords(signs: readonly Sign[]): string {
  const count = signs.filter(({ grade }) => grade !== 'well').length;
  if (count === 0) return 'All is well';
  return count === 1 ? '1 thing needs you' : `${count} things need you`;
}

/** "Version 1.2.0, up for 3 days, 31.4 MB of memory". */
export function runningWords({ version, uptime_s, memory_bytes }: System): string {
  return `Version ${version}, up for ${spanWords(uptime_s * 1000)}, ${roomWords(memory_bytes)} of memory`;
}
