// The other side of ProcessContender.cs: does the work once for each line of input, and prints the seconds that it took, or
// the seconds that it returns.
import { Console } from 'node:console';
import { createInterface } from 'node:readline';

const print = (line) => process.stdout.write(`${line}\n`);

// The SDK logs when it has no token yet.
globalThis.console = new Console(process.stderr);

export async function contend(work) {
  print(`ready ${process.pid}`);
  for await (const _ of createInterface({ input: process.stdin })) {
    globalThis.gc();
    const start = performance.now();
    const returned = await work();
    print(returned ?? (performance.now() - start) / 1000);
  }
}
