import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The SHA-256 of a text or of bytes. */
export const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/**
 * Compares what a caller gave with what it should be, in a time that tells neither how much of it was
 * right nor how long it is.
 */
export function isSame(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** HMAC-SHA256 over the parts, one after the other, as lower-case hex. */
export function hmacHex(key: string, ...parts: Array<string | Buffer>): string {
	const hmac = createHmac('sha256', key);
	for (const part of parts) hmac.update(part);
	return hmac.digest('hex');
}

/** A short name for a delivery that two deliveries of the same content share. */
export const fingerprint = (...parts: unknown[]): string =>
	digest(JSON.stringify(parts)).toString('base64url').slice(0, 22);

/** Whether a moment is close enough to now. @param unixTime seconds, as text */
export function isRecent(unixTime: string, toleranceSeconds: number, now = Date.now()): boolean {
	if (toleranceSeconds === 0) return true;
	return /^\d{1,12}$/.test(unixTime) && Math.abs(now / 1000 - Number(unixTime)) <= toleranceSeconds;
}
