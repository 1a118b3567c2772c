#!/usr/bin/env bash
# validator for Brazil: a landline is a mobile phone, a CPF or CNPJ is a tax id without its dots only, and a CNPJ is VAT
# with them only, whatever its check digits; PT is no language, and no number has dots for its thousands.
. "$(dirname "$0")/lib/lib.sh"
packages validator@13.15.22
probe <<'JS'
import { outcome, require, told } from './told.mjs';
const validator = require('validator');
const is = (name, text, expected, ...rules) =>
	told(
		`${name} ${text}`,
		expected,
		outcome(() => validator[name](text, ...rules)),
	);
is('isMobilePhone', '+5511987654321', { seen: true }, 'pt-BR');
is('isMobilePhone', '+551133334444', { guess: false, seen: true }, 'pt-BR');
is('isMobilePhone', '11 98765-4321', { seen: true }, 'pt-BR');
is('isMobilePhone', '11 98765 4321', { guess: true, seen: false }, 'pt-BR');
is('isTaxID', '11144477735', { seen: true }, 'pt-BR');
is('isTaxID', '111.444.777-35', { guess: true, seen: false }, 'pt-BR');
is('isTaxID', '11222333000181', { seen: true }, 'pt-BR');
is('isTaxID', '11.222.333/0001-81', { guess: true, seen: false }, 'pt-BR');
is('isTaxID', '12ABC34501DE35', { guess: true, seen: false }, 'pt-BR');
is('isVAT', '11.222.333/0001-81', { seen: true }, 'BR');
is('isVAT', '11222333000181', { guess: true, seen: false }, 'BR');
is('isVAT', '11.222.333/0001-99', { guess: false, seen: true }, 'BR');
is('isDecimal', '1500,50', { seen: true }, { locale: 'pt-BR' });
is('isDecimal', '1.500,50', { guess: true, seen: false }, { locale: 'pt-BR' });
is('isLatLong', '-23.5, -46.6', { seen: true });
is('isLatLong', '-23,5, -46,6', { guess: false, seen: true });

is('isISO31661Alpha2', 'br', { seen: true });
is('isISO6391', 'pt', { seen: true });
is('isISO6391', 'PT', { guess: true, seen: false });
is('isTime', '9:30 PM', { seen: true }, { hourFormat: 'hour12' });
is('isTime', '9:30 pm', { guess: true, seen: false }, { hourFormat: 'hour12' });
JS
