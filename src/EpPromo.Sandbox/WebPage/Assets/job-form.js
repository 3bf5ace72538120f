// The form that creates a job.
import { byId, el, showAll } from './dom.js';
import { count } from './format.js';
import { filledFields, send, showResult } from './send.js';

const form = byId('job-form');
const codes = byId('generate-fields');

export function setUpJobForm() {
    form.addEventListener('change', () => {
        codes.disabled = codes.hidden = form.elements.job_type.value === 'code_export';
    });
    form.addEventListener('submit', async event => {
        event.preventDefault();
        const { promotion, name, ...parameters } = filledFields(form);
        const type = form.elements.job_type.value;
        const job = { promotion, type: 'promotion_job', job_type: type, name, parameters: type === 'code_generate' ? parameters : undefined };
        if (await send(form, '/_sandbox/jobs', job)) {
            showResult(form, type === 'code_export' ? 'Created an export.' : `Created a job for ${count(parameters.number_of_codes, 'code')}.`);
        }
    });
}

/** Offers the names of the promotions; the id of one whose name is not unique. */
export function showPromotionNames({ rows }) {
    const options = rows.filter(row => !row.automatic).map(row => ({
        name: row.name,
        value: rows.filter(other => other.name === row.name).length > 1 ? row.id : row.name,
    }));
    showAll(byId('promotion-names'), options, option => option.value, () => el('option'), (option, { name, value }) => {
        option.value = value;
        option.label = name;
    });
}
