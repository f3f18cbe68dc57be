// How a camera's pictures are looked at: turned, and lighter or darker. The pictures themselves stay as they are. Pure.
import type { Size } from '../gallery/useSize';

export interface Adjustments {
  /** Quarter turns, clockwise: 0 to 3. */
  readonly turns: number;
  /** Per cent of what the picture has. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
}

export const AS_TAKEN: Adjustments = { turns: 0, brightness: 100, contrast: 100, saturation: 100 };

export const TONES = ['brightness', 'contrast', 'saturation'] as const;
export type Tone = (typeof TONES)[number];

// Half of it to find what is burnt out, three times for what hides in the dark; beyond it there is only noise.
export const TONE_MIN = 0;
export const TONE_MAX = 300;

export function areAsTaken(adjustments: Adjustments): boolean {
  return adjustments.turns === 0 && filterOf(adjustments) === 'none';
}

/** As CSS and a canvas take it. */
export function filterOf({ brightness, contrast, saturation }: Adjustments): string {
  const parts = [
    brightness === 100 ? '' : `brightness(${brightness}%)`,
    contrast === 100 ? '' : `contrast(${contrast}%)`,
    saturation === 100 ? '' : `saturate(${saturation}%)`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'none' : parts.join(' ');
}

export function turned(adjustments: Adjustments): Adjustments {
  return { ...adjustments, turns: (adjustments.turns + 1) % 4 };
}

/** Width and height as they are seen. */
export function turnedSize({ width, height }: Size, turns: number): Size {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** What `JSON.stringify` made of it; whatever else stands there is as taken. */
export function readAdjustments(text: string | undefined): Adjustments {
  let read: unknown;
  try {
    read = JSON.parse(text ?? 'null');
  } catch {
    return AS_TAKEN;
  }
  if (typeof read !== 'object' || read === null) return AS_TAKEN;
  const { turns, ...tones } = { ...AS_TAKEN, ...read };
  const isTurn = Number.isInteger(turns) && turns >= 0 && turns < 4;
  const isTone = (value: unknown) => typeof value === 'number' && value >= TONE_MIN && value <= TONE_MAX;
  if (!isTurn || !TONES.every((tone) => isTone(tones[tone]))) return AS_TAKEN;
  return { turns, brightness: tones.brightness, contrast: tones.contrast, saturation: tones.saturation };
}
