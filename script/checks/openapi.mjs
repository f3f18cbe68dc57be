// Holds api/openapi.yaml against Redocly's recommended rules; a warning is an error.
import { createRequire } from 'node:module';

// The linter that the generator of the dashboard's types is built on, so that there is one opinion.
const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { createConfig, formatProblems, getTotals, lint } = createRequire(web.resolve('openapi-typescript'))(
  '@redocly/openapi-core',
);

const config = await createConfig({
  extends: ['recommended-strict'],
  rules: {
    'no-path-trailing-slash': 'off', // Obico's clients ask for one
    'operation-4xx-response': 'off', // a GET without parameters has nothing to refuse
  },
});
const problems = await lint({ ref: 'api/openapi.yaml', config });
if (problems.length > 0) {
  formatProblems(problems, { format: 'codeframe', totals: getTotals(problems) });
  process.exitCode = 1;
}
