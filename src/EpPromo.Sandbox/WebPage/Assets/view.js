// What part of the store the viewer wants to see. It is in the address of the page, so that it survives a reload.

const address = new URLSearchParams(location.search);
const listeners = [];

export const view = {
    search: address.get('search') ?? '',
    promotion: address.get('promotion') ?? '',
    rows: Number(address.get('rows')) || 25,
};

/** Changes the view, and tells those who listen. */
export function changeView(change) {
    Object.assign(view, change);
    history.replaceState(null, '', `?${query()}`);
    listeners.forEach(listener => listener());
}

export const onViewChange = listener => listeners.push(listener);

/** The view as the query of a request. */
export function query() {
    const parameters = new URLSearchParams({ rows: view.rows });
    if (view.search) {
        parameters.set('search', view.search);
    }

    if (view.promotion) {
        parameters.set('promotion', view.promotion);
    }

    return parameters.toString();
}
