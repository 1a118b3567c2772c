#!/usr/bin/env bash
# qs, which reads n8n's and Express's queries: the 21st value of a name turns the list into an object, also where the
# name is just repeated.
. "$(dirname "$0")/lib/lib.sh"
packages qs@6.15.2
probe <<'JS'
import { require, told } from './told.mjs';
const { parse } = require('qs');
const tags = (count) => parse(new Array(count).fill('tag=a').join('&')).tag;

told('tag=a 20 times is a list', { seen: true }, Array.isArray(tags(20)));
told('tag=a 21 times is a list', { guess: true, seen: false }, Array.isArray(tags(21)));
told('its keys begin', { seen: ['0', '1', '2'] }, Object.keys(tags(21)).slice(0, 3));
told('tag[20]=a', { guess: { tag: ['a'] }, seen: { tag: { 20: 'a' } } }, parse('tag[20]=a'));
JS
