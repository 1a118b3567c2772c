import type { Resource } from '../../engine/operation/operation';
import { contact } from './contact';
import { customApiCall } from './customApiCall';
import { lead } from './lead';

/** What Convertalk is documented to serve. */
export const resources: readonly Resource[] = [lead, contact, customApiCall];
