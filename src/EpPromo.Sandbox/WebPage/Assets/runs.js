// The runs that Request-EpPromotionCode has made, found in the names of the jobs.
import { byId, el, setText, showAll } from './dom.js';
import { agoElement, bar, count, number, status } from './format.js';

export function showRuns({ found, rows }) {
    setText(byId('runs-count'), found > rows.length ? `${number(rows.length)} of ${number(found)}` : found > 0 ? count(found, 'run') : '');
    const list = byId('run-rows');
    if (found === 0) {
        list.replaceChildren(el('li', { class: 'muted' }, 'No runs yet. Request-EpPromotionCode starts one.'));
    } else {
        showAll(list, rows, run => run.name, () => el('li'), updateCard);
    }
}

function updateCard(card, run) {
    const done = run.completed >= run.planned;
    const state = run.unfinished > 0 ? status('processing', 'running') : done ? status('completed') : status('pending', 'not complete');
    card.replaceChildren(
        el('div', { class: 'line' }, el('b', { class: 'name' }, run.name), state),
        el('div', { class: 'line muted' },
            el('span', {}, `${count(run.promotions, 'promotion')} · ${count(run.codes, 'code')}`),
            agoElement(run.lastAt)),
        el('div', { class: 'line muted' },
            el('span', {}, `${number(run.completed)} of ${count(run.planned, 'batch', 'batches')}`),
            run.failed > 0 ? el('span', {}, `${number(run.failed)} failed or cancelled`) : null),
        bar(run.completed / run.planned, 'progress'));
}
