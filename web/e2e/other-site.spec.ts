// What a page of another site can do with the browser of somebody who is signed in: nothing.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signIn } from './entrance';
import { expect, test } from './test';

test.use({ login: true });

/** A site of its own, with an empty page. */
async function anotherSite(): Promise<Server> {
  const site = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<title>Evil'),
  );
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  return site;
}

// To a browser, another port of the same host is another origin but the same site: it sends the cookie along. Another
// name is another site.
for (const host of ['127.0.0.1', 'localhost']) {
  test(`a page at ${host} changes nothing and reads nothing`, async ({ server, gallery, owner }) => {
    const { page } = gallery;
    const camera = server.addCamera('North orchard');
    await signIn(page, server.url, 'owner');
    const site = await anotherSite();
    try {
      const evil = await page.context().newPage();
      await evil.goto(`http://${host}:${(site.address() as AddressInfo).port}/`);

      let sent = 0;
      evil.on('request', (request) => {
        if (request.url().startsWith(server.url)) sent += 1;
      });
      const fetched = await evil.evaluate(
        async ([url, id]) => {
          const attempts: [method: string, path: string, type: string, body: string | undefined][] = [
            ['POST', '/api/v1/groups', 'text/plain', '{"name":"Evil"}'],
            ['POST', '/api/v1/groups', 'application/json', '{"name":"Evil"}'],
            [
              'POST',
              '/api/v1/people',
              'text/plain',
              '{"name":"evil","grants":[{"group":null,"role":"administrator"}]}',
            ],
            ['PUT', `/api/v1/cameras/${id}/group`, 'application/json', '{"group":null}'],
            ['DELETE', '/api/v1/session', 'text/plain', undefined],
            ['DELETE', '/api/v1/sessions', 'text/plain', undefined],
            ['GET', '/api/v1/people', 'text/plain', undefined],
          ];
          const answers: string[] = [];
          for (const [method, path, type, body] of attempts) {
            for (const mode of ['cors', 'no-cors'] as const) {
              try {
                const answer = await fetch(`${url}${path}`, {
                  method,
                  mode,
                  credentials: 'include',
                  headers: { 'Content-Type': type },
                  ...(body !== undefined && { body }),
                });
                answers.push(`${method} ${path}: ${answer.type}`);
              } catch {
                answers.push('refused');
              }
            }
          }
          return answers;
        },
        [server.url, camera.id] as const,
      );
      // Some need no leave to be sent; what came back could not be looked at.
      expect(sent).toBeGreaterThanOrEqual(3);
      expect(fetched.filter((answer) => !/^refused$|: opaque$/.test(answer))).toEqual([]);

      // Forms, which need no leave to be sent: of every kind that a form has. The last path takes no body.
      const { person } = await owner.get<{ person: { id: string } }>('/api/v1/session');
      const paths = ['/api/v1/groups', '/api/v1/session', `/api/v1/people/${person.id}/link`];
      await evil.evaluate(
        async (actions) => {
          for (const action of actions) {
            for (const enctype of [
              'text/plain',
              'application/x-www-form-urlencoded',
              'multipart/form-data',
            ]) {
              const frame = document.createElement('iframe');
              frame.name = `${enctype} to ${action}`;
              document.body.append(frame);
              const form = document.createElement('form');
              Object.assign(form, { method: 'POST', action, enctype, target: frame.name });
              const field = document.createElement('input');
              // As text/plain this is sent as {"name":"Evil","x":"="}.
              Object.assign(field, { name: '{"name":"Evil","x":"', value: '"}' });
              if (!action.endsWith('/link')) form.append(field);
              document.body.append(form);
              const answered = new Promise((done) => frame.addEventListener('load', done));
              form.submit();
              await answered;
            }
          }
        },
        paths.map((path) => `${server.url}${path}`),
      );
      const { entries } = await owner.get<{ entries: { action: string }[] }>('/api/v1/audit');
      expect(entries.map(({ action }) => action)).toEqual(['sign-in', 'sign-in', 'person-added']);
      expect((await owner.get<{ groups: unknown[] }>('/api/v1/groups')).groups).toEqual([]);
      expect((await owner.get<{ people: unknown[] }>('/api/v1/people')).people).toHaveLength(1);
      expect((await owner.get<{ sessions: unknown[] }>('/api/v1/sessions')).sessions).toHaveLength(2);
      // And the same from a page of ours works: what was refused was refused for where it came from.
      await page.goto(`${server.url}/?page=people`);
      await page.getByRole('button', { name: 'Make a group' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Farm');
      await page.getByRole('button', { name: 'Make it' }).click();
      await expect(page.getByRole('list', { name: 'Groups' })).toContainText('Farm');
    } finally {
      site.close();
    }
  });
}
