#!/usr/bin/env bash
# rss-parser, of n8n's RSS nodes: a category with a domain is an object, of two files or authors one is left, Atom's
# categories are missing and its XHTML is put in another order, and 05/11/2026 is in May.
. "$(dirname "$0")/lib/lib.sh"
packages rss-parser@3.13.0
probe <<'JS'
import { require, told } from './told.mjs';
const Parser = require('rss-parser');
/** A field of the only item of a feed, as JSON has it. */
const read = async (feed, field) => {
	const value = (await new Parser().parseString(feed)).items[0][field];
	return value && JSON.parse(JSON.stringify(value));
};
const rss = async (xml, field, expected) => {
	const feed = `<rss version="2.0"><channel><title>Acme</title><item>${xml}</item></channel></rss>`;
	told(`RSS: ${xml}`, expected, await read(feed, field));
};
const atom = async (xml, field, expected) => {
	const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><entry>${xml}</entry></feed>`;
	told(`Atom: ${xml}`, expected, await read(feed, field));
};

await rss('<category>CRM</category>', 'categories', { seen: ['CRM'] });
await rss('<category domain="tags">CRM</category>', 'categories', {
	guess: ['CRM'],
	seen: [{ _: 'CRM', $: { domain: 'tags' } }],
});
await atom('<category term="CRM"/>', 'categories', { guess: ['CRM'], seen: undefined });
await rss('<description>3 &lt; 5 e 7 &gt; 6</description>', 'contentSnippet', {
	guess: '3 < 5 e 7 > 6',
	seen: '3  6',
});
await rss('<description>A &amp;amp; B</description>', 'contentSnippet', { seen: 'A & B' });
await rss('<enclosure url="/a.mp3"/><enclosure url="/b.mp3"/>', 'enclosure', {
	guess: [{ url: '/a.mp3' }, { url: '/b.mp3' }],
	seen: { url: '/a.mp3' },
});
await rss('<author>Ana</author><author>Bia</author>', 'author', {
	guess: ['Ana', 'Bia'],
	seen: 'Ana',
});
await rss('<pubDate>Fri, 20 Nov 2026 10:00:00 -0300</pubDate>', 'isoDate', {
	seen: '2026-11-20T13:00:00.000Z',
});
await rss('<pubDate>05/11/2026</pubDate>', 'isoDate', {
	guess: undefined,
	seen: '2026-05-11T00:00:00.000Z',
});
await atom('<link rel="self" href="/s"/><link rel="alternate" href="/a"/>', 'link', { seen: '/a' });
await atom('<link rel="enclosure" href="/e"/><link href="/a"/>', 'link', {
	guess: '/a',
	seen: '/e',
});
await atom('<content type="xhtml"><div>a <b>b</b> c</div></content>', 'content', {
	guess: '<div>a <b>b</b> c</div>',
	seen: '<div type="xhtml"><div>a  c<b>b</b></div></div>',
});
JS
