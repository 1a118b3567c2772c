import {
	asText,
	type Cell,
	type Kind,
	type Making,
	nothing,
	typed,
	unseen,
	wrong,
} from './cell.mts';
import type { Random } from './random.mts';

/** A mobile number as its country's regulator gives them out: the country code, and the digits behind it. */
interface Mobile {
	code: string;
	/** In the groups in which people write it. */
	groups: string[];
	/** What people dial or write in front of it inside the country. */
	trunks: string[];
}

/**
 * Numbers by country, made from the numbering plans themselves (ITU-T E.164 national plans: Anatel, Resolução 749; IFT, Plan
 * de Numeración 2019; NANPA; CNMC; ANACOM; Subtel; MTC; MinTIC; URSEC), and not from the reader under test.
 */
export const mobiles: Record<string, (random: Random) => Mobile> = {
	BR: (random) => ({
		code: '55',
		groups: [
			random.pick(['11', '21', '31', '41', '51', '61', '71', '85', '92']),
			`9${random.int(6, 9)}${random.digits(3)}`,
			random.digits(4),
		],
		trunks: ['0'],
	}),
	MX: (random) => ({
		code: '52',
		groups: [
			random.pick(['55', '33', '81']),
			`${random.int(2, 8)}${random.digits(3)}`,
			random.digits(4),
		],
		trunks: ['01 ', '044 ', '045 '],
	}),
	US: (random) => ({
		code: '1',
		groups: [
			random.pick(['212', '305', '415', '512', '617']),
			`${random.int(2, 9)}${random.int(2, 9)}${random.digits(1)}`,
			random.digits(4),
		],
		trunks: ['1-'],
	}),
	ES: (random) => ({
		code: '34',
		groups: [`6${random.digits(2)}`, random.digits(3), random.digits(3)],
		trunks: [],
	}),
	PT: (random) => ({
		code: '351',
		groups: [random.pick(['912', '936', '961', '967']), random.digits(3), random.digits(3)],
		trunks: [],
	}),
	CL: (random) => ({
		code: '56',
		groups: ['9', `${random.int(4, 9)}${random.digits(3)}`, random.digits(4)],
		trunks: [],
	}),
	PE: (random) => ({
		code: '51',
		groups: [`9${random.digits(2)}`, random.digits(3), random.digits(3)],
		trunks: [],
	}),
	CO: (random) => ({
		code: '57',
		groups: [random.pick(['300', '310', '320']), random.digits(3), random.digits(4)],
		trunks: [],
	}),
	UY: (random) => ({
		code: '598',
		groups: [`9${random.int(1, 9)}`, random.digits(3), random.digits(3)],
		trunks: ['0'],
	}),
};

/** With the country code and a sign of it: as lead forms, chats, exports and people write it. */
const international: Array<(mobile: Mobile) => string> = [
	({ code, groups: [area, ...rest] }) => `+${code} ${area} ${rest.join('-')}`,
	({ code, groups }) => `+${code}${groups.join('')}`,
	({ code, groups }) => `p:+${code}${groups.join('')}`,
	({ code, groups }) => `tel:+${code}-${groups.join('-')}`,
	({ code, groups: [area, ...rest] }) => `whatsapp:+${code} (${area}) ${rest.join('.')}`,
	({ code, groups }) => `00${code} ${groups.join(' ')}`,
	({ code, groups }) => `+${code}${groups.join('')}.0`,
	({ code, groups }) => `'+${code}${groups.join('')}`,
];

/** As people write it inside the country. */
const national: Array<(mobile: Mobile) => string> = [
	({ groups: [area, ...rest] }) => `(${area}) ${rest.join('-')}`,
	({ groups: [area, ...rest] }) => `${area} ${rest.join('-')}`,
	({ groups }) => groups.join('.'),
	({ groups }) => groups.join(''),
	({ groups, trunks: [trunk = ''] }) => `${trunk}${groups.join(' ')}`,
];

const e164 = ({ code, groups }: Mobile): string => `+${code}${groups.join('')}`;

/** One number, or several where the column takes them. */
function phoneOf(making: Making): Cell {
	const { random, country } = making;
	const share = random.next();
	if (share < 0.08) return nothing;
	if (share < 0.14) {
		return wrong(
			random.pick([
				'5,51199E+12',
				'5.51199E+12',
				'n/a',
				'abc',
				'12345',
				'9'.repeat(17),
				'#N/A',
				'ver notas',
			]),
		);
	}
	const own = mobiles[country];
	if (own && random.chance(0.5)) {
		const mobile = own(random);
		const bare = mobile.groups.join('');
		if (random.chance(0.3)) return typed(bare, e164(mobile));
		return asText(random.pick(national)(mobile), e164(mobile));
	}
	const mobile = random.pick(Object.values(mobiles))(random);
	// Without a sign of it, which a spreadsheet takes from a number, one with a country code may be one of the default
	// country, too: a Peruvian mobile is a whole one in Porto Alegre (51 9…), and who chose Brazil means that.
	const isBrazilian = country === 'BR' && mobile.code === '51';
	if (!isBrazilian) {
		if (random.chance(0.15)) return typed(e164(mobile).slice(1), e164(mobile), 'either');
		if (random.chance(0.1)) return typed(e164(mobile), e164(mobile), 'either');
	}
	const hidden = random.chance(0.1) ? unseen(making) : '';
	return asText(`${hidden}${random.pick(international)(mobile)}${hidden}`, e164(mobile));
}

/** A column of phone numbers. */
export const phone: Kind = {
	make: phoneOf,
	isSame: (arrived, meant) => arrived === meant,
};
