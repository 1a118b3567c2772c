#!/usr/bin/env bash
# n8n's toSnakeCase() does not part leadId, and joins what a full stop parts.
. "$(dirname "$0")/lib/lib.sh"
packages n8n-workflow@2.41.0
probe <<'JS'
import { told } from './told.mjs';
import { evaluate } from './n8n.mjs';
const snake = (text) => evaluate(`{{ '${text}'.toSnakeCase() }}`);
told('leadId', { guess: 'lead_id', seen: 'leadid' }, snake('leadId'));
told('Lead Id', { seen: 'lead_id' }, snake('Lead Id'));
told('lead-id', { seen: 'lead_id' }, snake('lead-id'));
told('lead.id', { guess: 'lead_id', seen: 'leadid' }, snake('lead.id'));
JS
