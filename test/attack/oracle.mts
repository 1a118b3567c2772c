import { isDeepStrictEqual } from 'node:util';
import type { Parameter } from './parameters.mts';
import type { Captured, Outcome } from './harness.mts';

/** A request by its parts: `path 1`, `query status[]`, `header accept`, `body /lead/email`. */
type Places = Map<string, unknown>;

function placesOf({ method, url, headers, body }: Captured): Places {
	const places: Places = new Map([
		['method', method],
		['origin', url.origin],
	]);
	url.pathname.split('/').forEach((segment, n) => places.set(`path ${n}`, segment));
	for (const name of new Set(url.searchParams.keys())) {
		places.set(`query ${name}`, url.searchParams.getAll(name));
	}
	for (const [name, value] of Object.entries(headers)) {
		// Another in each request, by chance.
		places.set(`header ${name}`, value.replace(/boundary=.*/, 'boundary'));
	}
	if (typeof body === 'string') addBody(places, 'body ', JSON.parse(body));
	return places;
}

/** Goes no deeper than any vendor's own fields do: what is below came from one field. */
const deepest = 5;

function addBody(places: Places, pointer: string, value: unknown): void {
	const isLeaf = typeof value !== 'object' || value === null || pointer.split('/').length > deepest;
	const entries = isLeaf ? [] : Object.entries(value);
	if (entries.length === 0 || entries.length > 1000) places.set(pointer, value);
	else for (const [name, inner] of entries) addBody(places, `${pointer}/${name}`, inner);
}

/** What a parameter is for, learned from what the operation does with values that are right. */
export class Oracle {
	private readonly filled: Places;
	private readonly omitted: Places | undefined;
	/** The parts that the parameter's value goes to. */
	private readonly holes: string[];

	constructor(
		private readonly parameter: Parameter,
		/** What two right values led to. */
		[one, other]: [Captured, Captured],
		/** What happens without the parameter, where it can be left out. */
		without?: Captured,
	) {
		this.filled = placesOf(one);
		this.omitted = without && placesOf(without);
		const second = placesOf(other);
		// Of a choice with one option only its absence tells where it goes.
		const both = isDeepStrictEqual(second, this.filled) && this.omitted ? this.omitted : second;
		const names = new Set([...this.filled.keys(), ...both.keys()]);
		const differing = [...names].filter(
			(name) => !isDeepStrictEqual(this.filled.get(name), both.get(name)),
		);
		this.holes = differing.map((name) => this.whole(name));
	}

	/** What is wrong with an outcome; nothing where the input reached its place or was refused well. */
	verdict({ requests, error }: Outcome, input: unknown): string | undefined {
		const said = error && `${error.message} ${error.description ?? ''}`;
		if (said !== undefined && said.length > longestSentence)
			return `a sentence of ${said.length} characters`;
		const [request] = requests;
		const isOfNothing = isBlank(input) && /is empty|are both empty/.test(error?.message ?? '');
		if (!request) return isOfNothing ? undefined : this.sentence(error?.message);
		if (requests.length > 1) return `${requests.length} requests`;
		const places = placesOf(request);
		const wrong = this.difference(places, this.filled, input);
		if (wrong === undefined) return undefined;
		// n8n itself drops columns with these names out of a node's parameters.
		const isDropped = this.parameter.name.endsWith('.column') && droppedByN8n.test(String(input));
		if (isDropped && wrong.startsWith('body ')) return undefined;
		const isOmitted = isBlank(input) && this.omitted !== undefined;
		return isOmitted ? this.difference(places, this.omitted ?? new Map(), input) : wrong;
	}

	private sentence(message: string | undefined): string | undefined {
		if (message === undefined) return 'neither a request nor a sentence';
		if (ofEngine.test(message)) return `an exception: ${message}`;
		const isNamed = this.parameter.titles.some((title) => message.includes(title));
		return isNamed ? undefined : `a sentence without the name of the field: ${message}`;
	}

	private difference(places: Places, expected: Places, input: unknown): string | undefined {
		for (const name of new Set([...places.keys(), ...expected.keys()])) {
			const [value, wanted] = [places.get(name), expected.get(name)];
			const isHole = this.holes.some((hole) => name === hole || name.startsWith(`${hole}/`));
			// Where a long range is cut depends on the present.
			const areDates =
				this.parameter.type === 'dateTime' && [value, wanted].flatMap(textsOf).every(isIsoDate);
			if (!isHole && !areDates && !isDeepStrictEqual(value, wanted)) {
				return `${name} is ${short(value)} in place of ${short(wanted)}`;
			}
			const isKept = value === undefined || isBlank(input) || isDeepStrictEqual(value, wanted);
			if (isHole && !isKept && !this.isFaithful(name, value, input)) {
				return `${name} became ${short(value)}`;
			}
		}
		return undefined;
	}

