import type { Link } from '../api/people';
import { invitationUrl } from '../session/secretLink';
import { momentWords } from '../time/words';
import { ShownOnce } from '../ui/ShownOnce';
import { isolated } from '../ui/isolated';

export function LinkToSend({ link, onDone }: { link: Link; onDone: () => void }) {
  const { person, token, expires_at } = link;
  return (
    <ShownOnce
      lead={`Send this link to ${isolated(person.name)}. It is shown only now, works once, and until ${momentWords(expires_at)}.`}
      secret={invitationUrl(token)}
      what="link"
      onDone={onDone}
    />
  );
}
