#!/usr/bin/env bash
# n8n's replaceSpecialChars() is a transliteration: Chinese becomes Pinyin, the euro sign EU, a degree a word. An
# accent that is a character of its own, as macOS writes file names, and an emoji become question marks.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const plain = (text) => evaluate(`{{ ${JSON.stringify(text)}.replaceSpecialChars() }}`);
told('São', { seen: 'Sao' }, plain('São'));
told('São, decomposed', { guess: 'Sao', seen: 'Sa?o' }, plain('São'.normalize('NFD')));
told('€ 5', { guess: 'EUR 5', seen: 'EU 5' }, plain('€ 5'));
told('5 °C', { guess: '5 C', seen: '5 degC' }, plain('5 °C'));
told('日本', { guess: '日本', seen: 'Ri Ben' }, plain('日本'));
told('😀 oi', { guess: ' oi', seen: '? oi' }, plain('😀 oi'));
JS
