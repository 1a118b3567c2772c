#!/usr/bin/env bash
# n8n's isNumeric() is true of Infinity, of 0x1F and of a phone number with its plus, and false of a number with a
# blank beside it, which toNumber() reads.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const isNumeric = (text) => evaluate(`{{ '${text}'.isNumeric() }}`);
told('Infinity', { guess: false, seen: true }, isNumeric('Infinity'));
told('0x1F', { guess: false, seen: true }, isNumeric('0x1F'));
told('+5511987654321', { guess: false, seen: true }, isNumeric('+5511987654321'));
told('1,5', { seen: false }, isNumeric('1,5'));
told("' 12 '", { guess: true, seen: false }, isNumeric(' 12 '));
told("toNumber of ' 12 '", { seen: 12 }, evaluate("{{ ' 12 '.toNumber() }}"));
JS
