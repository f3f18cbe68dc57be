import { CameraOff, Lock } from 'lucide-react';
import { ButtonLink } from '../ui/ButtonLink';
import { Empty } from '../ui/Empty';
import { PageFrame } from './PageFrame';

const WORDS = {
  'no cameras': {
    icon: CameraOff,
    title: 'No camera for you yet',
    lead: 'Your account is there, but nobody has said yet which cameras you may see. Ask whoever invited you.',
  },
  'not for viewers': {
    icon: Lock,
    title: 'Only for operators',
    lead: 'Your account may see pictures, but not share them. An administrator can change that.',
  },
  'not for you': {
    icon: Lock,
    title: 'Only for administrators',
    lead: 'Your account may see pictures. An administrator can change that.',
  },
};

/** For somebody who was let in, but to nothing that stands at this address. */
export default function NothingHere({ why }: { why: keyof typeof WORDS }) {
  const { title, lead, icon } = WORDS[why];
  return (
    <PageFrame title={title}>
      <Empty icon={icon} action={why !== 'no cameras' && <ButtonLink href="/">To the pictures</ButtonLink>}>
        {lead}
      </Empty>
    </PageFrame>
  );
}
