// What a vitest JSON report says: the tests that failed, those that passed only when run again, and last their number.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, message, assertionResults } of testResults) {
  if (message) console.log(`${name}: ${message}`);
  for (const { fullName, status, failureMessages } of assertionResults) {
    if (failureMessages.length === 0) continue;
    const what = status === 'passed' ? 'passed only when run again' : status;
    console.log(`${what}: ${name} > ${fullName}\n${failureMessages.map(firstLines).join('\n')}`);
  }
}
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);

function firstLines(message) {
  return message.split('\n').slice(0, 6).join('\n');
}
