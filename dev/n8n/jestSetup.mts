import { goAway } from '../kit/network/away.mts';
import { template } from './harness.mts';
import { beginSharing } from './sharing.mts';

/** What jest does before the first test file of a project whose files share an n8n. */
export default async function setUp(): Promise<void> {
	// All simulators over TLS; jestTeardown.mts ends it.
	if (process.env.TLS) await goAway({ tls: true });
	// Made here, where no test's patience is at stake, and once for all workers.
	await template();
	await beginSharing();
}
