import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { checkedCredential, type CredentialData } from '../../nodes/engine/http/credentialCheck.ts';
import { ask } from './ask.mts';
import type { ApiError } from '../../nodes/engine/http/apiError.ts';
import { verdictOf } from './findings.mts';
import { record, report } from './report.mts';
import { vendorNames, vendors } from '../vendors.mts';
import { type LiveVendor, liveVendor } from './liveVendor.mts';
import { settled } from './questions.mts';
import { checkLive, type Delivery } from './walk.mts';

const USAGE = `Usage: npm run check:live -- --vendor <${vendorNames.join(' | ')}> [options]

Holds the vendor's own server against this project's contract. It only reads.

  --record <file>     keep the shapes of the answers, to send in as an issue: names and types, no values
  --base-url <url>    another address than the vendor's, such as a simulator's; with the path that the credential has there
  --delivery <file>   a delivery of a webhook as JSON, such as {"event": "replyDetected", "body": {…}}, for the
                      questions that only deliveries settle; nothing of it is sent anywhere
  --bearer            Convertalk: the token was made in BotPenguin's own panel

The key is taken from the environment, or asked for:
${vendors
	.map(({ name, kit }) => `  ${name}: ${Object.values(kit.live.asked).join(', ')}`)
	.join('\n')}

Ends with code 1 where something differs.`;

const { values } = parseArgs({
	options: {
		vendor: { type: 'string' },
		record: { type: 'string' },
		delivery: { type: 'string', multiple: true, default: [] },
		'base-url': { type: 'string' },
		bearer: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});
const chosen = vendors.find(({ name }) => name === values.vendor);
if (!chosen || values.help) {
	console.error(USAGE);
	process.exit(values.help ? 0 : 2);
}

const vendor = liveVendor(chosen);
const credentials = await credentialsOf(vendor);
const checked = await check(vendor, credentials).catch((thrown: unknown) => {
	// By its fields: the class of what is thrown is loaded twice, as CommonJS and as a module.
	const { message, hint, shouldReport } = thrown as Partial<ApiError> & { shouldReport?: boolean };
	if (shouldReport !== false) throw thrown;
	console.error([message, hint].filter(Boolean).join('. '));
	process.exit(2);
});
console.log(`\n${report(vendor.api.name, checked)}`);
if (values.record !== undefined) {
	await writeFile(
		values.record,
		`${JSON.stringify(record(vendor.api.name, checked), null, '\t')}\n`,
	);
	console.log(
		`\nThe shapes are in ${values.record}. Look through it before you send it to anyone.`,
	);
}
const differs = checked.findings.some(({ fields }) =>
	[...fields.values()].some((field) => verdictOf(field) === 'differs'),
);
const otherwise = checked.questions.some((asked) => settled(asked) === 'otherwise');
process.exit(differs || otherwise ? 1 : 0);

/** @throws ApiError or UserError where the node would not send anything either */
async function check(live: LiveVendor, entered: IDataObject) {
	const { api, credential } = live;
	const data = checkedCredential(api, credential.properties, entered as CredentialData);
	const deliveries = await Promise.all(values.delivery.map(read));
	return await checkLive(live, data, (line) => process.stderr.write(`  ${line}\n`), deliveries);
}

async function read(file: string): Promise<Delivery> {
	return JSON.parse(await readFile(file, 'utf8')) as Delivery;
}

/** The credential as the node would have it: its defaults, the address, and what the person gives. */
async function credentialsOf({ credential, asked, address }: LiveVendor): Promise<IDataObject> {
	const defaults = Object.fromEntries(
		credential.properties.map(({ name, default: value }) => [name, value]),
	);
	const baseUrl = values['base-url'];
	const data = { ...defaults, ...(baseUrl !== undefined && address(baseUrl)) } as IDataObject;
	if (values.bearer) data.authentication = 'bearer';
	for (const [field, variable] of Object.entries(asked)) {
		const property = credential.properties.find(({ name }) => name === field);
		const isSecret = property?.typeOptions?.password;
		data[field] = process.env[variable] ?? (await ask(property?.displayName ?? field, isSecret));
	}
	return data;
}
