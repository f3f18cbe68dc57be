import { Link } from 'wouter';
import styles from './NothingHere.module.css';
import { PageFrame } from './PageFrame';

const WORDS = {
  'no cameras': {
    title: 'No camera for you yet',
    lead: 'Your account is there, but nobody has said yet which cameras you may see. Ask whoever invited you.',
  },
  'not for viewers': {
    title: 'Only for operators',
    lead: 'Your account may see pictures, but not share them. An administrator can change that.',
  },
  'not for you': {
    title: 'Only for administrators',
    lead: 'Your account may see pictures. An administrator can change that.',
  },
};

/** For somebody who was let in, but to nothing that stands at this address. */
export default function NothingHere({ why }: { why: keyof typeof WORDS }) {
  const { title, lead } = WORDS[why];
  return (
    <PageFrame title={title}>
      <p className={styles.lead}>{lead}</p>
      {why !== 'no cameras' && (
        <Link href="/" className={styles.link ?? ''}>
          To the pictures
        </Link>
      )}
    </PageFrame>
  );
}
