// The timeline: columns that show how many jobs were created when, and a lane with the latest jobs of each promotion.
import { byId, el, setText, showAll, svg } from './dom.js';
import { count, duration, jobName, now, number } from './format.js';
import { isFinished } from './jobs.js';

const COLUMNS_HEIGHT = 88;
const LANE_HEIGHT = 20;
const AXIS_HEIGHT = 20;
const MOST_LANES = 10;
const KINDS = ['completed', 'failed', 'cancelled', 'unfinished'];
const RANGES = [
    ['auto', 'Auto'], [60, '1 min'], [600, '10 min'], [3600, '1 h'], [86_400, '1 d'], [7_776_000, '90 d'],
];
const TICKS = {
    60: [[60, '1 min ago'], [45, '45 s'], [30, '30 s'], [15, '15 s']],
    600: [[600, '10 min ago'], [480, '8 min'], [360, '6 min'], [240, '4 min'], [120, '2 min']],
    3600: [[3600, '1 h ago'], [2700, '45 min'], [1800, '30 min'], [900, '15 min']],
    86400: [[86_400, '1 day ago'], [64_800, '18 h'], [43_200, '12 h'], [21_600, '6 h']],
    7776000: [[7_776_000, '90 days ago'], [5_184_000, '60 days'], [2_592_000, '30 days']],
};

const lanes = byId('lanes');
let chosen = 'auto';
let drawn = null;

for (const [value, text] of RANGES) {
    const input = el('input', { type: 'radio', name: 'range', value, checked: value === chosen });
    input.addEventListener('change', () => {
        chosen = value;
        drawTimeline(drawn);
    });
    byId('ranges').append(el('label', {}, input, text));
}

const columnsLabel = el('span', { class: 'label muted' }, 'Jobs created');
const columns = svg('svg', { height: COLUMNS_HEIGHT, role: 'img' });
const axis = svg('svg', { height: AXIS_HEIGHT, 'aria-hidden': 'true' });
const names = new Map();

// The width is known from the first drawing on only if there is something to measure.
lanes.append(columnsLabel, columns);

export function drawTimeline(data) {
    drawn = data;
    const range = rangeOf(data.timeline.ranges);
    const width = columns.clientWidth || lanes.clientWidth || 600;
    const scale = { width, end: now(), length: range.seconds * 1000 };
    scale.x = at => width - ((scale.end - at) / scale.length * width);
    showLegend(range);
    drawColumns(range, scale);
    const shown = lanesOf(data.jobs.rows, scale);
    const rows = shown.flatMap(lane => laneElements(lane, scale));
    drawAxis(range.seconds, scale);
    const children = [columnsLabel, columns, ...rows, el('span'), axis];
    if (children.length !== lanes.children.length || rows.some((row, index) => lanes.children[index + 2] !== row)) {
        lanes.replaceChildren(...children);
    }

    setText(byId('timeline-note'), noteOf(range, shown, data.jobs));
}

// Auto: the shortest range that has the latest job, and some more if there are any.
function rangeOf(ranges) {
    return chosen === 'auto'
        ? ranges.find(range => range.jobs > 0) ?? ranges.at(-1)
        : ranges.find(range => range.seconds === chosen);
}

function showLegend(range) {
    const totals = KINDS.map(kind => [kind, range.intervals.reduce((sum, interval) => sum + interval[kind], 0)]);
    showAll(byId('legend'), totals, ([kind]) => kind, ([kind]) => el('li', { 'data-status': kind }), (item, [kind, jobs]) =>
        item.replaceChildren(el('b', {}, number(jobs)), ` ${kindText(kind)}`));
    const words = totals.filter(([, jobs]) => jobs > 0).map(([kind, jobs]) => `${number(jobs)} ${kindText(kind)}`);
    const [[, start]] = TICKS[range.seconds];
    columns.setAttribute('aria-label', `Jobs created since ${start}: ${words.join(', ') || 'none'}`);
}

const kindText = kind => kind === 'unfinished' ? 'not finished' : kind;

