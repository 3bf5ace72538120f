// Numbers, times and durations as people read them.
import { el, setText } from './dom.js';

const numbers = new Intl.NumberFormat('en');
const dates = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

// How far the clock of the sandbox is ahead of the one of this browser.
let ahead = 0;

export function setServerTime(milliseconds) {
    ahead = milliseconds - Date.now();
}

export const now = () => Date.now() + ahead;

export const number = value => numbers.format(value);

/** "1 job", "2 jobs". */
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

export const time = at => clock.format(at);

export function duration(milliseconds) {
    const seconds = Math.max(0, milliseconds) / 1000;
    if (seconds < 1) {
        return seconds < 0.0005 ? '< 1 ms' : `${Math.round(seconds * 1000)} ms`;
    }

    return seconds < 60 ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
        : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
        : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** How long ago something was: rough, because it is shown for every row and changes all the time. */
export function ago(at) {
    const seconds = Math.max(0, Math.floor((now() - at) / 1000));
    return seconds < 5 ? 'just now'
        : seconds < 60 ? `${seconds - (seconds % 5)} s ago`
        : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
        : seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago`
        : dates.format(at);
}

/** An element that shows how long ago something was, and stays right. */
export function agoElement(at) {
    return el('time', { datetime: new Date(at).toISOString(), title: new Date(at).toLocaleString('en'), 'data-ago': at }, ago(at));
}

export function refreshTimes() {
    for (const element of document.querySelectorAll('time[data-ago]')) {
        setText(element, ago(Number(element.dataset.ago)));
    }
}

/** "Generate codes" is shorter than the type of the API, and is what people say. */
export const jobName = job => job.name ?? (job.type === 'code_export' ? 'Export' : 'Codes');

export const status = (name, text = name) => el('span', { class: 'status', 'data-status': name }, text);

/** A bar that goes with a text, which alone is read out. What it shows decides on its color when it is full. */
export function bar(share, shows = '') {
    const filled = el('span');
    filled.style.width = `${Math.min(100, Math.max(0, share * 100))}%`;
    return el('span', { class: 'bar', 'aria-hidden': 'true', 'data-full': share >= 1 && shows }, filled);
}
