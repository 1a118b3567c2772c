import { holdsToTests } from './shownBy.mts';

await holdsToTests('docs/security.md', 20);
