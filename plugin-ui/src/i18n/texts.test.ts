import { expect, test } from 'vitest';
import type { Reason } from '../api/types';
import de from './de.json';
import en from './en.json';
import { languageOf } from './index';

// A reason without words does not compile.
en.reason satisfies Record<Reason['code'], string>;

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, before = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [[before + key, text] as const] : [...flat(text, `${before}${key}.`)],
    ),
  );
}

const placeholders = (text: string) => [...text.matchAll(/{{(.*?)}}/g)].map((match) => match[1]).sort();

test('every language has every text', () => {
  expect([...flat(de).keys()]).toEqual([...flat(en).keys()]);
});

test('a translation fills in what the English text fills in', () => {
  const german = flat(de);
  for (const [key, text] of flat(en)) {
    expect({ key, holds: placeholders(german.get(key) ?? '') }).toEqual({ key, holds: placeholders(text) });
  }
});

test('no text is empty', () => {
  expect([...flat(en), ...flat(de)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a language we do not have is shown in English', () => {
  expect([languageOf('de-AT'), languageOf('fr'), languageOf(''), languageOf('pt_BR')]).toEqual(['de', 'en', 'en', 'en']);
});
