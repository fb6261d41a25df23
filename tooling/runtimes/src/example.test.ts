import { describe, expect, test } from 'vitest';
import { exampleOf } from './example';

const page = `# Title

\`\`\`sh
npm start
\`\`\`

## Example

Words.

\`\`\`sh
npm install it
\`\`\`
\`\`\`ts
const answer: number = await Promise.resolve(42);
console.log(answer);
\`\`\`

## Next

\`\`\`js
other();
\`\`\`
`;

describe('exampleOf', () => {
  test('takes the program below the heading and drops its types', () => {
    expect(exampleOf(page, 'Example')).toBe(
      'const answer = await Promise.resolve(42);\nconsole.log(answer);\n',
    );
    expect(exampleOf(page, 'Next')).toBe('other();\n');
  });

  test('says what is missing', () => {
    expect(() => exampleOf(page, 'Elsewhere')).toThrow('the page has no heading "Elsewhere"');
    expect(() => exampleOf('## Example\n\ntext', 'Example')).toThrow(
      'the page has no program below "Example"',
    );
  });
});
