import { holdsToTests } from './shownBy.mts';

await holdsToTests('docs/verification.md', 20);
