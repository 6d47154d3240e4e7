/* How all benchmarks measure: contenders interleaved in one run, medians of several rounds, ratios between them. */

/** Median of numbers. */
export const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Runs every contender once per round, in turn, so that a busy moment of the machine hits all alike.
 *
 * @param contenders name -> () => Promise<rate per second>
 * @returns name -> { rate, rates } with the median
 */
export async function interleaved(contenders, rounds = 5) {
  const rates = Object.fromEntries(Object.keys(contenders).map(name => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, run] of Object.entries(contenders)) {
      const rate = await run(round);
      rates[name].push(rate);
      process.stderr.write(`  round ${round + 1}  ${name}: ${Math.round(rate).toLocaleString('en')}/s\n`);
    }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, { rate: median(all), rates: all }]));
}

/** Work done in how long: a rate per second. */
export async function timed(count, work) {
  const from = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - from) / 1e9);
}

/** A ratio of medians, and the least and the most of the rounds' own ratios: what of it is noise. */
export function ratio(results, of, to) {
  const each = results[of].rates.map((rate, i) => rate / results[to].rates[i]);
  return { value: results[of].rate / results[to].rate, least: Math.min(...each), most: Math.max(...each) };
}
