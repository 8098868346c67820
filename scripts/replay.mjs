// npm run replay:bundled: makes the replay set that ships with Scrawl.
import { runRecipe } from './bundledRecipe.mjs';

await runRecipe('replay');
