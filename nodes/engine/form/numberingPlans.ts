/**
 * The little of the world's numbering that reading a phone number needs. Lengths and leading digits only: whether a
 * number is assigned changes by the week, and nobody's number shall be refused for a table that is out of date.
 */
export interface NumberingPlan {
	name: string;
	/** Country code, ITU-T E.164. */
	code: string;
	/** What is dialled before a number inside the country, and is no part of it. A regular expression. */
	trunk?: string;
	/** What used to stand between the country code and the number, and is no part of it. A regular expression. */
	afterCode?: string;
	/** What is dialled before a country code, besides 00. */
	exit?: string;
	/** The numbers that people have, without trunk prefix: fixed and mobile. A regular expression. */
	number: string;
	/** How many digits a number has behind the country code. */
	lengths: readonly number[];
	/** A number as it is dialled inside the country, as it is written behind the country code. */
	rewrite?(digits: string): string;
	/** Whether it has no number but those of `number`, and will have none; of others only the length is held to it. */
	isClosed?: boolean;
	/** The other numbers (behind the country code) under which the same line may be known. */
	twins?(number: string): string[];
}

const insert = (text: string, at: number, digits: string): string =>
	text.slice(0, at) + digits + text.slice(at);

/**
 * By ISO 3166-1 code. Each plan's source is the regulator's own, as notified to the ITU (National Numbering Plans,
 * www.itu.int/oth/T0202); the tests hold all of them against Google's metadata.
 */
export const plans = {
	/**
	 * ENACOM, Plan Fundamental de Numeración Nacional (Res. SC 46/97): area and number have ten digits. A mobile is
	 * dialled area + 15 + number inside the country, 9 + area + number from abroad.
	 */
	AR: {
		name: 'Argentina',
		code: '54',
		trunk: '0',
		number: String.raw`11\d{8}|[2368]\d{9}|911\d{8}|9[23]\d{9}`,
		lengths: [10, 11],
		rewrite: (digits) =>
			digits.replace(
				/^0?(?:(11)15(\d{8})|([23]\d\d)15(\d{7})|([23]\d{3})15(\d{6}))$/,
				'9$1$2$3$4$5$6',
			),
		twins(number) {
			const local = number.length === 11 ? number.slice(1) : number;
			if (!/^(11|[23])/.test(local)) return [];
			// An area code has two digits (11), three or four; which of the last two, only a list of them all would tell.
			const areas = local.startsWith('11') ? [2] : [3, 4];
			return [`9${local}`, local, ...areas.map((length) => insert(local, length, '15'))];
		},
	},
	/**
	 * Anatel, Regulamento de Numeração (Res. 749/2022): 0 + carrier + area + number. Res. 553/2010: mobiles have nine
	 * digits, with a 9 in front, in all areas since 2016. Which of the older ones had it is not seen from the number.
	 */
	BR: {
		name: 'Brazil',
		code: '55',
		trunk: '0(?:1[245]|2[1-35]|31|4[13]|[56]5|99)?',
		number: String.raw`(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])(?:9\d{8}|[2-9]\d{7})|[3589]00\d{7}`,
		lengths: [10, 11],
		twins(number) {
			if (/^\d\d9[6-9]\d{7}$/.test(number)) return [number.slice(0, 2) + number.slice(3)];
			return /^\d\d[6-9]\d{7}$/.test(number) ? [insert(number, 2, '9')] : [];
		},
	},
	/** SUBTEL, Plan Técnico Fundamental de Numeración Telefónica (D.S. 747/1999 as changed in 2013): nine digits. */
	CL: { name: 'Chile', code: '56', number: String.raw`[2-9]\d{8}`, lengths: [9] },
	/** CRC, Res. 5826 of 2019: ten digits, 60 + area for fixed lines since 2021-09-01. Before: 0 + carrier. */
	CO: {
		name: 'Colombia',
		code: '57',
		trunk: '0(?:[3579]|4(?:[14]4|56))?',
		number: String.raw`[39]\d{9}|60\d{8}`,
		lengths: [10],
	},
	/** Real Decreto 2296/2004, Plan Nacional de Numeración Telefónica: nine digits, nothing in front. */
	ES: { name: 'Spain', code: '34', number: String.raw`[4-9]\d{8}`, lengths: [9] },
	/**
	 * IFT, Plan Técnico Fundamental de Numeración (DOF 2018-05-11): ten digits since 2019-08-03, and nothing in front.
	 * Before: 01, 044 and 045 inside the country, 1 before a mobile from abroad; WhatsApp still writes that 1.
	 */
	MX: {
		name: 'Mexico',
		code: '52',
		trunk: '01|04[45]',
		afterCode: '01|04[45]|1',
		number: String.raw`[2-9]\d{9}`,
		lengths: [10],
		twins: (number) => [`1${number}`],
	},
	/** MTC, Plan Técnico Fundamental de Numeración (R.S. 022-2002-MTC): mobiles nine digits, fixed lines eight. */
	PE: {
		name: 'Peru',
		code: '51',
		trunk: '0',
		number: String.raw`9\d{8}|[1-8]\d{7}`,
		lengths: [8, 9],
	},
	/** ANACOM, Plano Nacional de Numeração: nine digits, nothing in front. */
	PT: { name: 'Portugal', code: '351', number: String.raw`[2-9]\d{8}`, lengths: [9] },
	/**
	 * NANPA, NPA-NXX-XXXX: ten digits, 1 in front. Canada and twenty others have the same plan. No area begins with 1:
	 * +11 98765-4321 is São Paulo's 11 behind a + too many.
	 */
	US: {
		name: 'United States and Canada',
		code: '1',
		isClosed: true,
		trunk: '1',
		exit: '011',
		number: String.raw`[2-9]\d{9}`,
		lengths: [10],
	},
	/** URSEC, Plan Nacional de Numeración (2010): eight digits; mobiles are written with their 0, as in 094. */
	UY: {
		name: 'Uruguay',
		code: '598',
		trunk: '0',
		number: String.raw`9[1-9]\d{6}|[24]\d{7}`,
		lengths: [8],
	},
} as const satisfies Record<string, NumberingPlan>;

