// A headless Chromium that records what a page must not do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Sandbox } from './sandbox.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts a browser for the tests of a file. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/**
 * Opens an address in a window of its own. The test fails if the page logs an error, shows a dialog, or sends a request elsewhere.
 * @param test The test.
 * @param browser The browser.
 * @param address The address.
 * @param options Options of Playwright's newContext.
 */
export async function open(test, browser, address, options = {}) {
    const problems = [];
    const context = await browser.newContext(options);
    test.after(async () => {
        await context.close();
        assert.deepEqual(problems, []);
    });
    const page = await context.newPage();
    const origin = new URL('.', address).href;
    page.on('console', message => message.type() === 'error' && problems.push(`console: ${message.text()}`));
    page.on('pageerror', error => problems.push(`error: ${error.stack}`));
    page.on('dialog', dialog => { problems.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
    page.on('request', request => request.url().startsWith(origin) || problems.push(`request to another host: ${request.url()}`));
    await page.goto(address);
    return page;
}

/** Starts a sandbox and opens its page; returns both once there is data on the page. */
export async function openSandbox(test, browser, { sandbox: sandboxOptions = [], ...options } = {}) {
    const sandbox = await Sandbox.start(...sandboxOptions);
    try {
        const page = await open(test, browser, `${sandbox.url}/`, options);
        await page.getByRole('region', { name: 'Promotions' }).getByRole('row').nth(1).waitFor();
        return { sandbox, page };
    } finally {
        // After the page, which otherwise reports that its stream has ended.
        test.after(() => sandbox.stop());
    }
}

/**
 * Asserts what axe-core can tell about names, roles and contrast. All text, large text too, has to reach 4.5 to 1.
 * @param page A page that was opened with bypassCSP, so that axe-core can run in it.
 */
export async function assertAccessible(page) {
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => {
        const contrastRatio = { normal: { expected: 4.5 }, large: { expected: 4.5 } };
        window.axe.configure({ checks: [{ id: 'color-contrast', options: { contrastRatio } }] });
        return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    });
    const texts = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join('\n')}`);
    assert.deepEqual(texts, []);
    assert.ok(passes.find(rule => rule.id === 'color-contrast').nodes.length > 5, 'The contrast of few texts has been computed.');
}

export async function assertFits(page) {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `The page is ${overflow} px wider than the window.`);
}
