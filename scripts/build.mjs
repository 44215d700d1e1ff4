// Builds the app when its sources are newer than what was built.
import { ensureBuilt } from './built.mjs';

await ensureBuilt();
