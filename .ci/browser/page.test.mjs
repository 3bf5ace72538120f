// What the sandbox's page shows, and what its forms do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openSandbox } from './browser.mjs';

const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const section = (page, name) => page.getByRole('region', { name, exact: true });
const row = (page, name, text) => section(page, name).getByRole('row').filter({ hasText: text });

test('shows promotions, jobs, the queue and requests', async t => {
    const { sandbox, page } = await openSandbox(t, browser, { sandbox: ['--no-seed-data', '--job-base', '1h'] });
    const [first, second] = [await sandbox.createPromotion('First'), await sandbox.createPromotion('Second')];
    await sandbox.createJob(first.id, 'spring 0001/0001', 7);
    await sandbox.createJob(second.id, 'summer', 8);

    await row(page, 'Promotions', 'First').getByText('processing').waitFor();
    await row(page, 'Promotions', 'Second').getByText('pending').waitFor();
    await row(page, 'Latest jobs', 'summer').waitFor();
    await section(page, 'Queue').getByRole('listitem').filter({ hasText: 'spring 0001/0001 · First · 7 codes' }).waitFor();
    await section(page, 'Queue').getByRole('listitem').filter({ hasText: 'summer · Second · 8 codes' }).getByText('waiting').waitFor();
    await section(page, 'Runs').getByRole('listitem').filter({ hasText: 'spring' }).getByText('0 of 1 batch').waitFor();
    await row(page, 'Latest requests', `POST /v2/rule-promotions/${second.id}/jobs`).getByText('201').waitFor();
    await section(page, 'Timeline').getByRole('img', { name: '2 not finished' }).waitFor();
});

test('a job of the API appears by a server-sent event', async t => {
    const streams = [];
    const { sandbox, page } = await openSandbox(t, browser, { sandbox: ['--no-seed-data'] });
    const promotion = await sandbox.createPromotion('Sale');
    await row(page, 'Promotions', 'Sale').waitFor();
    page.on('request', request => streams.push(request.url()));

    await sandbox.createJob(promotion.id, 'from elsewhere');

    await row(page, 'Latest jobs', 'from elsewhere').getByText('completed').waitFor();
    assert.deepEqual(streams, [], 'The page has polled.');
});

test('the form creates a job', async t => {
    const { page } = await openSandbox(t, browser);
    const form = section(page, 'New job');
    await form.getByRole('combobox', { name: 'Promotion' }).fill('Black Friday');
    await form.getByRole('textbox', { name: 'Name of the job' }).fill('by form');
    await form.getByRole('spinbutton', { name: 'Codes', exact: true }).fill('7');
    await form.getByRole('button', { name: 'Create job' }).click();

    await form.getByRole('status').getByText('Created a job for 7 codes.').waitFor();
    await row(page, 'Latest jobs', 'by form').filter({ hasText: 'Black Friday' }).getByText('completed').waitFor();
});

test('the form adds a fault, which is counted and can be removed', async t => {
    const { sandbox, page } = await openSandbox(t, browser);
    const form = section(page, 'Faults');
    await form.getByRole('combobox', { name: 'Fault' }).selectOption('status');
    await form.getByRole('combobox', { name: 'Requests' }).selectOption('promotion-list');
    await form.getByRole('spinbutton', { name: 'Status' }).fill('502');
    await form.getByRole('button', { name: 'Add fault' }).click();
    const fault = form.getByRole('listitem').filter({ hasText: 'action=status endpoint=promotion-list status=502' });
    await fault.waitFor();

    await assert.rejects(sandbox.api('GET', '/v2/rule-promotions'), /502/);

    await fault.getByText('hit 1 of 1 request').waitFor();
    await row(page, 'Latest requests', 'GET /v2/rule-promotions').getByText('502').waitFor();
    await form.getByRole('button', { name: /^Remove fault/ }).click();
    await form.getByText('none active').waitFor();
    await sandbox.api('GET', '/v2/rule-promotions');
});

test('names that look like markup are text', async t => {
    const { sandbox, page } = await openSandbox(t, browser, { sandbox: ['--no-seed-data'] });
    const promotion = await sandbox.createPromotion(HOSTILE);
    await sandbox.createJob(promotion.id, '<b>bold</b> 0001/0002');

    await section(page, 'Promotions').getByRole('button', { name: HOSTILE }).click();
    await row(page, 'Latest jobs', '<b>bold</b>').filter({ hasText: HOSTILE }).getByText('completed').waitFor();
    await section(page, 'Runs').getByRole('listitem').filter({ hasText: '<b>bold</b>' }).waitFor();
    assert.equal(await page.locator('body script, main img, .name b').count(), 0);
});
