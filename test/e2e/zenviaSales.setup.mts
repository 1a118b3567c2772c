import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Ids, Setup } from '../../dev/vendors/zenviaSales/n8n.mts';

/** A real n8n and Zenvia Sales. */
export let setup: Setup;
/** Of what a test finds in the account. */
export let ids: Ids;

/** Is called where a file's tests are described: starts n8n and Zenvia before them, and gives each a new account. */
export function withZenviaSales(): void {
	beforeAll(async () => (setup = await Setup.start()));
	afterAll(async () => await setup?.close());

	beforeEach(async () => {
		setup.simulator.reset();
		ids = await setup.seed();
	});
}
