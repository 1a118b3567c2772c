#!/usr/bin/env bash
# xml2js, behind n8n's XML node: a Date is written as an empty element, as an undefined field is, the records of a list
# become one, and a list of texts is an error. An attribute and an element of one name are read as a list.
. "$(dirname "$0")/lib/lib.sh"
packages xml2js@0.6.2
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const { Builder, parseStringPromise } = require('xml2js');
const builder = new Builder({ headless: true, renderOpts: { pretty: false } });
const xml = (object) => outcome(() => builder.buildObject(object));

const day = new Date('2026-11-28T10:00:00Z');
told(
	'{ lead: { at: a Date } }',
	{ guess: '<lead><at>2026-11-28T10:00:00.000Z</at></lead>', seen: '<lead><at/></lead>' },
	xml({ lead: { at: day } }),
);
const leads = [{ name: 'Ana' }, { name: 'Bia' }];
told(
	'{ lead: two records }',
	{
		guess: '<root><lead><name>Ana</name></lead><lead><name>Bia</name></lead></root>',
		seen: '<lead><name>Ana</name><name>Bia</name></lead>',
	},
	xml({ lead: leads }),
);
told(
	'the same beside another field',
	{
		seen: '<root><lead><name>Ana</name></lead><lead><name>Bia</name></lead><page>1</page></root>',
	},
	xml({ lead: leads, page: 1 }),
);
told(
	"{ tag: ['hot', 'new'] }",
	{
		guess: '<root><tag>hot</tag><tag>new</tag></root>',
		seen: 'Error: Invalid character in name',
	},
	xml({ tag: ['hot', 'new'] }),
);
told(
	'{ lead: { email: undefined } }',
	{ guess: '<lead/>', seen: '<lead><email/></lead>' },
	xml({ lead: { email: undefined } }),
);
told('{ lead: { tags: [] } }', { seen: '<lead/>' }, xml({ lead: { tags: [] } }));

const given = '<lead id="1"><id>2</id></lead>';
const { lead } = await parseStringPromise(given, { explicitArray: false, mergeAttrs: true });
told(`${given}, attributes merged`, { guess: '1', seen: ['1', '2'] }, lead.id);
JS
