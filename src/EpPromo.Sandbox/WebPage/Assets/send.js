// Sends what a form says to the sandbox, and shows the result in the form.
import { setText } from './dom.js';

/** @returns What the sandbox responds with; null if it rejects the request, which the form then shows. */
export async function send(form, path, body) {
    const button = form.querySelector('button.primary');
    button.disabled = true;
    try {
        const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
        const content = await response.json();
        if (response.ok) {
            return content.data;
        }

        showResult(form, content.errors.map(error => error.detail ?? error.title).join(' '), true);
    } catch (error) {
        showResult(form, `The sandbox does not respond: ${error.message}`, true);
    } finally {
        button.disabled = false;
    }

    return null;
}

export function showResult(form, text, failed = false) {
    const result = form.querySelector('.result');
    result.toggleAttribute('data-failed', failed);
    setText(result, text);
}

/** The fields of a form that have a value, numbers as numbers. */
export function filledFields(form) {
    const inputs = [...form.elements].filter(input => input.name && !input.matches(':disabled') && input.type !== 'radio');
    const values = inputs.map(input => [input.name,
        input.type === 'checkbox' ? input.checked || '' : input.type === 'number' && input.value !== '' ? Number(input.value) : input.value.trim()]);
    return Object.fromEntries(values.filter(([, value]) => value !== ''));
}
