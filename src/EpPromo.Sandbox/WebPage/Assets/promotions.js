// The table of promotions, with what their codes are and how many are used.
import { byId, el, setText, showAll } from './dom.js';
import { agoElement, bar, count, number, status } from './format.js';
import { changeView, view } from './view.js';

const MORE = 25;
const MOST = 500;
const TYPING = 250;

const rows = byId('promotion-rows');
const search = byId('search');
const more = byId('more-promotions');
let typing = null;

search.value = view.search;
search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => changeView({ search: search.value.trim() }), TYPING);
});
more.addEventListener('click', () => changeView({ rows: Math.min(MOST, view.rows + MORE) }));

export function showPromotions({ found, rows: promotions }) {
    const all = promotions.length === found;
    setText(byId('promotions-count'), all ? count(found, 'promotion') : `${number(promotions.length)} of ${number(found)}, those with the latest jobs`);
    more.hidden = all || view.rows >= MOST;
    if (found === 0) {
        const hint = view.search ? `No promotion has “${view.search}” in its name or id.` : 'No promotions yet. New-EpPromotion creates one.';
        rows.replaceChildren(el('tr', {}, el('td', { class: 'muted', colspan: 5 }, hint)));
    } else {
        // Whether it is selected is part of what a row shows.
        const shown = promotions.map(promotion => ({ ...promotion, selected: promotion.id === view.promotion }));
        showAll(rows, shown, promotion => promotion.id, createRow, updateRow);
    }
}

function createRow({ id }) {
    const button = el('button', { type: 'button', class: 'link name' });
    button.addEventListener('click', () => changeView({ promotion: view.promotion === id ? '' : id }));
    return el('tr', {}, el('th', { scope: 'row' }, button, el('span')),
        el('td'), el('td', { class: 'optional' }), el('td', { class: 'number optional' }), el('td', { class: 'when' }));
}

function updateRow(row, promotion) {
    const [name, codes, used, jobs, latest] = row.children;
    row.classList.toggle('selected', promotion.selected);
    const [button, tags] = name.children;
    setText(button, promotion.name);
    button.setAttribute('aria-pressed', promotion.selected);
    button.title = promotion.selected ? 'Show the jobs of all promotions' : 'Show only the jobs of this promotion';
    tags.replaceChildren(...[
        promotion.standard && 'Standard',
        promotion.automatic && 'automatic',
        !promotion.enabled && 'disabled',
    ].filter(tag => tag).map(tag => el('span', { class: 'tag' }, tag)));
    if (promotion.automatic) {
        codes.replaceChildren(el('span', { class: 'muted' }, 'cannot have codes'));
        used.replaceChildren();
    } else {
        const few = promotion.codes > 0 ? Math.max(0.01, promotion.codes / promotion.limit) : 0;
        codes.replaceChildren(number(promotion.codes), ' ', el('span', { class: 'muted nowrap' }, `of ${number(promotion.limit)}`), bar(few, 'limit'));
        used.replaceChildren(...usedOf(promotion));
    }

    setText(jobs, number(promotion.jobs));
    latest.replaceChildren(...latestOf(promotion.lastJob));
}

function usedOf({ codes, usedCodes, uses }) {
    if (uses === 0) {
        return [el('span', { class: 'muted' }, '–')];
    }

    const share = Math.min(1, usedCodes / Math.max(1, codes));
    const often = uses > usedCodes ? ` ${count(uses, 'time')}` : '';
    return [number(usedCodes), el('span', { class: 'muted' }, `${often} · ${Math.round(100 * share)}%`), bar(share)];
}

function latestOf(job) {
    return job ? [status(job.status), ' ', el('span', { class: 'muted optional' }, agoElement(job.createdAt))] : [];
}
