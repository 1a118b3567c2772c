import { endSharing } from './sharing.mts';

/** What jest does after the last test file of a project whose files share an n8n. */
export default endSharing;
