// Tells people who use a screen reader what has happened, a few times a minute at most.
import { byId, setText } from './dom.js';
import { count } from './format.js';

const PAUSE = 8000;

let told = null;
let latest = null;
let timer = null;

export function announce(totals) {
    latest = totals.jobs;
    told ??= latest;
    timer ??= setTimeout(tell, PAUSE);
}

function tell() {
    timer = null;
    const news = ['completed', 'failed', 'cancelled']
        .map(status => [status, (latest[status] ?? 0) - (told[status] ?? 0)])
        .filter(([, jobs]) => jobs > 0)
        .map(([status, jobs]) => `${count(jobs, 'job')} ${status}`);
    told = latest;
    if (news.length > 0) {
        setText(byId('announcements'), `${news.join(', ')}.`);
    }
}
