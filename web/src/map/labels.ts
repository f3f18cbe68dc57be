// Which names on the map can be read, where marks stand close. Pure.

export type Box = Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;

/** A mark, and its name below it. */
export interface Labelled {
  mark: Box;
  label: Box;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Of each, whether its name lies on no other mark, and on no name before it: the first are the most wanted. */
export function readable(all: readonly Labelled[]): boolean[] {
  const taken: Box[] = [];
  return all.map((one) => {
    const marks = all.filter((other) => other !== one).map(({ mark }) => mark);
    const free = ![...marks, ...taken].some((box) => overlap(box, one.label));
    if (free) taken.push(one.label);
    return free;
  });
}
