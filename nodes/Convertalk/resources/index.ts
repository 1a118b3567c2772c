import { withColumns } from '../../engine/operation/simplify';
import { columns } from '../columns';
import { contact } from './contact';
import { customApiCall } from './customApiCall';
import { lead } from './lead';

/** What Convertalk is documented to serve. */
export const resources = withColumns([lead, contact, customApiCall], columns);
