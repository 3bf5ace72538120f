// Reports of Export-EpPromotionReport, opened as files.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertAccessible, assertFits, launch, open } from './browser.mjs';

const HOSTILE = '<script>alert(1)</script>';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const address = name => pathToFileURL(path.resolve(process.env.REPORTS, `${name}.html`)).href;

for (const name of ['empty', 'five', 'thousand', 'hostile']) {
    test(`${name}: one file, without scripts and requests`, async t => {
        const requests = [];
        const context = await browser.newContext();
        t.after(() => context.close());
        context.on('request', request => requests.push(request.url()));
        const page = await context.newPage();
        await page.goto(address(name), { waitUntil: 'networkidle' });
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.deepEqual(requests, [address(name)]);
        assert.equal(await page.locator('script, iframe, object, embed, link, img').count(), 0);
        assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element =>
            element.getAttributeNames().filter(attribute => attribute.startsWith('on')))), []);
    });
}

test('names that look like markup are text', async t => {
    const page = await open(t, browser, address('hostile'));
    await page.getByRole('heading', { level: 1 }).filter({ hasText: HOSTILE }).waitFor();
    await page.getByRole('region', { name: 'Promotions' }).getByText(HOSTILE).first().waitFor();
    assert.equal(await page.locator('body script, body img').count(), 0);
});

test('a promotion closes and opens by keyboard', async t => {
    const page = await open(t, browser, address('five'));
    const promotion = page.getByRole('region', { name: 'Promotions' }).getByRole('group').filter({ hasText: 'Black Friday' }).first();
    await promotion.locator('summary').focus();
    await page.keyboard.press('Enter');
    await promotion.getByRole('table').waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await promotion.getByRole('table').waitFor();
});

for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [320, 'light']]) {
    test(`names, roles and contrast: ${width} px, ${colorScheme}`, async t => {
        for (const name of ['five', 'hostile']) {
            const page = await open(t, browser, address(name), { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
            await assertFits(page);
            await assertAccessible(page);
        }
    });
}

// Right-aligned text would move the sign of a status to its word.
test('the sign of a status stands apart from its word in a narrow window', async t => {
    const page = await open(t, browser, address('five'), { viewport: { width: 390, height: 900 } });
    const status = page.getByRole('region', { name: 'Promotions' }).locator('summary').getByText('open', { exact: true });
    assert.equal(await status.evaluate(element => getComputedStyle(element, '::before').textAlign), 'left');
});
