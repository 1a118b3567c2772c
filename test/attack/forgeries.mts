import { type Door, hmac, unixTime } from './doors.mts';
import { oneOf, seeded } from './random.mts';
import type { Shot } from './shots.mts';

/** A request that a trigger has to refuse. */
export interface Forgery {
	door: string;
	kind: string;
	shot: Shot;
}

const bytes = { 'content-type': 'application/octet-stream' };

/** More than n8n takes here (N8N_PAYLOAD_SIZE_MAX). */
const large = 'x'.repeat(4.2 * 2 ** 20);

type Random = () => number;
type Forge = (door: Door, n: number, random: Random) => Shot;

const hex = (random: Random, length: number): string =>
	Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

const letters = (random: Random, length: number): string =>
	Array.from({ length }, () => oneOf(random, 'ABCDwxyz0189-_'.split(''))).join('');

/** A text with one character of it replaced by another. */
function flipped(random: Random, text: string): string {
	const at = Math.floor(random() * text.length);
	return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
}

const rightProof = (door: Door, n: number): string => door.proof({ body: door.body(n) });

/** Wrong proofs, from nothing right to all but one character. */
const wrongProofs: Array<(door: Door, n: number, random: Random) => string> = [
	(_, __, random) => hex(random, 64),
	(door, n, random) => letters(random, rightProof(door, n).length),
	(door, n, random) => flipped(random, rightProof(door, n)),
	(door, n) => rightProof(door, n).slice(0, -1),
	(door, n) => `${rightProof(door, n)}0`,
	(door, n) => ` ${rightProof(door, n)}`,
	(door, n) => `${rightProof(door, n)}\0`,
	(door, n) =>
		rightProof(door, n)
			.toUpperCase()
			.replace(/^[^A-Z]*$/, 'A'),
	(door, n) => Buffer.from(rightProof(door, n)).toString('base64'),
	(door, n) => hmac('another key', `${unixTime()}.${door.body(n)}`),
	() => '',
	() => '0',
	() => 'undefined',
	() => '[object Object]',
	() => '*',
	(_, __, random) => hex(random, 5000),
];

/** The proof where it should not be, or in more places than one. */
const misplaced: Array<(door: Door, shot: Shot, proof: string) => Shot> = [
	({ proofIn }, shot) => ({ ...shot, url: shot.url.replace(`${proofIn}=`, `${proofIn}[]=`) }),
	({ proofIn }, shot) => ({ ...shot, url: shot.url.replace(`${proofIn}=`, `${proofIn}[a]=`) }),
	({ proofIn }, shot, proof) => ({
		...shot,
		url: `${shot.url}&${proofIn}=${encodeURIComponent(proof)}`,
	}),
	({ proofIn }, shot) => ({
		...shot,
		url: shot.url.replace(`${proofIn}=`, `${proofIn.toUpperCase()}=`),
	}),
	({ proofIn }, shot) => ({
		...shot,
		url: shot.url.replace(`${proofIn}=`, `__proto__[${proofIn}]=`),
	}),
	({ proofIn }, shot, proof) => ({
		...shot,
		url: shot.url.replace(`${proofIn}=`, 'x='),
		headers: { ...shot.headers, [`x-${proofIn}`]: encodeURIComponent(proof) },
	}),
	({ proofIn }, shot) => ({ ...shot, url: shot.url.replace(`${proofIn}=`, `x=`) }),
];

