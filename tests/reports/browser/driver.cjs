// Opens pages in headless Chromium for the tests: a request a line on standard input, an answer a
// line on standard output. argv: the folder of the npm packages, the path of Chromium.
"use strict";
const [, , modules, executablePath] = process.argv;
const { chromium } = require(`${modules}/playwright-core`);
const axe = require(`${modules}/axe-core`).source;

const actions = {
  // A page of its own, with what it asks for and complains of from the first moment on.
  async open(state, { url, scripts, scheme, width }) {
    await state.context?.close();
    state.context = await state.browser.newContext({
      javaScriptEnabled: scripts,
      colorScheme: scheme,
      viewport: { width, height: 800 },
    });
    state.requests = [];
    state.complaints = [];
    state.page = await state.context.newPage();
    state.page.on("request", (one) => state.requests.push(one.url()));
    state.page.on("console", (one) => state.complaints.push(one.text()));
    state.page.on("pageerror", (one) => state.complaints.push(String(one)));
    await state.page.goto(url);
  },
  requests: (state) => state.requests,
  complaints: (state) => state.complaints,
  fill: ({ page }, { selector, text }) => page.fill(selector, text),
  select: ({ page }, { selector, value }) => page.selectOption(selector, value),
  click: ({ page }, { selector }) => page.click(selector),
  press: ({ page }, { keys }) => page.keyboard.press(keys),
  count: ({ page }, { selector }) => page.locator(selector).filter({ visible: true }).count(),
  texts: ({ page }, { selector }) => page.locator(selector).filter({ visible: true }).allTextContents(),
  evaluate: ({ page }, { script }) => page.evaluate(script),
  media: ({ page }, { media }) => page.emulateMedia({ media }),
  screenshot: ({ page }, { path }) => page.screenshot({ path }).then(() => null),
  pdf: ({ page }, { path }) => page.pdf({ path }).then(() => null),
  // Not as an inline script, which the page's policy would rightly refuse.
  async axe({ page }) {
    await page.evaluate(axe);
    const found = await page.evaluate("axe.run(document, { resultTypes: ['violations', 'incomplete'] })");
    return [...found.violations, ...found.incomplete].map((one) => [
      one.id,
      one.nodes[0].html.slice(0, 200),
      one.nodes[0].failureSummary,
    ]);
  },
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const state = { browser };
  const lines = require("node:readline").createInterface({ input: process.stdin });
  for await (const line of lines) {
    const { action, ...given } = JSON.parse(line);
    let answer;
    try {
      answer = { value: (await actions[action](state, given)) ?? null };
    } catch (error) {
      answer = { error: String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  await browser.close();
})();
