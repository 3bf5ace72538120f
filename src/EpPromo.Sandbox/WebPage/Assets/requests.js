// The table of the latest requests.
import { byId, el, setText, showAll } from './dom.js';
import { count, duration, time } from './format.js';

const rows = byId('request-rows');

export function showRequests({ total, rows: requests }) {
    setText(byId('requests-count'), total > requests.length ? `the last ${requests.length} of ${count(total, 'request')}` : '');
    if (total === 0) {
        rows.replaceChildren(el('tr', {}, el('td', { class: 'muted', colspan: 4 },
            'No requests yet. Set the variables that the sandbox has printed, then try Get-EpPromotion.')));
    } else {
        showAll(rows, requests, request => request.number, () => el('tr'), updateRow);
    }
}

function updateRow(row, request) {
    row.replaceChildren(
        el('td', {}, statusOf(request)),
        el('th', { scope: 'row' },
            el('span', { class: 'path' }, el('span', { class: 'method' }, request.method), ' ', shown(request.path)),
            request.origin === 'files' ? el('span', { class: 'tag' }, 'file host') : null),
        el('td', { class: 'number' }, request.milliseconds === null ? '' : duration(request.milliseconds)),
        el('td', { class: 'optional when' }, time(request.at)));
}

function statusOf({ status, milliseconds }) {
    if (status === 0) {
        return el('span', { class: 'status code', 'data-status': milliseconds === null ? 'processing' : 'failed' },
            milliseconds === null ? 'in progress' : 'no response');
    }

    const kind = status < 300 ? 'ok' : status < 500 ? 'warned' : 'failed';
    return el('span', { class: 'status code', 'data-status': kind }, String(status));
}

// A path is read more easily without the escapes, which may be invalid.
function shown(path) {
    try {
        return decodeURI(path);
    } catch {
        return path;
    }
}
