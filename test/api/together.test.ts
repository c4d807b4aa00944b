import { describe, expect, it } from 'vitest';
import { shared, Together } from '../../api/gateway/together.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A call that ends when it is told to; an odd number fails. */
function calls(most: number) {
  const made: (readonly number[])[] = [];
  let end: () => void = () => undefined;
  const together = new Together<number, string>(async (_, all) => {
    made.push(all);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return Promise.allSettled(
      all.map((n) => (n % 2 ? Promise.reject(new Error(`${n}`)) : Promise.resolve(`${n}`))),
    );
  }, most);
  return {
    made,
    together,
    end: () =>
      settled()
        .then(() => end())
        .then(settled),
  };
}

describe('what is sent about one route', () => {
  it('while a call is under way goes together in the next, in order, so many at the most', async () => {
    const { made, together, end } = calls(2);
    const all = [0, 2, 4, 6].map((n) => together.send('a', n));
    for (let i = 0; i < 3; i += 1) await end();
    expect(made).toEqual([[0], [2, 4], [6]]);
    expect(await Promise.all(all)).toEqual(['0', '2', '4', '6']);
  });

  it('does not wait for what is sent about another', async () => {
    const { made, together } = calls(2);
    void together.send('a', 0);
    void together.send('b', 2);
    await settled();
    expect(made).toEqual([[0], [2]]);
  });

  it('fails alone', async () => {
    const { together, end } = calls(2);
    const all = Promise.allSettled([0, 1, 2].map((n) => together.send('a', n)));
    for (let i = 0; i < 2; i += 1) await end();
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('goes on after a call that failed as a whole', async () => {
    let count = 0;
    const together = new Together<number, number>(() => {
      count += 1;
      return count === 1
        ? Promise.reject(new Error('away'))
        : Promise.resolve([{ status: 'fulfilled', value: count }]);
    }, 1);
    await expect(together.send('a', 0)).rejects.toThrow('away');
    expect(await together.send('a', 0)).toBe(2);
  });
});

it('who looks while somebody does gets what that one finds, later ones look again', async () => {
  let looks = 0;
  const look = shared(() => Promise.resolve((looks += 1)));
  expect(await Promise.all([look('a'), look('a'), look('b')])).toEqual([1, 1, 2]);
  expect(await look('a')).toBe(3);
});
