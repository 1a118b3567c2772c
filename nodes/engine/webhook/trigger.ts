import type { IHookFunctions, INodeProperties } from 'n8n-workflow';
import { chosenIn } from '../util/chosen';
import { checkEvents, isWatched } from '../util/events';
import { activationError } from './activationError';

/**
 * Above 1, since n8n (also 1.x) evaluates an expression of its own for each delivery to a trigger of version 1
 * (2.41.1: webhook-helpers, parseRequestBody), for which 2.x makes a sandbox ready.
 */
export const webhookTriggerVersion = 1.1;

/**
 * The option that receiveDelivery() reads. What a polling trigger stores is n8n's whole memory of the workflow as it
 * was when it was published (2.41.1), which no node can help.
 * @param description whose deliveries repeat, and when: the end of a sentence, without its period
 */
export const ignoreRepeats = (description: string): INodeProperties => ({
	displayName: 'Ignore Repeats',
	name: 'ignoreRepeats',
	type: 'boolean',
	default: true,
	description: `Whether to run only once if ${description}. If the workflow also has a trigger that polls, n8n forgets earlier events at a restart.`,
});

/**
 * The hooks of a trigger whose address a person enters at the vendor: there is nothing to register or remove.
 * @param fields the trigger's form, which has Trigger On
 * @param check throws a UserError about what else of the form cannot be used, for the person who publishes or tests
 */
export const registeredByHand = (
	fields: readonly INodeProperties[],
	check?: (context: IHookFunctions) => void,
) => ({
	async checkExists(this: IHookFunctions): Promise<boolean> {
		try {
			checkEvents(this, chosenIn(this.getNodeParameter('events', [])), eventsIn(fields));
			if (isWatched(this)) check?.(this);
			return true;
		} catch (thrown) {
			throw activationError(this, thrown);
		}
	},
	create: async (): Promise<boolean> => true,
	delete: async (): Promise<boolean> => true,
});

/** The values of a form's Trigger On. @param name of the parameter */
export function eventsIn(fields: readonly INodeProperties[], name = 'events'): string[] {
	const { options = [] } = fields.find((field) => field.name === name) ?? {};
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}
