// The active faults, each with a button that removes it.
import { byId, el, setText, showAll } from './dom.js';
import { count, number } from './format.js';

const PATH = '/_sandbox/faults';
const removeAll = byId('remove-faults');

removeAll.addEventListener('click', () => fetch(PATH, { method: 'DELETE' }));

export function showFaults({ found, rows }) {
    setText(byId('faults-count'), found === 0 ? 'none active' : found > rows.length ? `${number(rows.length)} of ${number(found)}` : `${number(found)} active`);
    removeAll.hidden = found < 2;
    showAll(byId('fault-rows'), rows, fault => fault.id, createCard, updateCard);
}

function createCard({ id, rule }) {
    const remove = el('button', { type: 'button', class: 'link', 'aria-label': `Remove fault ${id}: ${rule}` }, 'Remove');
    remove.addEventListener('click', () => fetch(`${PATH}/${id}`, { method: 'DELETE' }));
    return el('li', {}, el('div', { class: 'line' }, el('code', { class: 'path' }, rule), remove), el('div', { class: 'muted' }));
}

function updateCard(card, { times, matched, triggered }) {
    const spent = times !== null && triggered >= times ? ' · used up' : '';
    setText(card.children[1], `hit ${number(triggered)} of ${count(matched, 'request')}${spent}`);
}
