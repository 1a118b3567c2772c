import type { Resource } from '../../engine/operation/operation';
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
export const resources: readonly Resource[] = [
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
];
