import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Answer, Call, Vendor, VendorDefinition } from '../../dev/simulators/simulator.mts';

const CONTRACT = `
openapi: 3.1.0
info: { title: Probe, version: '1' }
servers: [{ url: 'https://a.example/api/v1' }, { url: 'https://b.example/v1' }]
security: [{ key: [] }]
paths:
  /things/{id}:
    get:
      operationId: thing.get
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: A thing.
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: string } } }
  /things:
    post:
      operationId: thing.create
      requestBody:
        content:
          application/json:
            schema: { type: object, additionalProperties: false, properties: { name: { type: string } } }
      responses:
        '201': { description: Made., content: { application/json: { schema: { type: object } } } }
  /files:
    post:
      operationId: file.send
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              additionalProperties: false
              required: [file]
              properties: { file: { type: string, format: binary }, note: { type: string } }
      responses:
        '204': { description: Taken. }
webhooks:
  thing.made:
    post:
      requestBody:
        content:
          application/json: { schema: { type: object, required: [id] } }
      responses: { '200': { description: Acknowledged. } }
components:
  securitySchemes: { key: { type: apiKey, in: query, name: api-key } }
`;

/** A vendor small enough to show what the framework does by itself. */
export interface Probe extends Vendor {
	/** What `thing.get` answers; a test may make it a lie. */
	answer: Answer;
	lastCall: Call | undefined;
	checkWebhook(payload: unknown): void;
}

/** Writes the probe's contract to a temporary file and gives its definition. */
export async function probe(): Promise<VendorDefinition<Probe>> {
	const path = join(await mkdtemp(join(tmpdir(), 'contract-')), 'probe.yaml');
	await writeFile(path, CONTRACT);
	return {
		name: 'probe',
		contract: pathToFileURL(path),
		create: ({ journal, checkWebhook }) => {
			const vendor: Probe = {
				answer: { status: 200, body: { id: 'x' } },
				lastCall: undefined,
				checkWebhook: (payload) => checkWebhook('thing.made', payload),
				handlers: {
					'thing.get': (call) => {
						vendor.lastCall = call;
						return vendor.answer;
					},
					'thing.create': ({ id, body }) => {
						journal.add('thing.create', id, JSON.stringify(body));
						return { status: 201, body: { made: true } };
					},
					'file.send': (call) => {
						vendor.lastCall = call;
						return { status: 204 };
					},
				},
				limitKey: ({ query }) => String(query['api-key']),
				actions: { echo: (input) => input },
				summary: () => ({ things: journal.entries('thing.create').length }),
			};
			return vendor;
		},
	};
}
