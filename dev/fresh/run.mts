import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Claim } from '../bench/bench.mts';
import { writeSections } from '../bench/harness/report.mts';
import { PlainSentence } from '../demo/terminal.mts';
import { NPM_OF_NODE, type Timing, tryOn } from './debian.mts';

/**
 * Tries the README's two commands on an empty Debian that has only Node, git, python3, make and g++ (where tests are
 * run, also the proxies that the README names), and writes into docs/measurements.md how long they took; with an
 * earlier commit, the first command of that one, too, on a machine of its own. It needs Linux, root and debootstrap,
 * and a committed tree.
 *
 *     npm run fresh [-- --only start|test] [--base <commit>] [<version of Node>…]
 */
const FIRST = 'npm ci && npm start -- --once';
const COMMANDS = [FIRST, 'npm ci && npm test'];
/** How much of the earlier commit's time the first command may take. */
const MOST_OF_BASE = 0.75;

const { values, positionals } = parseArgs({
	options: { only: { type: 'string' }, base: { type: 'string' } },
	allowPositionals: true,
});
const commands = COMMANDS.filter((command) => command.includes(`npm ${values.only ?? ''}`));

/** The first command of the checkout beside that of the earlier commit, on this Node. */
function comparison(node: string, timings: readonly Timing[]): Claim[] {
	const first = timings.filter((one) => one.node === node && one.command === FIRST);
	const [base, own] = [true, false].map(
		(isBase) => first.find(({ commit }) => (commit !== undefined) === isBase)?.seconds,
	);
	if (base === undefined || own === undefined) return [];
	const ratio = own / base;
	return [
		{
			claim: `Node ${node}: the first command takes at most ${MOST_OF_BASE} of the earlier commit’s time`,
			measured: ratio.toFixed(2),
			holds: ratio <= MOST_OF_BASE,
		},
	];
}

try {
	if (process.getuid?.() !== 0)
		throw new PlainSentence('This makes a Debian of its own and has to be run by root.');
	if (spawnSync('debootstrap', ['--version']).error)
		throw new PlainSentence('Install debootstrap first.');
	const nodes = positionals.length > 0 ? positionals : Object.keys(NPM_OF_NODE);
	const timings = nodes.flatMap((node) => [
		...(values.base ? tryOn({ node, commit: values.base, commands: [FIRST] }) : []),
		...tryOn({ node, commands }),
	]);
	const columns = ['Node', 'Command', 'Seconds', 'Exit code'];
	const rows = timings.map(({ node, commit, command, seconds, code }) => [
		node,
		commit ? `${command} (${commit})` : command,
		Math.round(seconds),
		String(code),
	]);
	const table = new Table({ head: columns });
	table.push(...rows);
	console.log(table.toString());
	const failed = timings.filter(({ code }) => code !== 0);
	const tools = values.only === 'start' ? '' : ', and for the tests OpenSSL, Squid and Tinyproxy';
	const claim = `The README’s commands end well on an empty Debian with Node, git, python3, make and g++${tools}`;
	const measured = `${timings.length - failed.length} of ${timings.length}`;
	const which = values.only ? `npm ${values.only}` : 'The two commands';
	const title = `${which} on an empty Debian (bookworm), Node ${nodes.join(' and ')}`;
	const faster = nodes.flatMap((node) => comparison(node, timings));
	const section = {
		name: ['fresh', values.only, ...positionals].filter(Boolean).join('-'),
		title,
		columns,
		rows,
		claims: [{ claim, measured, holds: failed.length === 0 }, ...faster],
	};
	await writeSections([section], process.argv.slice(2), 'fresh');
	process.exitCode = section.claims.every(({ holds }) => holds) ? 0 : 1;
} catch (error) {
	console.error(error instanceof PlainSentence ? error.message : error);
	process.exitCode = 1;
}
