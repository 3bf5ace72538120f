// wait-for-job.mjs <host> <promotion>: creates a job and polls it each second. Returns the time from the end of the job until that is known.
import { contend } from './contender.mjs';
import { connect } from './store.mjs';

const [host, promotion] = process.argv.slice(2);
const store = connect(host);

await contend(async () => {
  const { data: { id } } = await store.RulePromotions.AddCodesJob(promotion, {
    type: 'promotion_job',
    job_type: 'code_generate',
    parameters: { number_of_codes: 100, max_uses_per_code: 1 },
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { data } = await store.RulePromotions.Limit(100).Jobs(promotion);
    const job = data.find((one) => one.id === id);
    if (job.status === 'completed') {
      return (Date.now() - Date.parse(job.meta.timestamps.updated_at)) / 1000;
    }
  }
});
