import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Field } from './Field';
import { IconButton } from './IconButton';

interface Props {
  label: string;
  /** What a password manager offers: the one it knows, or one it makes up. */
  kind: 'current' | 'new';
  value: string;
  onChange: (value: string) => void;
}

const NEW_HINT = '12 characters or more. A few words in a row are easy to keep in mind.';

/** A password: hidden, and shown on request, so that it need not be typed twice. */
export function PasswordField({ label, kind, value, onChange }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={label}
      hint={kind === 'new' ? NEW_HINT : undefined}
      type={shown ? 'text' : 'password'}
      name={`${kind}-password`}
      autoComplete={`${kind}-password`}
      autoCapitalize="none"
      spellCheck={false}
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
      after={
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? 'Hide what is typed' : 'Show what is typed'}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