	/** JSON and lists fill what is around the place that differs. */
	private whole(name: string): string {
		const place = name.replace(/\/\d+(\/.*)?$/, '');
		const isJson = this.parameter.type === 'json' || this.parameter.name.endsWith('.column');
		return isJson && place === name ? name.replace(/\/[^/]*$/, '') : place;
	}

	private isFaithful(name: string, value: unknown, input: unknown): boolean {
		if (this.parameter.type === 'json' || this.parameter.name.endsWith('.column')) return true;
		const contents = textsOf(value);
		// How many records are wanted also says how large a page is asked for.
		if (this.parameter.name === 'limit') return contents.every((one) => /^\d+$/.test(one));
		const given = textsOf(input);
		// A long range is read in pieces, the newest first.
		if (this.parameter.type === 'dateTime')
			return contents.every(isIsoDate) && given.some(isMoment);
		if (name.startsWith('path '))
			return contents.every((one) => decodeURIComponent(one) === seenOf(given[0] ?? ''));
		const whole = new Set(given);
		return contents.every((one) => whole.has(one) || given.some((text) => isOf(one, text)));
	}
}

const droppedByN8n = /^(__proto__|constructor|prototype)$/;
/** The longest sentence that a person would read. */
const longestSentence = 1_000;
/** What exceptions of JavaScript say, and no sentence should. */
const ofEngine =
	/TypeError|RangeError|Cannot |circular|call stack|is not a function|malformed|undefined \(/;

/** Whether a content is the text, pieces of it, the same number, or a condition on field `a`. */
function isOf(content: string, text: string): boolean {
	const identifier = content.replace(/^https:\/\/linkedin\.com\/in\//, '');
	if (text.includes(content) || text.includes(identifier)) return true;
	if (content === text.trim().toLowerCase() || Number(content) === Number(text)) return true;
	if (content === `a=${text}` || content === `${text}=a`) return true;
	return content.split(',').every((one) => text.includes(one));
}

const isIsoDate = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);
const isMoment = (text: string): boolean =>
	Number.isFinite(Date.parse(text)) || Number.isFinite(Number(text));

/** The texts in a value: a list has several, and what was picked in a list of n8n is its value. */
function textsOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.flat(1).map(textOf);
	if (typeof value === 'object' && value !== null && 'mode' in value && 'value' in value) {
		return textsOf(value.value);
	}
	return [textOf(value)];
}

function textOf(value: unknown): string {
	return typeof value === 'object' && value !== null ? '[an object]' : String(value);
}

/** Blanks, controls, and letters that nobody sees. */
const unseen = String.raw`\s\p{C}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0`;
/** With commas between, a list of nothing. */
const onlyInvisible = new RegExp(`^[,${unseen}]*$`, 'u');
const ends = new RegExp(`^[${unseen}]+|[${unseen}]+$`, 'gu');

/** A text without what nobody sees at its ends, as IDs are read. */
const seenOf = (text: string): string => text.replace(ends, '');

/** What was looked at: the same long texts come with every parameter. */
const blanks = new Map<unknown, boolean>();

/** Nothing, blanks, or a list of nothing. */
function isBlank(input: unknown): boolean {
	const known = blanks.get(input);
	if (known !== undefined) return known;
	const found = holdsNothing(input);
	blanks.set(input, found);
	return found;
}

function holdsNothing(input: unknown): boolean {
	if (input === null || input === undefined) return true;
	if (typeof input === 'string') {
		if (onlyInvisible.test(input)) return true;
		return input.length <= 1000 && /^\s*(\[[\s,[\]]*\]|\{\s*\}|null)\s*$/.test(input);
	}
	try {
		// What JSON keeps nothing of, such as functions and nulls in a list.
		return typeof input === 'object' && /^(null|[[{](null|,)*[}\]])$/.test(JSON.stringify(input));
	} catch {
		return false;
	}
}

function short(value: unknown): string {
	const text = String(typeof value === 'object' ? JSON.stringify(value) : value);
	return text.length > 80 ? `${text.slice(0, 80)}… (${text.length})` : text;
}
