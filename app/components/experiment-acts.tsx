import { Modal } from '@shopify/polaris';
import type { Dimension } from '../domain/experiments/experiment.ts';

export type ExperimentAct = 'start' | 'stop' | 'adopt' | 'discard';

const TITLES: Record<ExperimentAct, string> = {
  start: 'Start this experiment?',
  stop: 'Stop this experiment?',
  adopt: 'Do this for everybody?',
  discard: 'Delete this draft?',
};
export const ACT_LABELS: Record<ExperimentAct, string> = {
  start: 'Start',
  stop: 'Stop',
  adopt: 'Adopt the winner',
  discard: 'Delete',
};

const ADOPTED: Record<Dimension, string> = {
  timing:
    'The days of this survey in the settings become those of the winner. An hour that it has becomes the hour of all surveys.',
  channel: '',
  wording:
    'The winning survey is asked first from now on. If it is the preset, your own surveys of this kind are archived; you can restore them.',
  incentive:
    'The winning survey is asked first from now on. If it is the preset, your own surveys of this kind are archived; you can restore them.',
};

/** Asks before an act that changes what customers get, or that cannot be taken back. */
export function ExperimentActDialog(props: {
  act: ExperimentAct | null;
  dimension: Dimension;
  /** As it is called in a sentence: the winner. */
  winner: string | null;
  final: boolean;
  busy: boolean;
  onClose: () => void;
  onAct: (act: ExperimentAct) => void;
}) {
  const { act, busy, onClose, onAct } = props;
  return (
    <Modal
      open={act !== null}
      onClose={onClose}
      title={act ? TITLES[act] : ''}
      primaryAction={{
        content: act ? ACT_LABELS[act] : '',
        destructive: act === 'discard',
        loading: busy,
        onAction: () => act && onAct(act),
      }}
      secondaryActions={[{ content: 'Cancel', onAction: onClose }]}
    >
      <Modal.Section>
        <p>{act ? consequence(act, props) : ''}</p>
      </Modal.Section>
    </Modal>
  );
}

/** What follows from an act, before it is confirmed. */
function consequence(
  act: ExperimentAct,
  { dimension, winner, final }: { dimension: Dimension; winner: string | null; final: boolean },
): string {
  switch (act) {
    case 'start':
      return 'Surveys that are planned from now on take part; those that wait already are sent as before. How many count per arm is fixed now.';
    case 'stop':
      return `Nobody new takes part; whose survey waits already is treated as planned. ${final ? 'The result stays.' : 'There will be no result: the planned number is not reached.'}`;
    case 'adopt':
      return `“${winner ?? ''}” is done for everybody. ${ADOPTED[dimension]} The experiment ends.`;
    case 'discard':
      return 'The draft is deleted for good. Nobody took part in it.';
  }
}
