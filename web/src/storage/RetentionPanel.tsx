import { useState } from 'react';
import type { Retention, RetentionRule } from '../api/retention';
import { useCameras } from '../gallery/useAlbum';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { Awaited } from '../ui/Awaited';
import { Button } from '../ui/Button';
import { Choice } from '../ui/Choice';
import { isolated } from '../ui/isolated';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { RuleDialog } from './RuleDialog';
import { NO_RULE, ofEach, ruleWords } from './rules';
import { useRetention } from './useStorage';

interface Task {
  /** Undefined: the rule of all. */
  camera: { id: string; name: string } | undefined;
  rule: RetentionRule;
}

const CHOOSE = '';

/** How long pictures are kept: of all cameras, and of those that have a rule of their own. */
export function RetentionPanel() {
  const { person } = useVisit();
  const retention = useRetention();
  const { data } = retention;
  const [task, setTask] = useState<Task>();
  const mayChange = mayAdminister(person);
  return (
    <Panel
      title="What is kept"
      lead="Starred pictures are never removed. A new rule takes effect after ten minutes."
    >
      <Awaited query={retention} what="the rules">
        {(known) => (
          <Rows label="Rules">
            <Row name="All cameras" facts={[`Keeps ${ruleWords(known.rule ?? NO_RULE)}`]}>
              {mayChange && (
                <Button
                  aria-label="Change the rule of all cameras"
                  onClick={() => setTask({ camera: undefined, rule: known.rule ?? NO_RULE })}
                >
                  Change
                </Button>
              )}
            </Row>
            {known.cameras.map(({ id, name, rule }) => (
              <Row key={id} name={name} mark="its own" facts={[`Keeps ${ruleWords(rule)}`]}>
                {mayChange && (
                  <Button
                    aria-label={`Change the rule of ${isolated(name)}`}
                    onClick={() => setTask({ camera: { id, name }, rule })}
                  >
                    Change
                  </Button>
                )}
              </Row>
            ))}
          </Rows>
        )}
      </Awaited>
      {data && mayChange && <Another known={data} onChoose={setTask} />}
      {task && data && <RuleDialog {...task} common={ofEach(data.rule)} onClose={() => setTask(undefined)} />}
    </Panel>
  );
}

/** A camera gets a rule of its own: it begins as the one that holds for it now. */
function Another({ known, onChoose }: { known: Retention; onChoose: (task: Task) => void }) {
  const cameras = useCameras();
  const others = (cameras.data ?? []).filter(({ id }) => !known.cameras.some((one) => one.id === id));
  if (others.length === 0) return null;
  const rule = ofEach(known.rule);
  return (
    <Choice
      beside="row"
      label="A rule of its own for"
      value={CHOOSE}
      options={[
        { value: CHOOSE, label: 'Choose a camera', unset: true },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(id) => {
        const camera = others.find((one) => one.id === id);
        if (camera) onChoose({ camera, rule });
      }}
    />
  );
}
