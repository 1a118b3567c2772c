import { own } from '../../engine/util/json';

/** One message of a conversation, out of MemberActionsFormatted. */
export interface Message {
	/** As the vendor prints it: the sender's name, or what it was, such as "Connection message". */
	Sender: string | null;
	/** ISO 8601. The vendor prints no zone; UTC, as its own sample adds up (inferred). */
	SentAt: string | null;
	Text: string;
	/** Whether the contact wrote it, by the name. */
	IsFromContact: boolean;
}

/**
 * SEED, Webhooks, data sample: "John Smith [2/18/2021 4:33 PM]: This is …". Before PM stands any blank or none, since
 * .NET, which prints it, took U+202F from CLDR 42 on (inferred).
 */
const heading =
	/^(.{0,200}?)\s{0,9}\[(\d{1,2})\/(\d{1,2})\/(\d{4}),?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,3}([ap])\.?\s?m\.?\]:\s*/i;

/**
 * The messages in the HTML of MemberActionsFormatted, a paragraph each, in the vendor's order.
 * @param contactName first and last name of the contact, to tell its messages by
 */
export function messagesIn(html: string, contactName: string): Message[] {
	const contact = sameName(plainText(contactName));
	return html
		.split(/<\/p>/i)
		.map(plainText)
		.filter((text) => text !== '')
		.map((text) => {
			const found = heading.exec(text);
			if (!found) return { Sender: null, SentAt: null, Text: text, IsFromContact: false };
			const [whole, sender = '', ...time] = found;
			return {
				Sender: sender,
				SentAt: momentOf(time),
				Text: text.slice(whole.length),
				IsFromContact: contact !== '' && sameName(sender) === contact,
			};
		});
}

/** A name without what people type differently: capitals, blanks around and twice, and characters that do not show. */
const sameName = (name: string): string =>
	name
		.normalize('NFC')
		.replace(/\p{Cf}/gu, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();

/** Month before day, and twelve hours twice, as Americans write it. Null for a time that does not exist. */
function momentOf([month, day, year, hour, minute, second, half]: string[]): string | null {
	const hours = (Number(hour) % 12) + (half?.toUpperCase() === 'P' ? 12 : 0);
	const date = [Number(year), Number(month) - 1, Number(day)] as const;
	const time = [hours, Number(minute), Number(second ?? 0)] as const;
	const moment = new Date(Date.UTC(...date, ...time));
	// Date.UTC takes 2/30 for 3/2, and 25:61 for a time of the next day.
	const isSame =
		// Date.UTC takes the years 0 to 99 for those of the last century.
		moment.getUTCFullYear() === date[0] &&
		moment.getUTCMonth() === date[1] &&
		moment.getUTCDate() === date[2] &&
		moment.getUTCMinutes() === time[1] &&
		moment.getUTCSeconds() === time[2];
	return isSame && Number(hour) <= 12 ? moment.toISOString() : null;
}

const entities: Record<string, string> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	nbsp: ' ',
	quot: '"',
};

/** The text of a piece of HTML. Each pattern ends at the next <, so that no input takes quadratic time. */
function plainText(html: string): string {
	return html
		.replace(/<br[^<>]*>/gi, '\n')
		.replace(/<[^<>]*>/g, '')
		.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
			if (name !== undefined) return own(entities, String(name).toLowerCase()) ?? String(entity);
			const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
			return code <= 0x10ffff ? String.fromCodePoint(code) : String(entity);
		})
		.trim();
}
