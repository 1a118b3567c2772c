import { withColumns } from '../../engine/operation/simplify';
import { columns } from '../columns';
import { campaign } from './campaign';
import { conversation } from './conversation';
import { customApiCall } from './customApiCall';
import { customAttribute } from './customAttribute';
import { enrolment } from './enrolment';
import { lead } from './lead';
import { salesRep } from './salesRep';
import { team } from './team';

/** The whole of Saleswhale's API, in the order in which the editor lists it. */
export const resources = withColumns(
	[campaign, conversation, customAttribute, enrolment, lead, salesRep, team, customApiCall],
	columns,
);
