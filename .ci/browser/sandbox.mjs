// Starts the sandbox on free ports, and does in it what clients do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const CLIENT = { grant_type: 'client_credentials', client_id: 'sandbox', client_secret: 'sandbox-secret' };

/** A running sandbox. */
export class Sandbox {
    #process;
    #token;

    constructor(process, url) {
        this.#process = process;
        this.url = url;
    }

    /** @param options Options of the sandbox's command line. */
    static async start(...options) {
        const child = spawn('dotnet', [process.env.SANDBOX, '--port', '0', '--files-port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
        for await (const line of createInterface({ input: child.stdout })) {
            const [, url] = line.match(/^EpPromo sandbox: (\S+)/) ?? [];
            if (url) {
                child.stdout.resume();
                return new Sandbox(child, url);
            }
        }

        throw new Error('The sandbox has ended without a URL.');
    }

    async stop() {
        const ended = once(this.#process, 'exit');
        this.#process.kill('SIGKILL');
        await ended;
    }

    /** Sends a request of the API; its response is that of the API, or an error. */
    async api(method, path, data) {
        this.#token ??= (await this.#send('POST', '/oauth/access_token', {}, new URLSearchParams(CLIENT))).access_token;
        const headers = { 'Authorization': `Bearer ${this.#token}`, 'Content-Type': 'application/json' };
        return (await this.#send(method, path, headers, data && JSON.stringify({ data }))).data;
    }

    createPromotion(name) {
        return this.api('POST', '/v2/rule-promotions', { type: 'rule_promotion', name, enabled: true, automatic: false });
    }

    createJob(promotionId, name, codes = 5) {
        const parameters = { number_of_codes: codes };
        return this.api('POST', `/v2/rule-promotions/${promotionId}/jobs`, { type: 'promotion_job', job_type: 'code_generate', name, parameters });
    }

    async #send(method, path, headers, body) {
        const response = await fetch(this.url + path, { method, headers, body });
        if (!response.ok) {
            throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        }

        return response.json();
    }
}
