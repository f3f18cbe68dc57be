import { PageFrame } from '../pages/PageFrame';
import { NotificationsPanel } from '../push/NotificationsPanel';
import { returnedWords } from '../session/openid';
import { useVisit } from '../session/visit';
import { isolated } from '../ui/isolated';
import { BrowsersPanel } from './BrowsersPanel';
import { IdentitiesPanel } from './IdentitiesPanel';
import { PasswordPanel } from './PasswordPanel';
import { SecondFactorPanel } from './SecondFactorPanel';
import { TokensPanel } from './TokensPanel';

/** What somebody does with their own account. */
export default function AccountPage() {
  const { person, openid, returned } = useVisit();
  return (
    <PageFrame title="Your account" lead={`You sign in as ${isolated(person.name)}.`}>
      {returned && <p role="status">{returnedWords(returned, openid)}</p>}
      <PasswordPanel />
      {person.password && <SecondFactorPanel />}
      <IdentitiesPanel />
      <NotificationsPanel />
      <BrowsersPanel />
      <TokensPanel />
    </PageFrame>
  );
}
