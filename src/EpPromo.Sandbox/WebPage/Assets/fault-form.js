// The form that adds a fault. Which actions, endpoints and keys there are, the sandbox says.
import { byId, el, setText } from './dom.js';
import { actions, keys } from './fault-texts.js';
import { filledFields, send, showResult } from './send.js';

const form = byId('fault-form');
let choices = [];

form.elements.action.addEventListener('change', showFields);
form.addEventListener('submit', async event => {
    event.preventDefault();
    const added = await send(form, '/_sandbox/faults', filledFields(form));
    if (added) {
        showResult(form, `Added fault ${added.id}.`);
    }
});

export function setUpFaultForm({ faultActions, endpoints }) {
    choices = faultActions;
    const { action, endpoint } = form.elements;
    const [before, where] = [action.value, endpoint.value];
    action.replaceChildren(...faultActions.map(choice => el('option', {}, choice.action)));
    endpoint.replaceChildren(endpoint.options[0], ...endpoints.map(name => el('option', {}, name)));
    action.value = before || action.options[0].value;
    endpoint.value = where;
    showFields();
}

function showFields() {
    const action = form.elements.action.value;
    setText(byId('fault-text'), actions[action] ?? '');
    const own = choices.find(choice => choice.action === action).keys;
    const fields = byId('fault-fields');
    fields.hidden = own.length === 0;
    fields.replaceChildren(fields.firstElementChild, ...own.map(createField));
}

function createField(key) {
    const { label, options, ...attributes } = keys[key] ?? { label: key, type: 'text' };
    if (options) {
        return el('label', {}, label, el('select', { name: key }, ...options.map((option, index) => el('option', { value: index === 0 ? '' : option }, option))));
    }

    const input = el('input', { name: key, ...attributes });
    return attributes.type === 'checkbox' ? el('label', {}, input, label) : el('label', {}, label, input);
}
