#!/usr/bin/env bash
# Node's TLS: an error of a certificate's verification has the code of OpenSSL only where Node lists it (an expired one,
# an own signer); every other, such as an extension that must be understood, has the code UNSPECIFIED. And an expired
# certificate is not told of in the error, a wrong name's is.
. "$(dirname "$0")/lib/lib.sh"
packages node-forge@1.3.1
probe <<'JS'
import { once } from 'node:events';
import { createServer, get } from 'node:https';
import { require, told } from './told.mjs';
const forge = require('node-forge');
const { pki, asn1 } = forge;
const days = (count) => new Date(Date.now() + count * 86_400_000);
const keys = pki.rsa.generateKeyPair(2048);
const signed = (subject, issuer, extensions, until = days(2)) => {
	const made = pki.createCertificate();
	made.publicKey = keys.publicKey;
	made.serialNumber = '01';
	made.validity.notBefore = days(-2);
	made.validity.notAfter = until;
	made.setSubject([{ name: 'commonName', value: subject }]);
	made.setIssuer([{ name: 'commonName', value: issuer }]);
	made.setExtensions(extensions);
	made.sign(keys.privateKey, forge.md.sha256.create());
	return pki.certificateToPem(made);
};
const ca = signed('Authority', 'Authority', [{ name: 'basicConstraints', cA: true }]);
const localhost = { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] };
const elsewhere = { name: 'subjectAltName', altNames: [{ type: 2, value: 'elsewhere.example' }] };
const text = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.UTF8, false, 'x');
const unknown = { id: '1.2.3.4', critical: true, value: asn1.toDer(text).getBytes() };
const refusal = async (extensions, until) => {
	const cert = signed('localhost', 'Authority', extensions, until);
	const server = createServer({ key: pki.privateKeyToPem(keys.privateKey), cert }, (_, answer) =>
		answer.end(),
	);
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address();
	const request = get({ host: '127.0.0.1', port, servername: 'localhost', ca, agent: false });
	const error = await new Promise((resolve) => {
		request.on('error', resolve);
		request.on('response', (answer) => resolve({ code: answer.statusCode }));
	});
	server.close();
	server.closeAllConnections();
	return [error.code, error.cert !== undefined];
};

told('a good certificate', { seen: [200, false] }, await refusal([localhost]));
told(
	'an expired one',
	{ guess: ['CERT_HAS_EXPIRED', true], seen: ['CERT_HAS_EXPIRED', false] },
	await refusal([localhost], days(-1)),
);
told(
	'one for another name',
	{ seen: ['ERR_TLS_CERT_ALTNAME_INVALID', true] },
	await refusal([elsewhere]),
);
told(
	'one with an extension that must be understood',
	{ guess: ['UNHANDLED_CRITICAL_EXTENSION', false], seen: ['UNSPECIFIED', false] },
	await refusal([localhost, unknown]),
);
JS
