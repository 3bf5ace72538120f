// list-jobs.mjs <host> <promotion> <jobs> <pages at once>: reads the jobs of a promotion.
import { contend } from './contender.mjs';
import { connect } from './store.mjs';

const [host, promotion, jobs, pagesAtOnce] = process.argv.slice(2);
const store = connect(host);
const length = 100;

const page = (offset) => store.RulePromotions.Limit(length).Offset(offset).Jobs(promotion);

async function onePageAfterAnother() {
  let read = 0;
  for (;;) {
    const { data, meta } = await page(read);
    read += data.length;
    if (data.length < length || read >= meta.results.total) {
      return read;
    }
  }
}

// The first page tells how many there are; then each worker reads the next page that nobody has taken yet.
async function severalPagesAtOnce() {
  const first = await page(0);
  let read = first.data.length;
  let next = length;
  const work = async () => {
    while (next < first.meta.results.total) {
      const offset = next;
      next += length;
      const { data } = await page(offset);
      read += data.length;
    }
  };
  await Promise.all(Array.from({ length: Number(pagesAtOnce) }, work));
  return read;
}

await contend(async () => {
  const read = await (pagesAtOnce === '1' ? onePageAfterAnother() : severalPagesAtOnce());
  if (read !== Number(jobs)) {
    throw new Error(`${read} jobs instead of ${jobs}.`);
  }
});
