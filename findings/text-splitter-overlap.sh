#!/usr/bin/env bash
# LangChain's text splitters, of n8n's nodes: no overlap across paragraphs or behind a long word, a separator begins the
# next piece, and the one by a separator makes pieces longer than their size.
. "$(dirname "$0")/lib/lib.sh"
packages @langchain/textsplitters@1.0.1 @langchain/core@1.2.8
probe <<'JS'
import { require, told } from './told.mjs';
const splitters = require('@langchain/textsplitters');
const split = async (name, text, options) =>
	await new splitters[name]({ chunkSize: 10, chunkOverlap: 5, ...options }).splitText(text);
const recursive = 'RecursiveCharacterTextSplitter';
told(
	'aaaa bbbb cccc, by 10 with an overlap of 5',
	{ seen: ['aaaa bbbb', 'bbbb cccc'] },
	await split(recursive, 'aaaa bbbb cccc'),
);
told(
	'aaaa bbbb, a paragraph, cccc dddd',
	{ guess: ['aaaa bbbb', 'bbbb', 'cccc dddd'], seen: ['aaaa bbbb', 'cccc dddd'] },
	await split(recursive, 'aaaa bbbb\n\ncccc dddd'),
);
const apart = { chunkOverlap: 0 };
told(
	'Oi. Ana. Bia by full stops',
	{ guess: ['Oi.', 'Ana.', 'Bia'], seen: ['Oi', '. Ana', '. Bia'] },
	await split(recursive, 'Oi. Ana. Bia', { ...apart, chunkSize: 5, separators: ['. '] }),
);
told(
	'15 letters and a word',
	{ guess: ['aaaaaaaaaa', 'aaaaa bbb'], seen: ['aaaaaaaaaa', 'aaaaa', 'bbb'] },
	await split(recursive, 'aaaaaaaaaaaaaaa bbb', apart),
);
told(
	'aaaa bbbb cccc, by 10 and paragraphs',
	{ guess: ['aaaa bbbb', 'cccc'], seen: ['aaaa bbbb cccc'] },
	await split('CharacterTextSplitter', 'aaaa bbbb cccc', apart),
);
JS
