import { type IHookFunctions, UserError } from 'n8n-workflow';
import { connect, type Client } from '../../engine/http/client';
import { ApiError } from '../../engine/http/apiError';
import { activationError } from '../../engine/webhook/activationError';
import { salesflow } from '../vendor';
import { events } from './events';
import { carryOut, takeAway, webhooksAt } from './applyPlan';
import { campaignsOf } from './attachMissing';
import { chosenCampaigns } from './campaigns';
import { turns, urlOf, webhookSecret } from './ownWebhooks';
import { isDone, longestUrl, plan, type Wanted } from './plan';
import { checkReachable } from '../../engine/webhook/reachable';
import { addressSecretLength } from '../../engine/webhook/addressSecret';
import { nameOf } from '../../engine/webhook/duplicates';
import { accountOf, asHook, inHurry, removal } from '../../engine/webhook/hook';
import { hiddenIn, webhookAddress } from '../../engine/webhook/webhookAddress';
import { OwnAddress } from '../../engine/webhook/ownAddress';
import { Removals } from '../../engine/webhook/removals';
import { chosenIn } from '../../engine/util/chosen';
import { checkEvents, isWatched, noEvent } from '../../engine/util/events';

const removals = new Removals();

/** What can be done where Salesflow cannot reach n8n. */
const instead =
	'use the Salesflow Poll Trigger for contacts that were added: who connected or replied is in no list of Salesflow';

/** The addresses of tests in the editor, of which n8n's delete hook is not told. */
const tests = new Set<string>();

/** Reads the trigger's form. @throws UserError about what does not fit, before anything is sent */
function readForm(context: IHookFunctions) {
	const chosen = chosenIn(context.getNodeParameter('events', []));
	checkEvents(
		context,
		chosen,
		events.map(({ value }) => value),
	);
	const watched = events.filter(({ value }) => chosen.includes(value));
	if (watched.length === 0) throw new UserError(noEvent);
	const ids = chosenCampaigns(context);
	const { skipMutedContacts: skipMuted = false } = context.getNodeParameter('options', {}) as {
		skipMutedContacts?: boolean;
	};
	return { watched, ids, skipMuted };
}

function checkLength(url: string): void {
	if (url.length <= longestUrl) return;
	throw new UserError(
		`The address that Salesflow would call has ${url.length} characters, ${url.length - longestUrl} more than the ${longestUrl} that fit. Give n8n a shorter webhook URL.`,
	);
}

/** What this trigger wants at Salesflow; asks for the campaigns where all are watched. */
async function wantedBy(
	context: IHookFunctions,
	form: ReturnType<typeof readForm>,
	client: Client,
): Promise<Wanted[]> {
	const ids = form.ids ?? (await campaignsOf(client)).map(({ CampaignId }) => CampaignId);
	if (ids.length === 0) {
		throw new UserError(
			'The account has no campaign to watch. Create one in Salesflow, then try again.',
		);
	}
	const address = webhookAddress(context);
	const secret = await webhookSecret(context);
	return form.watched.map((event) => ({
		event,
		url: urlOf(address, event.value, secret),
		skipMuted: form.skipMuted,
		campaignIds: ids,
	}));
}

interface Own {
	secret: string;
	address: OwnAddress;
	/** Whether this trigger made a webhook, by its URL. */
	isOwn(url: string): boolean;
}

const asNode = async <T>(context: IHookFunctions, work: (own: Own) => Promise<T>): Promise<T> =>
	await asHook(context, salesflow, webhookSecret, async (secret) => {
		const address = new OwnAddress(context, secret);
		return await work({ secret, address, isOwn: (url) => address.leadsHere(url) });
	});

/** Runs the work of a hook that registers in its turn, when nothing waits any more to be taken away. */
async function inTurn<T>(
	context: IHookFunctions,
	work: (client: Client, own: Own) => Promise<T>,
): Promise<T> {
	return await asNode(context, async (own) => {
		const client = await connect(context, salesflow, {
			secrets: hiddenIn(context, own.secret),
			isAwaited: true,
		});
		if (!isManual(context))
			await removals.settle({
				trigger: nameOf(context),
				account: await accountOf(context, salesflow),
			});
		return await turns.serialize(webhookAddress(context), async () => await work(client, own));
	});
}

const isManual = (context: IHookFunctions): boolean => context.getMode() === 'manual';

