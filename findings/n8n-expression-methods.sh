#!/usr/bin/env bash
# n8n's expressions: a method or a getter, in an object or in a class, is invalid syntax; `this` in a function is not its
# object; and names that Node has everywhere, such as URL, btoa and structuredClone, give undefined without an error.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { outcome, told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const value = (text) => outcome(() => evaluate(`{{ ${text} }}`));
const gives = (text, expected) => told(`{{ ${text} }}`, expected, value(text));
const invalid = 'Error: invalid syntax';

gives('({ a() { return 1; } }).a()', { guess: 1, seen: invalid });
gives('({ a: () => 1 }).a()', { seen: 1 });
gives('({ a: function () { return 1; } }).a()', { seen: 1 });
gives('({ get a() { return 1; } }).a', { guess: 1, seen: invalid });
gives('new (class { a() { return 1; } })().a()', { guess: 1, seen: invalid });
gives('new (class { a = 1; })().a', { seen: 1 });
gives('({ a: 1, b: function () { return this.a; } }).b()', { guess: 1, seen: undefined });
gives('(function () { return this.a; }).call({ a: 1 })', { guess: 1, seen: undefined });

gives("new URL('https://acme.example/a').host", { guess: 'acme.example', seen: undefined });
gives('new URLSearchParams({ a: 1 }).toString()', { guess: 'a=1', seen: undefined });
gives("btoa('a')", { guess: 'YQ==', seen: undefined });
gives('structuredClone({ a: 1 })', { guess: { a: 1 }, seen: undefined });
gives("new TextEncoder().encode('a').length", { guess: 1, seen: undefined });
gives('typeof crypto.randomUUID()', { guess: 'string', seen: undefined });
gives("encodeURIComponent('a b')", { seen: 'a%20b' });
gives("new Intl.NumberFormat('pt-BR').format(1.5)", { seen: '1,5' });
JS
