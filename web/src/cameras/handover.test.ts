import { expect, test } from 'vitest';
import { cameraUri, curlCommand, sketch } from './handover';

const KEY = 'cam_0123456789abcdefghijklmnopqrst012345';

test('a QR code says where to send and with which key', () => {
  const uri = new URL(cameraUri('https://photos.example.org:8443', KEY));
  expect(uri.protocol).toBe('heliograph:');
  expect(uri.searchParams.get('server')).toBe('https://photos.example.org:8443');
  expect(uri.searchParams.get('key')).toBe(KEY);
});

test('a sketch trusts certificate authorities where there is TLS, and only there', () => {
  const secure = sketch('https://photos.example.org', KEY);
  expect(secure).toContain('"https://photos.example.org/upload"');
  expect(secure).toContain('client.setCACertBundle(');
  expect(secure).not.toContain('setInsecure');
  const plain = sketch('http://192.168.1.2:8080', KEY);
  expect(plain).toContain('"http://192.168.1.2:8080/upload"');
  expect(plain).not.toContain('Secure');
});

test('what stands in a sketch cannot leave its string', () => {
  expect(sketch('http://x', '"; evil(); //')).toContain('const char* KEY = "\\"; evil(); //";');
});

test('a command sends a picture', () => {
  expect(curlCommand('https://x', KEY)).toContain(`-H 'X-API-Key: ${KEY}' https://x/upload`);
});
