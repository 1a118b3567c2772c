import { withColumns } from '../../engine/operation/simplify';
import { columns } from '../columns';
import { agent } from './agent';
import { channel } from './channel';
import { customApiCall } from './customApiCall';
import { group } from './group';
import { integration } from './integration';
import { interaction } from './interaction';
import { lead } from './lead';
import { message } from './message';
import { prospect } from './prospect';
import { quote } from './quote';
import { subscription } from './subscription';
import { transferTarget } from './transferTarget';

/** The whole of Zenvia Sales' API; the first is chosen when the node is new. */
export const resources = withColumns(
	[
		prospect,
		agent,
		channel,
		group,
		integration,
		interaction,
		lead,
		message,
		quote,
		subscription,
		transferTarget,
		customApiCall,
	],
	columns,
);
