import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstViewBudget } from './vite.budget.ts';
import { programHints } from './vite.firstView.ts';
import { serviceWorker } from './vite.pwa.ts';

// Where `npm run dev` finds the server; the build talks to whoever served the page.
const server = process.env.HELIOGRAPH_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), programHints(), serviceWorker(), firstViewBudget()],
  build: {
    outDir: process.env.HELIOGRAPH_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    // The page's content policy allows no inline script, and older browsers only miss a preload hint.
    modulePreload: { polyfill: false },
    // What begins the page is one file, and so is the program: of many, a browser asks for six at a time, and waits for
    // each in turn.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'begin', tags: ['$initial'], priority: 2 },
            { name: 'react', test: /\/node_modules\/(react|react-dom|scheduler)\//, priority: 1 },
            { name: 'program', test: /\/src\/program\.tsx$/ },
            // What pages are made of.
            { name: 'shared', minShareCount: 3, test: /\/src\// },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/uploads', '/thumbnails', '/upload'].map((path) => [path, { target: server }]),
    ),
  },
  test: {
    // Most tests are of pure functions; the others ask for jsdom in their first line.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // A test that holds every hour of two years beside Intl takes seconds where others work beside it.
    testTimeout: 60_000,
    setupFiles: ['src/test-setup.ts'],
  },
});
