// Every key that does something, by where it does it: the sheet shows them, and the pages listen. Pure.
import { PLACE_NAMES, PLACES } from '../nav/places';

export interface Shortcut {
  keys: readonly string[];
  action: string;
  /** Pressed one after the other, and not one of them. */
  inTurn?: boolean;
}

export const SHORTCUTS: readonly { where: string; keys: readonly Shortcut[] }[] = [
  {
    where: 'Pictures',
    keys: [
      { keys: ['←', '→', '↑', '↓'], action: 'Go from picture to picture' },
      { keys: ['Page Up', 'Page Down'], action: 'A screen at a time' },
      { keys: ['Home', 'End'], action: 'Newest, oldest' },
      { keys: ['Enter'], action: 'Open the picture' },
      { keys: ['D'], action: 'Go to a day' },
      { keys: ['X'], action: 'Select the picture' },
      { keys: ['Shift'], action: 'With an arrow or a click: select up to there' },
      { keys: ['Esc'], action: 'Select nothing' },
    ],
  },
  {
    where: 'One picture',
    keys: [
      { keys: ['←', '→'], action: 'Newer, older' },
      { keys: ['+', '−'], action: 'Zoom' },
      { keys: ['0', '1'], action: 'As it fits, pixel by pixel' },
      { keys: ['I'], action: 'What is known of it' },
      { keys: ['A'], action: 'Adjust how it looks' },
      { keys: ['R'], action: 'Turn it' },
      { keys: ['B'], action: 'Boxes of what was found' },
      { keys: ['S'], action: 'Give it a star, or take it away' },
      { keys: ['Delete'], action: 'Move it to the trash' },
      { keys: ['F'], action: 'Full screen' },
      { keys: ['Esc'], action: 'Back to the pictures' },
    ],
  },
  {
    where: 'Map',
    keys: [
      { keys: ['←', '→', '↑', '↓'], action: 'Move the map' },
      { keys: ['+', '−'], action: 'Zoom' },
      { keys: ['Enter'], action: 'Open the mark' },
    ],
  },
  {
    where: 'Wall',
    keys: [
      { keys: ['←', '→'], action: 'Page before, next page' },
      { keys: ['F'], action: 'Full screen' },
    ],
  },
  {
    where: 'Go to',
    keys: PLACE_NAMES.flatMap((place) => {
      const { key, label } = PLACES[place];
      return key === undefined ? [] : { keys: ['G', key.toUpperCase()], action: label, inTurn: true };
    }),
  },
  {
    where: 'Anywhere',
    keys: [
      { keys: ['F8'], action: 'Go to the newest message' },
      { keys: ['Esc'], action: 'Close what is open' },
      { keys: ['?'], action: 'Show or hide this sheet' },
    ],
  },
];
