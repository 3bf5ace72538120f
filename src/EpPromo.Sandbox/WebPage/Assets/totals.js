// The totals of the store, how the sandbox was started, and which jobs the sections below are about.
import { byId, el, setText, showAll } from './dom.js';
import { count, number, time } from './format.js';
import { changeView, view } from './view.js';

export function showFacts(setup) {
    const rate = setup.requestsPerSecond > 0 ? `${setup.requestsPerSecond} requests a second` : 'no rate limit';
    setText(byId('facts'), `${location.origin} · ${count(setup.concurrentJobs, 'job')} at once · ${rate}`);
}

export function showTotals({ totals, queue, runs, requests, faults }) {
    const jobs = Object.values(totals.jobs).reduce((sum, value) => sum + value, 0);
    const share = totals.codes > 0 ? Math.round(100 * Math.min(1, totals.usedCodes / totals.codes)) : 0;
    const tiles = [
        ['Promotions', number(totals.promotions), count(runs.found, 'run')],
        ['Jobs', number(jobs), `${number(queue.unfinished)} not finished, ${number(totals.jobs.failed ?? 0)} failed`],
        ['Codes', number(totals.codes), `${number(totals.usedCodes)} used (${share}%)`],
        ['Uses', number(totals.uses), 'by shoppers'],
        ['Requests', number(requests.total), requests.total > 0 ? `last one at ${time(requests.rows[0].at)}` : 'none yet'],
        ['Faults', number(faults.found), faults.found > 0 ? 'active' : 'none active'],
    ];
    showAll(byId('totals'), tiles, ([name]) => name, createTile, updateTile);
}

/** Says which promotion the jobs and runs are of, and offers to show all. */
export function showScope({ promotions, jobs }) {
    const promotion = promotions.rows.find(row => row.id === view.promotion);
    const name = promotion?.name ?? jobs.rows.find(row => row.promotionId === view.promotion)?.promotionName ?? view.promotion;
    for (const scope of document.querySelectorAll('[data-scope]')) {
        if (!view.promotion) {
            scope.replaceChildren();
        } else if (scope.dataset.scope !== view.promotion || !scope.firstChild) {
            const all = el('button', { type: 'button' }, 'Show all promotions');
            all.addEventListener('click', () => changeView({ promotion: '' }));
            scope.replaceChildren(el('span', { class: 'muted' }, 'of '), el('b', { class: 'name' }, name), ' ', all);
        }

        scope.dataset.scope = view.promotion;
    }
}

function createTile([name]) {
    return el('div', {}, el('dt', {}, name), el('dd'), el('dd'));
}

function updateTile(tile, [, value, detail]) {
    setText(tile.children[1], value);
    setText(tile.children[2], detail);
}
