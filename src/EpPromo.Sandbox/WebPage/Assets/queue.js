// The jobs that have not finished. Their bars move on their own: when a job will end is known when it starts.
import { byId, el, setText, showAll } from './dom.js';
import { bar, count, duration, jobName, now, number } from './format.js';

const rows = byId('queue-rows');
let jobs = [];

export function showQueue(queue, setup) {
    jobs = queue.rows;
    const more = queue.unfinished - jobs.length;
    setText(byId('queue-count'), queue.unfinished > 0 ? `${number(queue.running)} running, ${number(queue.unfinished - queue.running)} waiting` : '');
    setText(byId('queue-note'), queue.unfinished === 0
        ? `Nothing is waiting. The sandbox processes ${count(setup.concurrentJobs, 'job')} at once.`
        : more > 0 ? `and ${count(more, 'more job', 'more jobs')}` : '');
    showAll(rows, jobs, job => job.id, () => el('li'), updateCard);
    moveQueue();
}

/** Moves the bars, and says how long the jobs will still take. */
export function moveQueue() {
    for (const [index, job] of jobs.entries()) {
        const card = rows.children[index];
        const [line, , filled] = [card.children[0], card.children[1], card.children[2]?.firstElementChild];
        if (job.startedAt === null) {
            setText(line.children[1], 'waiting');
        } else {
            const left = Math.max(0, job.endsAt - now());
            setText(line.children[1], left > 60_000 ? `${duration(left)} left` : `${Math.ceil(left / 1000)} s left`);
            filled.style.width = `${100 - (100 * left / Math.max(1, job.endsAt - job.startedAt))}%`;
        }
    }
}

function updateCard(card, job) {
    card.replaceChildren(
        el('div', { class: 'line' }, el('span', { class: 'status', 'data-status': job.status }, job.status), el('span', { class: 'muted' })),
        el('div', {}, el('span', { class: 'name' }, jobName(job)),
            el('span', { class: 'muted name' }, ` · ${job.promotionName}`,
                job.requested === null ? '' : ` · ${count(job.requested, 'code')}`)));
    if (job.startedAt !== null) {
        card.append(bar(0));
    }
}
