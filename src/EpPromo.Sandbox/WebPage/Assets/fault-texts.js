// What the actions and keys of fault rules are called, and what they mean.

export const actions = {
    'status': 'Responds with an error status instead of processing the request.',
    'drop-before': 'Drops the connection before the request is processed.',
    'drop-after': 'Processes the request, then drops the connection: the response is lost.',
    'delay': 'Waits before it processes the request.',
    'stall-headers': 'Processes the request, then sends nothing for a while, or ever.',
    'stall-body': 'Processes the request and sends half of the response, then nothing for a while, or ever.',
    'truncate': 'Processes the request and sends half of the response.',
    'malformed': 'Processes the request and sends a body that is not valid.',
    'oversized': 'Processes the request and pads the response.',
    'wrong-types': 'Processes the request and replaces some values with values of other types.',
    'list-lag': 'Returns a list as it was some time ago.',
    'revoke-tokens': 'Revokes every token before the request is processed.',
    'expire-links': 'Makes every signed link expire before the request is processed.',
    'redirect': 'Responds with a redirect instead of processing the request.',
    'fail-job': 'Makes the new job fail.',
    'short-job': 'Makes the new job complete with too few codes.',
};

export const keys = {
    'status': { label: 'Status', type: 'number', placeholder: 'Default', min: 200, max: 599 },
    'body': { label: 'Body', options: ['json', 'html', 'none'] },
    'text': { label: 'Body as text', type: 'text', placeholder: 'None' },
    'after': { label: 'Process the request first', type: 'checkbox' },
    'retry-after': { label: 'Retry-After header', options: ['none', 'seconds', 'date'] },
    'time': { label: 'Time', type: 'text', placeholder: '200ms, 2s' },
    'url': { label: 'To', type: 'url', placeholder: 'The file host' },
    'size': { label: 'Bytes', type: 'number', placeholder: 'Default', min: 1 },
    'count': { label: 'Codes that it makes', type: 'number', placeholder: '0', min: 0 },
};