function drawColumns(range, scale) {
    const most = Math.max(1, ...range.intervals.map(total));
    const top = 14;
    const height = COLUMNS_HEIGHT - top - 1;
    const columnWidth = Math.max(2, range.step * 1000 / scale.length * scale.width);
    const bars = range.intervals.flatMap(interval => {
        let y = COLUMNS_HEIGHT - 1;
        return KINDS.filter(kind => interval[kind] > 0).map(kind => {
            const part = Math.max(2, interval[kind] / most * height);
            y -= part;
            return svg('rect', {
                x: round(scale.x(interval.at)), y: round(y), width: round(Math.max(1.5, columnWidth - 1.5)), height: round(part), rx: 1, 'data-bar': kind,
            });
        });
    });
    columns.replaceChildren(
        svg('line', { class: 'grid', x1: 0, x2: scale.width, y1: top - 0.5, y2: top - 0.5 }),
        svg('line', { class: 'grid', x1: 0, x2: scale.width, y1: COLUMNS_HEIGHT - 0.5, y2: COLUMNS_HEIGHT - 0.5 }),
        svg('text', { x: 0, y: 10 }, range.jobs > 0 ? `${number(most)} in ${stepText(range.step)}` : ''),
        ...bars);
}

const total = interval => KINDS.reduce((sum, kind) => sum + interval[kind], 0);

const stepText = step => step >= 86_400 ? `${step / 86_400} days` : step >= 60 ? `${step / 60} min` : step === 1 ? 'a second' : `${step} s`;

// The promotions with the latest jobs in the range, each with these jobs.
function lanesOf(jobs, scale) {
    const byPromotion = new Map();
    for (const job of jobs) {
        const end = isFinished(job) ? job.endsAt : scale.end;
        if (end >= scale.end - scale.length) {
            if (!byPromotion.has(job.promotionId)) {
                byPromotion.set(job.promotionId, { id: job.promotionId, name: job.promotionName, jobs: [] });
            }

            byPromotion.get(job.promotionId).jobs.push(job);
        }
    }

    const all = [...byPromotion.values()];
    const shown = all.slice(0, MOST_LANES).sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
    return Object.assign(shown, { left: all.length - shown.length });
}

function laneElements({ id, name, jobs }, scale) {
    if (!names.has(id)) {
        names.set(id, [el('span', { class: 'label' }), svg('svg', { height: LANE_HEIGHT, 'aria-hidden': 'true' })]);
    }

    const [label, lane] = names.get(id);
    setText(label, name);
    label.title = name;
    lane.replaceChildren(
        svg('rect', { class: 'track', x: 0, y: 3, width: scale.width, height: LANE_HEIGHT - 6, rx: 3 }),
        ...jobs.toReversed().flatMap(job => jobShapes(job, scale)));
    return [label, lane];
}

// A thin line while the job waits, then a bar while it is processed.
function jobShapes(job, scale) {
    const started = job.startedAt ?? (isFinished(job) ? job.endsAt : scale.end);
    const ended = isFinished(job) ? job.endsAt : Math.min(scale.end, job.endsAt ?? scale.end);
    const shapes = [];
    const waitWidth = scale.x(started) - scale.x(job.createdAt);
    if (waitWidth >= 1) {
        shapes.push(svg('rect', { class: 'wait', x: round(scale.x(job.createdAt)), y: LANE_HEIGHT / 2 - 1, width: round(waitWidth), height: 2 }));
    }

    if (job.startedAt !== null || isFinished(job)) {
        const width = Math.max(3, scale.x(ended) - scale.x(started) - 1);
        shapes.push(svg('rect', { x: round(Math.min(scale.x(started), scale.width - 3)), y: 3, width: round(width), height: LANE_HEIGHT - 6, rx: 2, 'data-bar': job.status },
            svg('title', {}, `${jobName(job)}: ${job.status}, ${duration(ended - started)}`)));
    }

    return shapes;
}

function drawAxis(seconds, scale) {
    const ticks = [...TICKS[seconds], [0, 'now']];
    const shown = scale.width < 420 ? ticks.filter((tick, index) => index === 0 || tick[0] === 0 || index % 2 === 0) : ticks;
    axis.replaceChildren(...shown.map(([at, text]) => svg('text', {
        x: round(scale.width - (at * 1000 / scale.length * scale.width)),
        y: 14,
        'text-anchor': at === seconds ? 'start' : at === 0 ? 'end' : 'middle',
    }, text)));
}

function noteOf(range, shown, jobs) {
    if (jobs.found === 0) {
        return '';
    }

    const notes = [];
    if (range.jobs === 0) {
        notes.push('No jobs in this time.');
    }

    if (shown.left > 0) {
        notes.push(`The lanes show the ${shown.length} promotions with the latest jobs; ${count(shown.left, 'more has', 'more have')} jobs in this time.`);
    }

    if (range.jobs > jobs.rows.length) {
        notes.push(`They have the latest ${number(jobs.rows.length)} of ${number(range.jobs)} jobs.`);
    }

    return notes.join(' ');
}

const round = value => Math.round(value * 10) / 10;
