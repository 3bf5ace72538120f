// Builds and updates elements. Texts become text nodes and attributes, never HTML: names in the store can be anything.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

/** Creates an element. Children are elements, texts, or null for nothing. */
export function el(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

/** Creates an SVG element. */
export function svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Sets a text, unless it is the same: a screen reader may repeat it otherwise. */
export function setText(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

/**
 * Shows items as the children of an element, one each. A child whose item has not changed stays as it is, and keeps the focus.
 * @param parent The element.
 * @param items The items.
 * @param key Returns what identifies an item.
 * @param create Creates the empty child of an item.
 * @param update Shows an item in its child.
 */
export function showAll(parent, items, key, create, update) {
    const keys = new Set(items.map(item => String(key(item))));
    const children = new Map();
    for (const child of [...parent.children]) {
        if (keys.has(child.dataset.key)) {
            children.set(child.dataset.key, child);
        } else {
            child.remove();
        }
    }

    let next = parent.firstElementChild;
    for (const item of items) {
        const id = String(key(item));
        const child = children.get(id) ?? create(item);
        if (child === next) {
            next = child.nextElementSibling;
        } else {
            child.dataset.key = id;
            parent.insertBefore(child, next);
        }

        const json = JSON.stringify(item);
        if (shown.get(child) !== json) {
            shown.set(child, json);
            update(child, item);
        }
    }
}

const shown = new WeakMap();

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined && value !== false) {
            element.setAttribute(name, value === true ? '' : value);
        }
    }

    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
}
