// What cameras are told, and what they say to it.
import { dataOf, client } from './http';
import type { components } from './schema.gen';

export type Command = components['schemas']['Command'];
export type CommandName = components['schemas']['CommandName'];
export type CameraSettings = components['schemas']['CameraSettings'];
export type Setting = components['schemas']['Setting'];
export type SettingValues = components['schemas']['SettingValues'];

export async function fetchCommands(id: string, signal: AbortSignal): Promise<Command[]> {
  const path = { id };
  return dataOf(await client.GET('/api/v1/cameras/{id}/commands', { params: { path }, signal })).commands;
}

export async function sendCommand(id: string, name: CommandName, expires_in_ms: number): Promise<Command> {
  const path = { id };
  return dataOf(
    await client.POST('/api/v1/cameras/{id}/commands', { params: { path }, body: { name, expires_in_ms } }),
  );
}

export async function fetchSettings(id: string, signal: AbortSignal): Promise<CameraSettings> {
  return dataOf(await client.GET('/api/v1/cameras/{id}/settings', { params: { path: { id } }, signal }));
}

/** Fails when somebody else has changed them since that version. */
export async function setSettings(
  id: string,
  version: number,
  values: SettingValues,
): Promise<CameraSettings> {
  return dataOf(
    await client.PUT('/api/v1/cameras/{id}/settings', {
      params: { path: { id }, header: { 'If-Match': `"${version}"` } },
      body: { values },
    }),
  );
}