/** A country whose numbering is known, by its ISO 3166-1 code. */
export type Country = keyof typeof plans;

/**
 * ITU-T E.164, list of assigned country codes: the code that an international number begins with. No code is the
 * beginning of another one.
 * @param digits an international number without its +
 */
export function countryCode(digits: string): string | undefined {
	return /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[12368]|2[2346]\d|25[0-8]|29[017-9]|35\d|37[0-8]|38[0-35-79]|42[013]|50\d|59\d|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-36]|888|96[0-8]|97[0-79]|99[2-68])/.exec(
		digits,
	)?.[0];
}

/**
 * ITU, Dialling Procedures (annex to Operational Bulletin 994): the country codes where people write a 0 in front of a
 * number that is no part of it, as in +44 (0)20.
 */
export const trunkZeroCodes: ReadonlySet<string> = new Set(
	(
		'20 27 31 32 33 40 41 43 44 46 49 51 53 54 55 57 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 ' +
		'211 212 213 218 231 232 233 234 243 249 250 251 252 254 255 256 260 261 262 263 264 265 291 353 355 358 359 ' +
		'370 373 374 375 377 380 381 382 383 385 386 387 389 421 423 508 590 591 593 594 595 596 598 686 850 855 856 880 ' +
		'886 961 962 963 964 966 967 970 971 972 976 977 994 995 996'
	).split(' '),
);

/** The same: the few where a number itself begins with 0, among them Italy. */
export const leadingZeroCodes: ReadonlySet<string> = new Set(
	'39 225 229 241 242 247 378'.split(' '),
);
