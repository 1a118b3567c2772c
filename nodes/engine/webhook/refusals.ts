import type { IWebhookFunctions } from 'n8n-workflow';
import { forgetOldest } from '../util/oldest';
import { nameOf } from './duplicates';
import { steadyNow } from '../util/steadyClock';

/** How often one reason of a trigger is told: whoever knows its address must not fill the log. Milliseconds. */
const tellEvery = 10 * 60_000;

/** When each reason was told last, by the trigger's name and the reason; of this process only. */
const toldAt = new Map<string, number>();
const mostReasons = 1000;

/**
 * Tells n8n's log why a delivery was refused. Nothing else shows it, since a refusal starts no execution: a trigger whose
 * key was changed at the vendor stands there as published, and takes nothing.
 * @param why what is wrong with it, without a full stop, and nothing of what the caller sent
 */
export function tellRefusal(context: IWebhookFunctions, why: string): void {
	const reason = `${nameOf(context)} ${why.replace(/\d+/g, '0')}`;
	const isTest = context.getMode() === 'manual';
	if (!isTest && steadyNow() - (toldAt.get(reason) ?? -Infinity) < tellEvery) return;
	toldAt.delete(reason);
	toldAt.set(reason, steadyNow());
	forgetOldest(toldAt, mostReasons);
	const about = { workflowId: context.getWorkflow().id };
	context.logger.warn(`"${context.getNode().name}" refused a delivery: ${why}.`, about);
}

/** Why a call without the secret of the trigger's address is refused. @param name what people call the vendor */
export const notOwnSecret = (name: string): string =>
	`the address that was called does not have the secret of this trigger. If ${name} called it, unpublish the workflow and publish it again`;
