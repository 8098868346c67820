import path from 'node:path';
import { PlaceTexts } from '../../../../src/engine/recognition/placeTexts';
import type { Place } from '../../../../src/protocol/engine/recognition';

/** A place of which nothing is known. */
export const NOWHERE: Place = { before: '', after: '', language: '', offered: [], given: [], elsewhere: [] };

/** What is likely there, by the models that ship with Scrawl. */
export const likelyNowhere = () => new PlaceTexts(path.join('media', 'language')).at(NOWHERE);