async function readFormOf(context: IHookFunctions) {
	try {
		const form = readForm(context);
		const address = webhookAddress(context);
		await checkReachable(context, salesflow, address, { instead });
		const secret = 'x'.repeat(addressSecretLength);
		for (const { value } of form.watched) checkLength(urlOf(address, value, secret));
		return form;
	} catch (thrown) {
		throw activationError(context, thrown);
	}
}

/** Whether exactly what this trigger wants is there. n8n asks before each activation; 2.20 and before at each start, too. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const form = await readFormOf(context);
	return await inTurn(context, async (client, { isOwn, address }) => {
		const own = await webhooksAt(client, isOwn);
		if (own.length === 0) return false;
		const isThere = isDone(plan(own, await wantedBy(context, form, client)));
		if (isThere && !isManual(context)) address.remember();
		return isThere;
	});
}

/**
 * Brings about what this trigger wants, from whatever is there: nothing, a part that an interruption left,
 * or a set for another choice of events and campaigns. Where a step is refused, all of it is taken away
 * again before the person learns of it; when n8n starts, a campaign that is refused is passed over.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	const form = await readFormOf(context);
	return await inTurn(context, async (client, { isOwn, address }) => {
		if (isManual(context)) tests.add(webhookAddress(context));
		else address.remember();
		try {
			const wanted = await wantedBy(context, form, client);
			const own = await webhooksAt(client, isOwn);
			const name = context.getWorkflow().name ?? '';
			await carryOut(client, plan(own, wanted), name, passOverOf(context));
		} catch (thrown) {
			const leftOver = await clearAway(client, isOwn);
			throw leftOver === undefined ? thrown : withLeftOver(thrown, leftOver);
		}
		return true;
	});
}

/**
 * Nobody reads a sentence when n8n starts, and a campaign that was deleted at Salesflow meanwhile must not end the
 * events of all others.
 */
function passOverOf(context: IHookFunctions): ((refused: ApiError) => void) | undefined {
	if (isWatched(context)) return undefined;
	const about = { workflowId: context.getWorkflow().id };
	return ({ message }) => context.logger.warn(message, about);
}

/**
 * Takes away all that this trigger made, and nothing else: after a test at once, else in a moment, since the trigger
 * may only have been changed.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	return await asNode(context, async ({ secret, isOwn }) => {
		const own = async (client: Client) => await webhooksAt(client, isOwn);
		if ((await inHurry(context, salesflow, secret, own)).length === 0) return true;
		const clear = async (client: Client) => {
			const leftOver = await turns.serialize(
				webhookAddress(context),
				async () => await clearAway(client, isOwn),
			);
			if (leftOver !== undefined) throw leftOver.thrown;
		};
		if (tests.delete(webhookAddress(context))) {
			await clear(
				await connect(context, salesflow, { secrets: hiddenIn(context, secret), isAwaited: true }),
			);
			return true;
		}
		const run = await removal(context, salesflow, secret, clear);
		removals.schedule(nameOf(context), await accountOf(context, salesflow), run);
		return true;
	});
}

/**
 * Takes away all webhooks of a trigger. The list afterwards is what counts, not the answers: a part may
 * have been gone before, or an answer may have been lost on its way.
 * @returns what was thrown, where some are still there or it cannot be known
 */
async function clearAway(
	client: Client,
	isOwn: (url: string) => boolean,
): Promise<{ thrown: unknown } | undefined> {
	let left = 0;
	const look = async () => {
		const webhooks = await webhooksAt(client, isOwn);
		left = webhooks.length;
		return webhooks;
	};
	const refused = await attempt(async () => await takeAway(client, await look()));
	if (!refused) return undefined;
	const unknown = await attempt(look);
	return unknown !== undefined || left > 0 ? refused : undefined;
}

async function attempt(work: () => Promise<unknown>): Promise<{ thrown: unknown } | undefined> {
	try {
		await work();
		return undefined;
	} catch (thrown) {
		return { thrown };
	}
}

function withLeftOver(thrown: unknown, leftOver: { thrown: unknown }): unknown {
	if (!(thrown instanceof ApiError)) return thrown;
	const why = leftOver.thrown instanceof Error ? ` (${leftOver.thrown.message})` : '';
	const advice = `Some of this trigger's webhooks may still be in Salesflow${why}. Unpublish the workflow and publish it again to put them right.`;
	return new ApiError(thrown.message, {
		code: thrown.code,
		hint: [thrown.hint, advice].filter(Boolean).join(' '),
	});
}
