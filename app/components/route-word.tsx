import { Icon } from '@shopify/polaris';
import { SmileyHappyIcon, SmileyNeutralIcon, SmileySadIcon } from '@shopify/polaris-icons';
import { routeLabel } from './words.ts';

const FACES: Record<string, typeof SmileySadIcon> = {
  low: SmileySadIcon,
  middle: SmileyNeutralIcon,
  high: SmileyHappyIcon,
};

/** Where an answer leads: a face and a word, so that no colour has to be told apart. */
export function RouteWord({ route }: { route: string }) {
  const face = FACES[route];
  return (
    <span className="ac-route">
      {face && (
        <span aria-hidden="true">
          <Icon source={face} />
        </span>
      )}
      {routeLabel(route)}
    </span>
  );
}
