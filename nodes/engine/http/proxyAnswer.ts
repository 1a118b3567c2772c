import type { IDataObject } from 'n8n-workflow';
import { otherNames } from './networkFault';
import type { Answer } from './response';

/** What proxies that companies put in front of n8n call themselves. */
const forward =
	/squid|tinyproxy|privoxy|3proxy|cntlm|mitmproxy|zscaler|blue ?coat|proxysg|forcepoint|websense|web ?gateway|fortigate|ironport|netskope|sophos|barracuda|palo ?alto|wingate/i;

/** What stands in front of a vendor calls itself in `Via`, too. */
const vendorsOwn = /varnish|cloudfront|google|akamai|fastly|cloudflare|vegur|fly\.io|envoy|azure/i;

/**
 * The name of the proxy that gave an answer in place of the vendor, told by its marks. 407 is never a vendor's
 * (RFC 9110, 15.5.8), nor is 511 (RFC 6585, 6); an error page with a proxy's headers is not either, while an error in JSON is.
 * @returns such as "squid/5.7", '' for one without a name, undefined where it may be the vendor's answer
 */
export function proxyOf({ status, headers, body }: Answer): string | undefined {
	if (!isOfNetwork(status) && (status < 300 || typeof body === 'object')) return undefined;
	const [server, agent, via] = ['server', 'proxy-agent', 'via'].map((name) =>
		textOf(headers, name),
	);
	const named = [server, agent, via].find((text) => text !== undefined && forward.test(text));
	const passedOn =
		via !== undefined && mayBeOfProxy(status) && !vendorsOwn.test(via) ? via : undefined;
	const isMarked =
		'x-squid-error' in headers || 'proxy-authenticate' in headers || isOfNetwork(status);
	return named ?? agent ?? passedOn ?? (isMarked ? '' : undefined);
}

/** What only something between n8n and the vendor answers. */
const isOfNetwork = (status: number): boolean => status === 407 || status === 511;

/**
 * What a proxy says of a host that it may not or cannot reach. What answers otherwise and is known by `Via` alone may as
 * well be a gateway of the vendor's: three prospects that are not there must not end a run.
 */
const mayBeOfProxy = (status: number): boolean =>
	status === 403 || status >= 500 || isOfNetwork(status);

const longestName = 60;

function textOf(headers: IDataObject, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value.slice(0, longestName) : undefined;
}

/** What a proxy's answer means, and what to do. @param host of the vendor */
export function proxySentences(
	status: number,
	proxy: string,
	vendor: string,
	host: string,
): { message: string; hint: string } {
	const name = proxy === '' ? 'The proxy' : `The proxy ${proxy}`;
	if (status === 407) {
		return {
			message: `${name} wants a user and a password before it connects n8n to ${host} (407)`,
			hint: `Put them into HTTPS_PROXY, as http://user:password@host:port with special characters percent-encoded, and restart n8n. ${otherNames}`,
		};
	}
	if (status === 511) {
		return {
			message: `The network of n8n wants somebody to sign in before it lets n8n reach ${host} (511)`,
			hint: 'Open a page in a browser on that network and sign in, or ask whoever runs it to let n8n through.',
		};
	}
	if (status === 403) {
		return {
			message: `${name} does not let n8n connect to ${host} (403)`,
			hint: `Ask whoever runs the proxy that HTTPS_PROXY names to allow ${host}, or name ${host} in NO_PROXY if n8n can reach it without the proxy.`,
		};
	}
	return {
		message: `${name} answered with status ${status} in place of ${vendor}`,
		hint: `Check whether the proxy that HTTPS_PROXY names can reach ${host}.`,
	};
}
