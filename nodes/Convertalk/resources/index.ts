import type { Resource } from '../../shared/operation';
import { contact } from './contact';
import { lead } from './lead';

/** What Convertalk is documented to serve. */
export const resources: readonly Resource[] = [lead, contact];
