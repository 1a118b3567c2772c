import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.mts';
import type { LimitSettings, Vendor, VendorDefinition } from './simulator.mts';

const USAGE = `Usage: tsx dev/kit/run.mts <vendor> [options]

  --port <n>        port on 127.0.0.1 (default: a free one)
  --rate <n>        requests let through in a window, or "documented" (default: no limit)
  --window <ms>     length of the window (default: 1000)
  --kind <kind>     fixed, sliding or bucket (default: fixed)
  --latency <ms>    milliseconds that each answer is held back (default: 0)
  --records <n>     requests kept for /_sim/requests (default: 10000)
  --options <json>  the vendor's own options, e.g. '{"apiKey":"…","webhookUrl":"http://…"}'

SIMULATORS_IDENTITY and SIMULATORS_DELAY_MS in the environment put TLS and a long way in front of it
(dev/kit/network/away.mts).

Prints one line of JSON, {"name","url","port"}, once it listens. Ends on SIGINT, SIGTERM, or when
its parent's channel closes.`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		port: { type: 'string', default: '0' },
		rate: { type: 'string' },
		window: { type: 'string', default: '1000' },
		kind: { type: 'string', default: 'fixed' },
		latency: { type: 'string', default: '0' },
		records: { type: 'string', default: '10000' },
		options: { type: 'string', default: '{}' },
	},
});

const [vendor] = positionals;
if (vendor === undefined || !/^[a-z-]+$/i.test(vendor)) {
	console.error(USAGE);
	process.exit(2);
}

const { default: define } = (await import(`../vendors/${vendor}/simulator/index.mts`)) as {
	default: (options: unknown) => VendorDefinition<Vendor>;
};

function limitFrom(rate: string | undefined): LimitSettings | 'documented' | undefined {
	if (rate === undefined || rate === 'documented') return rate;
	return {
		kind: values.kind as LimitSettings['kind'],
		requests: Number(rate),
		windowMs: Number(values.window),
	};
}

const limit = limitFrom(values.rate);
const simulator = await startSimulator(define(JSON.parse(values.options)), {
	port: Number(values.port),
	latencyMs: Number(values.latency),
	records: Number(values.records),
	...(limit && { limit }),
});
const { name, url, port } = simulator;
console.log(JSON.stringify({ name, url, port }));

async function end(): Promise<void> {
	try {
		await simulator.close();
		process.exit(0);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}
process.once('SIGINT', () => void end());
process.once('SIGTERM', () => void end());
process.once('disconnect', () => void end());
