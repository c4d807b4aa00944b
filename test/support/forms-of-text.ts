/** Finds texts in bytes, in whatever form a program may have written them. */

/** Base64 of something that has the text in its middle: what comes before and after blurs the characters at its edges. */
function inBase64(text: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), text]).toString('base64');
    const sure = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6));
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')].map((each) => Buffer.from(each));
  });
}

const escaped = (text: string): string =>
  Array.from(text)
    .map((char) => (char < '\u0080' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('');

/** The bytes of a text in every form that is looked for. */
export function formsOf(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const words = [escaped(text), encodeURIComponent(text), hex, hex.toUpperCase()].map((each) =>
    Buffer.from(each),
  );
  const all = [
    utf8,
    Buffer.from(text, 'latin1'),
    utf16,
    Buffer.from(utf16).swap16(),
    ...words,
    ...inBase64(utf8),
  ];
  return [...new Map(all.map((each) => [each.toString('hex'), each])).values()];
}

/** Which of the texts are somewhere in the bytes, in whatever form; by the names that they were given. */
export function foundIn(bytes: Buffer, texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts)
    .filter(([, text]) => formsOf(text).some((form) => bytes.includes(form)))
    .map(([name]) => name);
}
