import { comeBack } from '../kit/network/away.mts';
import { endSharing } from './sharing.mts';

/** What jest does after the last test file of a project whose files share an n8n. */
export default async function tearDown(): Promise<void> {
	await endSharing();
	await comeBack();
}
