import { parseArgs } from 'node:util';
import { startDemo } from './demo/demo.mts';
import { runDemo } from './demo/run.mts';
import { awayFlags, awayOf, awayUsage, comeBack, goAway } from './kit/network/away.mts';
import { PlainSentence, say } from './demo/terminal.mts';

const usage = `Usage: npm start [-- options]

  --once        end after the table, with exit code 1 if a number is off
  --live        leave the simulators off: put your own keys into n8n's credentials
  --port <n>    the port of n8n's editor on 127.0.0.1 (default 5678)
${awayUsage}
  --fresh       begin with an empty n8n instead of the one of the last start
  --version-of-n8n <v>   2.41.1 (default) or 1.123.81`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: false },
			live: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			port: { type: 'string', default: '5678' },
			'version-of-n8n': { type: 'string', default: '2.41.1' },
			...awayFlags,
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const { once, live, fresh, port, 'version-of-n8n': version } = values;
	await goAway(live ? {} : awayOf(process.argv.slice(2)));
	const demo = await startDemo({ live, fresh, port: Number(port), version });
	let isRight = true;
	try {
		if (!live) isRight = await runDemo(demo);
		demo.introduce();
		if (!once) await untilCtrlC();
	} finally {
		say('Stopping n8n and the simulators');
		await demo.stop();
		await comeBack();
	}
	process.exitCode = isRight ? 0 : 1;
}

async function untilCtrlC(): Promise<void> {
	say('Press Ctrl-C to stop');
	const keepAlive = setInterval(() => {}, 60_000);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
	});
	clearInterval(keepAlive);
}

try {
	await main();
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : String(error)}`);
	if (!(error instanceof PlainSentence) && process.env.DEBUG) console.error(error);
	process.exitCode = 1;
}
