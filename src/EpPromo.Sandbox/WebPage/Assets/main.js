// Connects the sections of the page with the data from the sandbox.
import { announce } from './announcements.js';
import { showFaults } from './faults.js';
import { setUpFaultForm } from './fault-form.js';
import { refreshTimes, setServerTime } from './format.js';
import { setUpJobForm, showPromotionNames } from './job-form.js';
import { showJobs } from './jobs.js';
import { showPromotions } from './promotions.js';
import { moveQueue, showQueue } from './queue.js';
import { showRequests } from './requests.js';
import { showRuns } from './runs.js';
import { listen } from './stream.js';
import { drawTimeline } from './timeline.js';
import { showFacts, showScope, showTotals } from './totals.js';
import { onViewChange } from './view.js';

const MOVE_EVERY = 250;
const REFRESH_EVERY = 1000;

// The latest version of every section.
const data = {};

function show(changed) {
    setServerTime(changed.now);
    const isNewSandbox = changed.setup && changed.setup.startedAt !== data.setup?.startedAt;
    Object.assign(data, changed);
    if (isNewSandbox) {
        showFacts(data.setup);
        setUpFaultForm(data.setup);
    }

    if (changed.totals || changed.requests) {
        showTotals(data);
        announce(data.totals);
    }

    if (changed.promotions) {
        showPromotions(data.promotions);
        showPromotionNames(data.promotions);
        showScope(data);
    }

    if (changed.queue) {
        showQueue(data.queue, data.setup);
    }

    if (changed.jobs) {
        showJobs(data.jobs);
        showScope(data);
    }

    if (changed.timeline || changed.jobs) {
        drawTimeline(data);
    }

    if (changed.runs) {
        showRuns(data.runs);
    }

    if (changed.requests) {
        showRequests(data.requests);
    }

    if (changed.faults) {
        showFaults(data.faults);
    }
}

setUpJobForm();
onViewChange(() => data.promotions && showScope(data));
listen(show);

setInterval(() => {
    if (data.queue && !document.hidden) {
        moveQueue();
        drawTimeline(data);
    }
}, MOVE_EVERY);
setInterval(refreshTimes, REFRESH_EVERY);
