// npm run train:bundled: trains the model that ships with Scrawl.
import { runRecipe } from './bundledRecipe.mjs';

await runRecipe('main');
