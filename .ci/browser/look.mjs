// Opens pages in a browser, narrow and light, wide and dark, and reports what
// is wrong with them: what axe-core finds against WCAG 2.2 AA, what is wider
// than the screen, what the console says, what is heavier than 50 KB.
//
//   node look.mjs [--shots DIR] URL...
//
// It prints a line for each finding and ends with 1 if there is any.
import { createRequire } from 'node:module'
import { readFileSync, existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browserPath = process.env.CHROMIUM ||
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const args = process.argv.slice(2)
const shots = args[0] === '--shots' ? args.splice(0, 2)[1] : ''
const screens = {
  narrow: { viewport: { width: 390, height: 844 }, isMobile: true, deviceScaleFactor: 2, rules: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark', rules: { type: 'rule', values: ['color-contrast'] } },
}
if (shots) screens.wide = { viewport: { width: 1280, height: 900 } }
const findings = []

const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
})
for (const [screen, { rules, ...options }] of Object.entries(screens)) {
  // The pages' own policy is in force while they load; axe goes in beside it.
  const context = await browser.newContext(options)
  const checking = await browser.newContext({ ...options, bypassCSP: true })
  // Pictures are of other sites, which a test must not wait for.
  for (const c of [context, checking]) {
    await c.route('**/*', route => (route.request().resourceType() === 'document' ? route.continue() : route.abort()))
  }
  // One tab each: a new one for every page would be a process each.
  const page = await context.newPage()
  const check = rules && await checking.newPage()
  let found
  page.on('console', m => {
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) found(m.text())
  })
  page.on('pageerror', e => found(String(e)))
  for (const url of args) {
    found = text => findings.push(`${screen} ${url}: ${text}`)
    const answer = await page.goto(url, { waitUntil: 'load', timeout: 60000 })
    const bytes = (await answer.body()).length
    if (bytes > 50_000) found(`${bytes} bytes`)
    const [content, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    if (content > room) found(`is ${content} px wide where there are ${room}`)
    if (shots) {
      const name = new URL(url).pathname.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'home'
      await page.screenshot({ path: `${shots}/${name}-${screen}.png` })
    }
    if (!rules) continue
    await check.goto(url, { waitUntil: 'load', timeout: 60000 })
    await check.evaluate(axe)
    const result = await check.evaluate(rules => axe.run(document, { runOnly: rules }), rules)
    for (const v of result.violations) found(`${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join(' | ')}`)
  }
  await context.close()
  await checking.close()
}
await browser.close()
for (const f of findings) console.log(f)
process.exit(findings.length ? 1 : 0)
