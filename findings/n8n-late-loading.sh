#!/usr/bin/env bash
# n8n-core: what n8n knows of a package's nodes when it starts. Where the package brings dist/known and dist/types, they
# are read in place of the list in its package.json and of its code; the loader that an installation uses reads those.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-core@2.41.1 n8n-workflow@2.41.0
mkdir -p package/dist/known package/dist/types
cat >package/package.json <<'JSON'
{ "name": "n8n-nodes-crm", "version": "1.0.0", "n8n": { "nodes": ["dist/Listed.node.js"], "credentials": [] } }
JSON
for name in Listed Known; do
	cat >"package/dist/$name.node.js" <<JS
globalThis.loaded = [...(globalThis.loaded ?? []), '$name'];
exports.$name = class {
	description = {
		displayName: 'In the code of $name', name: '${name,}', group: ['input'], version: 1, description: '',
		defaults: {}, inputs: [], outputs: ['main'], properties: [],
	};
	async execute() { return [[]]; }
};
JS
done
echo '{"known":{"className":"Known","sourcePath":"dist/Known.node.js"}}' >package/dist/known/nodes.json
echo '[{"displayName":"In dist/types","name":"known","version":1}]' >package/dist/types/nodes.json
echo '{}' >package/dist/known/credentials.json
echo '[]' >package/dist/types/credentials.json
probe <<'JS'
import { require, told } from './told.mjs';
require('reflect-metadata');
const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require('n8n-core');
const load = async (Loader) => {
	globalThis.loaded = [];
	const loader = new Loader('package');
	await loader.loadAll();
	return {
		nodes: Object.keys(loader.known.nodes),
		shown: loader.types.nodes.map(({ displayName }) => displayName),
		loaded: globalThis.loaded,
		loader,
	};
};

const started = await load(LazyPackageDirectoryLoader);
told('nodes after a start', { guess: ['listed'], seen: ['known'] }, started.nodes);
told(
	'their names in the editor',
	{ guess: ['In the code of Listed'], seen: ['In dist/types'] },
	started.shown,
);
told('code that was loaded', { guess: ['Listed'], seen: [] }, started.loaded);
told(
	'the name that the node has when it runs',
	{ guess: 'In dist/types', seen: 'In the code of Known' },
	started.loader.getNode('known').type.description.displayName,
);

const installed = await load(PackageDirectoryLoader);
told('nodes after an installation', { seen: ['listed'] }, installed.nodes);
told('their names then', { seen: ['In the code of Listed'] }, installed.shown);
JS
