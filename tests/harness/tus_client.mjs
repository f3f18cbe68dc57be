// A camera that leaves the protocol to tus-js-client, the field's own client. For test_tus_client.py.
//
// usage: node tus_client.mjs upload ENDPOINT KEY FILE SEQUENCE CHUNK_BYTES DATA_IN_POST
//        node tus_client.mjs terminate URL KEY
//
// Prints what happened as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const tus = require('tus-js-client');

const [verb, address, key, file, sequence, chunkBytes, dataInPost] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}` };
const told = { answers: [], image: null, url: null };

if (verb === 'terminate') {
  await tus.Upload.terminate(address, { headers });
} else {
  await new Promise((resolve, reject) => {
    const upload = new tus.Upload(readFileSync(file), {
      endpoint: address,
      chunkSize: Number(chunkBytes),
      uploadDataDuringCreation: dataInPost === 'True',
      retryDelays: [0, 50, 100, 200, 400],
      headers,
      metadata: { boot: 'tus-js', sequence, filename: 'x.jpg' },
      onAfterResponse: (request, response) => {
        told.answers.push(`${request.getMethod()} ${response.getStatus()}`);
        told.image = response.getHeader('Heliograph-Image') ?? told.image;
      },
      onError: reject,
      onSuccess: () => resolve((told.url = upload.url)),
    });
    upload.start();
  });
}
console.log(JSON.stringify(told));
