import { beginSharing } from './sharing.mts';

/** What jest does before the first test file of a project whose files share an n8n. */
export default beginSharing;
