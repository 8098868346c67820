import { counted } from '../../base/words';
import type { Card } from '../../models/card';
import { isLineCard, type LineCard } from '../../models/lineCard';
import type { AnyNetwork } from '../../networks/parseAnyNetwork';
import { choiceOf, type NetworkChoice } from './networkChoices';

/** The network of a model, to train again or further: the preset that it is, or the model's own. */
export function modelNetwork(id: string, card: Card | LineCard): NetworkChoice {
  const network = networkOf(card);
  const own = { value: `model:${id}`, label: `${network.name} of ${card.name}` };
  return choiceOf(network, own, counted(card.parameters, 'parameter'));
}

function networkOf(card: Card | LineCard): AnyNetwork {
  if (isLineCard(card)) return card.network;
  const { name, network, preprocessing } = card;
  // an imported one may have layers that no network file knows: they are taken from the model itself
  return network ?? { name, input: [preprocessing.height, preprocessing.width, 1], layers: [] };
}
