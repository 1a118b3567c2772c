/**
 * Takes secrets out of a text: as they are, as URLs and forms carry them (a blank as %20 or +), and in
 * base64. A secret that is a number, such as an account's, is hidden where it stands by itself, and not as a part
 * of other numbers.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.length > 0)
		.flatMap((secret) => [
			secret,
			encodeURIComponent(secret),
			encodeURI(secret),
			new URLSearchParams([['', secret]]).toString().slice(1),
			Buffer.from(secret).toString('base64'),
			Buffer.from(secret).toString('base64url'),
		])
		.reduce(hide, text);
}

function hide(text: string, secret: string): string {
	const place = /^\d+$/.test(secret) ? new RegExp(`(?<!\\d)${secret}(?!\\d)`) : secret;
	return text.split(place).join('[hidden]');
}
