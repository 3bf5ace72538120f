// The sandbox's page by keyboard, for screen readers, in narrow windows, and in the colors and with the motion that a person prefers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, launch, openSandbox } from './browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Role and name of the element with the focus, such as 'button "Create job"', and whether a person sees that it has the focus. */
async function focused(page) {
    const element = page.locator(':focus');
    const isVisible = await element.evaluate(shown => {
        const isOutlined = part => getComputedStyle(part).outlineStyle !== 'none' && parseFloat(getComputedStyle(part).outlineWidth) >= 1;
        const box = shown.getBoundingClientRect();
        return [shown, ...shown.labels ?? []].some(isOutlined) && box.bottom > 0 && box.top < innerHeight;
    });
    const [, text] = (await element.ariaSnapshot()).match(/^- '?(\w+(?: "[^"]*")?)/) ?? [null, 'nothing'];
    return { text, isVisible };
}

/** Presses Tab until the element of this role and name has the focus. */
async function tabTo(page, wanted) {
    const passed = [];
    while (passed.at(-1) !== wanted) {
        assert.ok(passed.length < 60, `Tab does not reach ${wanted}, but ${passed.join(', ')}`);
        await page.keyboard.press('Tab');
        const { text, isVisible } = await focused(page);
        assert.ok(isVisible, `The focus on ${text} cannot be seen.`);
        passed.push(text);
    }
}

test('everything can be done by keyboard, and the focus is always visible', async t => {
    const { page } = await openSandbox(t, browser);
    await tabTo(page, 'link "Skip to the content"');
    await tabTo(page, 'searchbox "Find promotions"');
    await tabTo(page, 'button "Black Friday"');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Black Friday', pressed: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Black Friday', pressed: false }).waitFor();

    await tabTo(page, 'combobox "Promotion"');
    await page.keyboard.type('Black Friday');
    await tabTo(page, 'textbox "Name of the job"');
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'New job' }).getByRole('status').getByText('Created a job').waitFor();
    await page.getByRole('region', { name: 'Latest jobs' }).getByRole('row', { name: /by keyboard/ }).waitFor();

    await tabTo(page, 'combobox "Fault"');
    await page.keyboard.type('delay');
    await tabTo(page, 'button "Add fault"');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Faults' }).getByRole('listitem').getByText('action=delay').waitFor();
});

test('screen readers find landmarks, headings, tables, forms and their fields', async t => {
    const { page } = await openSandbox(t, browser);
    const tree = await page.locator('body').ariaSnapshot();
    const names = [
        'link "Skip to the content"', 'banner', 'main', 'contentinfo', 'heading "EpPromo sandbox" [level=1]',
        ...['Timeline', 'Promotions', 'Latest jobs', 'Latest requests', 'Queue', 'Runs', 'New job', 'Faults'].flatMap(
            name => [`region "${name}"`, `heading "${name}" [level=2]`]),
        'columnheader "Latest job"', 'rowheader "Black Friday disabled"', 'button "Black Friday"', 'searchbox "Find promotions"',
        'combobox "Promotion"', 'textbox "Name of the job"', 'spinbutton "Codes"', 'button "Create job"',
        'combobox "Fault"', 'combobox "Requests"', 'button "Add fault"', 'status',
    ];
    assert.deepEqual(names.filter(name => !tree.includes(`- ${name}`)), [], tree);
});

for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [320, 'light']]) {
    test(`names, roles and contrast: ${width} px, ${colorScheme}`, async t => {
        const { sandbox, page } = await openSandbox(t, browser, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        const promotion = await sandbox.createPromotion('A promotion whose name is far too long for windows as narrow as this_one_or_any_other_which_is_narrow');
        await sandbox.createJob(promotion.id, 'a name without any place at which it could be brk');
        await page.getByRole('region', { name: 'Latest jobs' }).getByRole('row').filter({ hasText: 'completed' }).filter({ hasText: 'could be brk' }).waitFor();
        await assertFits(page);
        await assertAccessible(page);
    });
}

test('nothing moves by itself for people who prefer reduced motion', async t => {
    const { sandbox, page } = await openSandbox(t, browser, { reducedMotion: 'reduce' });
    const [promotion] = await sandbox.api('GET', '/v2/rule-promotions');
    await page.evaluate(() => {
        window.started = [];
        for (const type of ['animationstart', 'transitionrun']) {
            document.addEventListener(type, event => window.started.push(`${type} ${event.target.outerHTML}`));
        }
    });
    await sandbox.createJob(promotion.id, 'moving');
    await page.getByRole('region', { name: 'Latest jobs' }).getByRole('row').filter({ hasText: 'moving' }).getByText('completed').waitFor();
    assert.deepEqual(await page.evaluate(() => window.started), []);
});
