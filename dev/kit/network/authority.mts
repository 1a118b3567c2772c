import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const DAY_MS = 86_400_000;

/** A private key with the certificates that a server shows for it, its own first. PEM. */
export interface Identity {
	key: string;
	cert: string;
}

/** What a certificate says. */
export interface CertificateOptions {
	/** Subject alternative names, as OpenSSL writes them. Default: this machine. */
	names?: string;
	/** Default: yesterday. */
	from?: Date;
	/** Default: tomorrow. */
	until?: Date;
	/** A further extension, as OpenSSL writes it. */
	extension?: string;
	/** Whether the server shows the authority's certificate behind its own. Default: no. */
	isChainShown?: boolean;
}

const thisMachine = 'DNS:localhost,IP:127.0.0.1';

/** `openssl ca` is the one command of OpenSSL 3.0 that takes both dates. */
const config = `
[ca]
default_ca = tests
[tests]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = named
unique_subject = no
[named]
commonName = supplied
`;

/**
 * A certificate authority that no machine trusts and that ends with its test, made by OpenSSL.
 * Its files lie in a folder of its own.
 */
export class Authority {
	private made = 0;

	private constructor(
		/** Where its files lie, until it is closed. */
		readonly folder: string,
	) {}

	/** @throws Error with one sentence where OpenSSL is not installed */
	static async make(name = 'Authority of the tests'): Promise<Authority> {
		const folder = await mkdtemp(join(tmpdir(), 'authority-'));
		const authority = new Authority(folder);
		await writeFile(join(folder, 'ca.cnf'), config);
		await writeFile(join(folder, 'index.txt'), '');
		await authority.openssl(
			'req',
			'-x509',
			'-subj',
			`/CN=${name}`,
			'-days',
			'2',
			'-out',
			'ca.pem',
			...newKey('ca.key'),
		);
		return authority;
	}

	/** The file with the authority's own certificate, as NODE_EXTRA_CA_CERTS takes it. */
	get file(): string {
		return join(this.folder, 'ca.pem');
	}

	/** The authority's own certificate. PEM. */
	async certificate(): Promise<string> {
		return await readFile(this.file, 'utf8');
	}

	/** Makes a key and signs a certificate for it. */
	async issue({
		names = thisMachine,
		from = new Date(Date.now() - DAY_MS),
		until = new Date(Date.now() + DAY_MS),
		extension = '',
		isChainShown = false,
	}: CertificateOptions = {}): Promise<Identity> {
		const name = `leaf${++this.made}`;
		await writeFile(join(this.folder, `${name}.ext`), `subjectAltName = ${names}\n${extension}\n`);
		await this.openssl(
			'req',
			'-new',
			'-subj',
			`/CN=${name}`,
			'-out',
			`${name}.csr`,
			...newKey(`${name}.key`),
		);
		const dates = ['-startdate', asn1(from), '-enddate', asn1(until)];
		const files = ['-in', `${name}.csr`, '-extfile', `${name}.ext`, '-out', `${name}.pem`];
		const own = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
		await this.openssl('ca', '-batch', '-notext', ...own, ...dates, ...files);
		const [key, cert] = await Promise.all(
			[`${name}.key`, `${name}.pem`].map(async (file) => await this.read(file)),
		);
		return { key: key ?? '', cert: `${cert}${isChainShown ? await this.certificate() : ''}` };
	}

	/** A key with a certificate that nobody but itself has signed. */
	async issueSelfSigned(names = thisMachine): Promise<Identity> {
		const name = `self${++this.made}`;
		const what = [
			'-x509',
			'-subj',
			`/CN=${name}`,
			'-days',
			'2',
			'-addext',
			`subjectAltName=${names}`,
		];
		await this.openssl('req', ...what, '-out', `${name}.pem`, ...newKey(`${name}.key`));
		return { key: await this.read(`${name}.key`), cert: await this.read(`${name}.pem`) };
	}

	/** Removes its files. */
	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}

	private async read(file: string): Promise<string> {
		return await readFile(join(this.folder, file), 'utf8');
	}

	private async openssl(...args: string[]): Promise<void> {
		try {
			await run('openssl', args, { cwd: this.folder });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
			throw new Error('OpenSSL is not installed (on Debian: apt-get install openssl).', {
				cause: error,
			});
		}
	}
}

const newKey = (file: string): string[] => [
	...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file],
];

/** GeneralizedTime (X.680, 46): 20240131235959Z. */
const asn1 = (date: Date): string => `${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
