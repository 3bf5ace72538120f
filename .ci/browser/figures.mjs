// Prints how quick the sandbox's page is with 1,000 promotions and 20,000 jobs, and how much memory its tab needs.
import { readFileSync } from 'node:fs';
import { launch } from './browser.mjs';
import { Sandbox } from './sandbox.mjs';

const PROMOTIONS = 1000;
const JOBS_EACH = 20;
const AT_ONCE = 25;
const LOADS = 7;
const UPDATES = 50;

/** Does something for all items, a few at the same time; returns the results in order. */
async function forAll(items, action) {
    const results = [];
    for (let start = 0; start < items.length; start += AT_ONCE) {
        results.push(...await Promise.all(items.slice(start, start + AT_ONCE).map(action)));
    }

    return results;
}

const sorted = values => [...values].sort((a, b) => a - b);
const spread = values => `${Math.round(sorted(values)[values.length >> 1])} ms (${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))})`;
const residentBytes = pid => 1024 * Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+)/m)[1]);
const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

const sandbox = await Sandbox.start(
    '--no-seed-data', '--job-base', '0ms', '--per-code', '0ms', '--concurrent-jobs', '1000', '--requests-per-second', '0');
const browser = await launch();
try {
    const numbers = Array.from({ length: PROMOTIONS }, (_, index) => String(index).padStart(4, '0'));
    const promotions = await forAll(numbers, number => sandbox.createPromotion(`Promotion ${number}`));
    for (let job = 1; job <= JOBS_EACH; job++) {
        await forAll(promotions, promotion => sandbox.createJob(promotion.id, `spring ${String(job).padStart(4, '0')}/${String(JOBS_EACH).padStart(4, '0')}`));
    }

    // The browser has its caches filled by the first load, which does not count.
    await load();
    const loads = [];
    for (let i = 0; i < LOADS; i++) {
        loads.push(await load());
    }

    console.log(`${PROMOTIONS} promotions, ${PROMOTIONS * JOBS_EACH} jobs`);
    console.log(`first contentful paint    ${spread(loads.map(times => times.paint))}`);
    console.log(`data on the page          ${spread(loads.map(times => times.data))}`);
    await measureUpdates(promotions[0].id);
} finally {
    await browser.close();
    await sandbox.stop();
}

async function openPage() {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.addInitScript(() => {
        const observer = new MutationObserver(() => {
            if (document.querySelector('#promotion-rows tr')) {
                window.dataAt = performance.now();
                observer.disconnect();
            }
        });
        observer.observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${sandbox.url}/`);
    await page.waitForFunction(() => window.dataAt && performance.getEntriesByName('first-contentful-paint').length > 0);
    return page;
}

async function load() {
    const page = await openPage();
    const times = await page.evaluate(() => ({ paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, data: window.dataAt }));
    await page.close();
    return times;
}

async function measureUpdates(promotionId) {
    const page = await openPage();
    const atFirst = await memoryOf(page);
    const updates = [];
    for (let i = 0; i < UPDATES; i++) {
        const start = performance.now();
        await sandbox.createJob(promotionId, `update ${i}.`);
        await page.getByRole('rowheader', { name: `update ${i}.` }).waitFor();
        updates.push(performance.now() - start);
    }

    console.log(`from a job to the page    ${spread(updates)}; the sandbox compares four times a second`);
    console.log(`memory of the tab         ${atFirst}; after ${UPDATES} updates ${await memoryOf(page)}`);
}

async function memoryOf(page) {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(metric => metric.name === 'JSHeapUsedSize').value;
    const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(info => info.type === 'renderer').map(info => residentBytes(info.id));
    return `${megabytes(heap)} of scripts, ${megabytes(Math.max(...renderers))} resident`;
}
