// Receives the data of the page: everything at first, then the sections that change. Nothing comes while the page is hidden.
import { byId, setText } from './dom.js';
import { onViewChange, query } from './view.js';

const connection = byId('connection');
let source = null;

/** @param receive Gets the sections that have changed. */
export function listen(receive) {
    function open() {
        source?.close();
        source = new EventSource(`/_sandbox/page/changes?${query()}`);
        source.onopen = () => show('live', 'Live');
        source.onerror = () => show('lost', 'Not reachable, trying again');
        source.onmessage = event => receive(JSON.parse(event.data));
    }

    function pause() {
        source?.close();
        source = null;
        show('paused', 'Paused');
    }

    onViewChange(open);
    document.addEventListener('visibilitychange', () => document.hidden ? pause() : open());
    if (!document.hidden) {
        open();
    }
}

function show(state, text) {
    connection.dataset.state = state;
    setText(connection, text);
}
