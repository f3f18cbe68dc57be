import { PageFrame } from '../pages/PageFrame';
import { useVisit } from '../session/visit';
import { BrowsersPanel } from './BrowsersPanel';
import { PasswordPanel } from './PasswordPanel';
import { SecondFactorPanel } from './SecondFactorPanel';
import { TokensPanel } from './TokensPanel';

/** What somebody does with their own account. */
export default function AccountPage() {
  const { person } = useVisit();
  return (
    <PageFrame title="Your account" lead={`You sign in as ${person.name}.`}>
      <PasswordPanel />
      <SecondFactorPanel />
      <BrowsersPanel />
      <TokensPanel />
    </PageFrame>
  );
}
