import { withColumns } from '../../engine/operation/simplify';
import { columns } from '../columns';
import { account } from './account';
import { campaign } from './campaign';
import { contact } from './contact';
import { customApiCall } from './customApiCall';
import { webhook } from './webhook';

/** The whole of Salesflow's API, in the order in which the editor lists it. */
export const resources = withColumns([contact, campaign, account, webhook, customApiCall], columns);
