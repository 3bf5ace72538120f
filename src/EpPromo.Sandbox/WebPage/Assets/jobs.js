// The table of the latest jobs.
import { byId, el, setText, showAll } from './dom.js';
import { agoElement, count, duration, jobName, number, status } from './format.js';

const rows = byId('job-rows');

export function showJobs({ found, rows: jobs }) {
    setText(byId('jobs-count'), jobs.length === found ? count(found, 'job') : `${number(jobs.length)} of ${number(found)}`);
    if (found === 0) {
        rows.replaceChildren(el('tr', {}, el('td', { class: 'muted', colspan: 7 }, 'No jobs yet. Create one here, or with New-EpPromotionJob.')));
    } else {
        showAll(rows, jobs, job => job.id, () => el('tr'), updateRow);
    }
}

function updateRow(row, job) {
    row.replaceChildren(
        el('td', {}, status(job.status)),
        el('th', { scope: 'row' },
            el('span', { class: 'name' }, jobName(job)),
            job.type === 'code_export' && job.name ? el('span', { class: 'tag' }, 'export') : null,
            job.error ? el('div', { class: 'muted name' }, job.error) : null),
        el('td', { class: 'optional' }, el('span', { class: 'name' }, job.promotionName)),
        el('td', { class: 'number' }, ...codes(job)),
        el('td', { class: 'when' }, agoElement(job.createdAt)),
        el('td', { class: 'number optional' }, job.startedAt === null ? '' : duration(job.startedAt - job.createdAt)),
        el('td', { class: 'number optional' }, isFinished(job) && job.startedAt !== null ? duration(job.endsAt - job.startedAt) : ''));
}

/** Whether a job is completed, failed or cancelled. */
export const isFinished = job => ['completed', 'failed', 'cancelled'].includes(job.status);

/** How many codes a job has made, and of how many, if they differ. */
export function codes({ requested, generated, deleted }) {
    if (requested === null) {
        return [];
    }

    const made = generated - deleted;
    return [number(made), made === requested ? null : el('span', { class: 'muted optional' }, ` of ${number(requested)}`)];
}
