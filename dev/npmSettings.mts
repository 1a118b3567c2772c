/** What of npm's settings a machine needs to reach a registry, and no more. */
const needed = /^(@[\w.-]+:)?registry$|^(cafile|https-proxy|proxy|noproxy|strict-ssl)$/;

/**
 * npm's settings without whatever may hold a token or a password.
 * @param text of an .npmrc
 */
export function harmlessSettings(text: string): string {
	const lines = text.split(/\r?\n/).filter((line) => {
		const [name = '', ...value] = line.split('=');
		// User and password stand before an @, and a token may stand in a query.
		return needed.test(name.trim()) && !/[@?]/.test(value.join('='));
	});
	return lines.map((line) => `${line}\n`).join('');
}