/** Bodies that are no event, however well they are signed. */
const wrongTypes: ReadonlyArray<[body: string, type: string]> = [
	['null', 'application/json'],
	['[]', 'application/json'],
	['[{}]', 'application/json'],
	['42', 'application/json'],
	['"text"', 'application/json'],
	['{}', 'application/json'],
	['', 'application/json'],
	['{"event_name":42,"topic":42,"type":{},"MemberId":{},"integration":[]}', 'application/json'],
	[
		'{"event_name":["conversation.ended"],"topic":["interactions"],"type":[],"MemberId":[]}',
		'application/json',
	],
	['{"event_name":"conversation.ended","event_payload":[],"MemberId":null}', 'application/json'],
	[
		'{"__proto__":{"event_name":"conversation.ended","topic":"a","type":"b","MemberId":1}}',
		'application/json',
	],
	[
		'event_name=conversation.ended&topic=interactions&MemberId=',
		'application/x-www-form-urlencoded',
	],
	['<event><name>conversation.ended</name></event>', 'application/xml'],
	['--x\r\nContent-Disposition: form-data; name="MemberId"\r\n\r\n1\r\n--x--\r\n', 'text/plain'],
	['\ufeff\0\0', 'application/octet-stream'],
	[`${'['.repeat(20_000)}`, 'application/json'],
	[`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'application/json'],
];

/** Each kind of forgery that a door can be shown. */
export const kinds: Record<string, { fits(door: Door): boolean; forge: Forge }> = {
	forged: {
		fits: () => true,
		forge: (door, n, random) => {
			if (random() < 0.7)
				return door.shot(n, { proof: oneOf(random, wrongProofs)(door, n, random) });
			return oneOf(random, misplaced)(door, door.shot(n), rightProof(door, n));
		},
	},
	// The very same delivery within its time is the vendor's own redelivery, and gets 200.
	replayed: {
		fits: ({ signsBody }) => signsBody,
		forge: (door, n, random) => {
			const recorded = unixTime(-Math.floor(301 + random() * 1e6));
			const proof = door.proof({ body: door.body(n), timestamp: recorded });
			// Whole and too late, or its signature with the present time, or with another body.
			if (random() < 0.3) return door.shot(n, { timestamp: recorded });
			if (random() < 0.5) return door.shot(n, { proof });
			return door.shot(n + 1, { proof: door.proof({ body: door.body(n) }) });
		},
	},
	aged: {
		fits: ({ signsBody }) => signsBody,
		forge: (door, n, random) => {
			const away = Math.floor(310 + random() * 10 ** (1 + random() * 8));
			const odd = [
				'',
				'-1',
				'1e9',
				'NaN',
				`${unixTime()}.0`,
				` ${unixTime()}`,
				`0x${'f'.repeat(8)}`,
			];
			const timestamp =
				random() < 0.8 ? unixTime(random() < 0.5 ? away : -away) : oneOf(random, odd);
			return door.shot(n, { timestamp });
		},
	},
	oversized: {
		fits: () => true,
		forge: (door, n, random) => {
			if (random() < 0.03)
				return door.shot(n, { body: `${door.body(n).slice(0, -1)},"more":"${large}"}` });
			return door.shot(n, { proof: hex(random, 15_900) });
		},
	},
	truncated: {
		fits: () => true,
		forge: (door, n, random) => {
			const whole = door.shot(n);
			const body = whole.body.slice(0, Math.floor(random() * whole.body.length));
			// JSON cut short gets no further than n8n's own parser; as bytes it is the trigger's to refuse.
			return random() < 0.05 ? { ...whole, body } : { ...whole, body, headers: bytes };
		},
	},
	// n8n takes a mark at the front for nothing; the proof of another is as wrong behind it.
	marked: {
		fits: () => true,
		forge: (door, n, random) => {
			const body = `\ufeff${door.body(n)}`;
			const proof = oneOf(random, wrongProofs)(door, n, random);
			return door.shot(n, { body, proof });
		},
	},
	'wrongly typed': {
		fits: () => true,
		forge: (door, n, random) => {
			const isObject = ([body]: readonly [string, string]) => /^\{"/.test(body);
			const fitting = wrongTypes.filter((one) => !(door.takesObjects && isObject(one)));
			const [body, type] = oneOf(random, fitting);
			return { ...door.shot(n, { body }), headers: { 'content-type': type } };
		},
	},
};

/**
 * So many forgeries from one seed, over all doors and the kinds that fit them. Each is made
 * when it is asked for: the oversized ones would not fit into memory together.
 */
export function* forgeries(
	doors: readonly Door[],
	count: number,
	seed: number,
): Generator<Forgery> {
	const random = seeded(seed);
	for (let n = 0; n < count; n++) {
		const door = oneOf(random, doors);
		const fitting = Object.entries(kinds).filter(([, { fits }]) => fits(door));
		// Wrong proofs are what an attacker tries most, and what an attacker may hope to learn from.
		const [kind, { forge }] = oneOf(random, random() < 0.5 ? fitting.slice(0, 1) : fitting);
		yield { door: door.name, kind, shot: forge(door, 1_000_000 + n, random) };
	}
}
