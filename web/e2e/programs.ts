// Where the programs under test are.
import path from 'node:path';

export const BIN_DIR = path.resolve(
  process.env.HELIOGRAPH_BIN_DIR ?? path.join(import.meta.dirname, '../../build/release/bin'),
);
/** The build that BIN_DIR belongs to; the tests' own tools are in its tests/. */
export const BUILD_DIR = path.dirname(BIN_DIR);
