import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { trimKey } from '../../../credentials/key';
import { ApiError } from '../http/apiError';
import { type Client, connect } from '../http/client';
import { type Redact, redactor } from '../http/secrets';
import type { Vendor } from '../http/vendor';
import { activationError } from './activationError';
import { fingerprint } from './digests';
import { hiddenIn } from './webhookAddress';

/**
 * How long one call of a delete hook may ask the vendor. n8n 2.x calls it three times, with 1 and 2 seconds between
 * (2.41.1: deregisterExternalWebhookWithRetry), so a person who unpublishes waits for 14 seconds at most.
 * Milliseconds.
 */
const unpublishMs = 3_500;

/** How long the taking away may go on after the hook has ended. Milliseconds. */
const removalMs = 15_000;

/** Names the account at a vendor that a trigger's credential is for. */
export async function accountOf(context: IHookFunctions, vendor: Vendor): Promise<string> {
	const data = await context.getCredentials<IDataObject & object>(vendor.credential);
	return fingerprint(vendor.address(data), ...vendor.secrets.map((name) => data[name]));
}

/**
 * Runs a hook; whatever goes wrong becomes a sentence for the person at the editor.
 * @param secretOf gives the secret of the trigger's address, which shows nowhere
 */
export async function asHook<T>(
	context: IHookFunctions,
	vendor: Vendor,
	secretOf: (context: IHookFunctions) => Promise<string>,
	work: (secret: string) => Promise<T>,
): Promise<T> {
	let redact: Redact | undefined;
	try {
		const secret = await secretOf(context);
		const data = await context.getCredentials<IDataObject & object>(vendor.credential);
		redact = redactor([
			...hiddenIn(context, secret),
			...vendor.secrets.map((name) => trimKey(data[name])),
		]);
		return await work(secret);
	} catch (thrown) {
		throw activationError(context, thrown, redact);
	}
}

/**
 * Asks the vendor within the time that unpublishing may take.
 * @param secret of the trigger's address, which shows nowhere
 * @throws ApiError when the time is over
 */
export async function inHurry<T>(
	context: IHookFunctions,
	vendor: Vendor,
	secret: string,
	work: (client: Client) => Promise<T>,
): Promise<T> {
	const signal = AbortSignal.timeout(unpublishMs);
	const client = await connect(context, vendor, {
		signal,
		secrets: hiddenIn(context, secret),
		isAwaited: true,
	});
	return await work(client).catch((thrown: unknown) => {
		throw signal.aborted ? tooLate(vendor) : thrown;
	});
}

const tooLate = ({ name }: Vendor): ApiError =>
	new ApiError(`${name} did not answer, so what the trigger registered is still there`, {
		hint: 'No workflow starts any more. When it answers, publish and unpublish again to remove it.',
	});

/** What takes a registration away after the hook has ended: it asks with the credential that the hook had. */
export async function removal(
	context: IHookFunctions,
	vendor: Vendor,
	secret: string,
	work: (client: Client) => Promise<void>,
): Promise<() => Promise<void>> {
	const signal = AbortSignal.timeout(removalMs);
	const secrets = hiddenIn(context, secret);
	const client = await connect(context, vendor, { signal, secrets });
	const workflow = context.getWorkflow().id;
	return async () => {
		await work(client).catch((thrown: unknown) => {
			const why = thrown instanceof Error ? client.redact(thrown.message) : 'no answer';
			context.logger.warn(
				`What a trigger registered at ${vendor.name} may still be there: ${why}`,
				{
					workflowId: workflow,
				},
			);
		});
	};
}
