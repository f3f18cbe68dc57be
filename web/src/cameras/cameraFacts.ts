// What is said of a camera in the list of them. Pure.
import type { Camera } from '../api/gallery';
import { momentWords, numberWords } from '../time/words';

export function cameraFacts({ image_count, last_image, plain_http, may_roam, suspect_at }: Camera): string[] {
  const pictures = image_count === 1 ? '1 picture' : `${numberWords(image_count)} pictures`;
  const last = last_image === null ? 'none yet' : `last ${momentWords(last_image.captured_at)}`;
  const facts = [`${pictures} · ${last}`];
  if (suspect_at !== null) {
    facts.push(
      `Its key was seen in two places at once, ${momentWords(suspect_at)}: what it sends is kept in quarantine`,
    );
  }
  const allowed = [
    ...(plain_http ? ['may send its key without TLS'] : []),
    ...(may_roam ? ['may send from several places'] : []),
  ];
  if (allowed.length > 0) facts.push(allowed.join(' · '));
  return facts;
}
