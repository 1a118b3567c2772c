#!/usr/bin/env bash
# Node's TLS: an error whose code begins with ERR_SSL_ need not be one of the handshake. Where the server has the whole
# request and its answer is spoilt on the way, the code is ERR_SSL_…, while a failed handshake is EPROTO: the code does
# not say that nothing was sent.
. "$(dirname "$0")/lib/lib.sh"
packages node-forge@1.3.1
probe <<'JS'
import { once } from 'node:events';
import { request } from 'node:https';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import { require, told } from './told.mjs';
const { md, pki } = require('node-forge');
const keys = pki.rsa.generateKeyPair(2048);
const made = pki.createCertificate();
made.publicKey = keys.publicKey;
made.serialNumber = '01';
made.validity.notAfter = new Date(Date.now() + 86_400_000);
made.setSubject([{ name: 'commonName', value: 'localhost' }]);
made.setIssuer([{ name: 'commonName', value: 'localhost' }]);
made.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }]);
made.sign(keys.privateKey, md.sha256.create());
const cert = pki.certificateToPem(made);
const key = pki.privateKeyToPem(keys.privateKey);
const listening = async (server) => {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return server.address().port;
};

let received = '';
const vendor = createTlsServer({ key, cert }, async (incoming, answer) => {
	for await (const chunk of incoming) received += chunk;
	answer.end('done');
});
const vendorPort = await listening(vendor);
// Changes one byte of the first thing that comes back once the whole request is there.
const relay = createServer((client) => {
	const server = connect(vendorPort, '127.0.0.1');
	client.pipe(server);
	client.on('error', () => {});
	server.on('error', () => {});
	server.on('data', (data) => {
		if (received) data[8] ^= 1;
		client.write(data);
	});
});
const noTls = createServer((client) => {
	client.on('error', () => {});
	client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
});
const post = async (port, maxVersion) => {
	received = '';
	const sent = request({
		host: '127.0.0.1',
		port,
		servername: 'localhost',
		ca: cert,
		method: 'POST',
		agent: false,
		maxVersion,
	});
	sent.end('one lead');
	const error = await new Promise((resolve) => {
		sent.on('error', resolve);
		sent.on('response', resolve);
	});
	return [error.code ?? error.statusCode, received];
};
const relayPort = await listening(relay);
const noTlsPort = await listening(noTls);
const mac = 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC';
told('an answer as it is', { seen: [200, 'one lead'] }, await post(vendorPort));
told(
	'one spoilt, TLS 1.3',
	{ guess: ['ECONNRESET', 'one lead'], seen: [mac, 'one lead'] },
	await post(relayPort, 'TLSv1.3'),
);
told(
	'no handshake at all',
	{ guess: ['ERR_SSL_WRONG_VERSION_NUMBER', ''], seen: ['EPROTO', ''] },
	await post(noTlsPort),
);
process.exit();
JS
