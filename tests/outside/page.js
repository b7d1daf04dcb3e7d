// Looks at the report in a browser. Usage: page.js axe|print CHROMIUM PAGE...
//
// axe: no serious or critical finding, in light and in dark. print: one page, on A4 and on Letter.
const fs = require("fs");
const os = require("os");
const path = require("path");
const puppeteer = require("puppeteer-core");

const [what, executablePath, ...files] = process.argv.slice(2);

async function axe(page) {
  const source = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  let bad = 0;
  for (const value of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    await page.evaluate(source);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, impact, nodes } of violations) {
      console.log(`${value}: ${id} (${impact}), ${nodes.length} places, first ${nodes[0].html.slice(0, 120)}`);
      if (impact === "serious" || impact === "critical") bad += 1;
    }
  }
  return bad;
}

async function print(page) {
  let bad = 0;
  for (const format of ["A4", "Letter"]) {
    const pdf = Buffer.from(await page.pdf({ format, preferCSSPageSize: false })).toString("latin1");
    const pages = (pdf.match(/\/Type\s*\/Page(?![a-z])/g) || []).length;
    console.log(`${format}: ${pages} pages`);
    if (pages !== 1) bad += 1;
  }
  return bad;
}

(async () => {
  const userDataDir = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
  const browser = await puppeteer.launch({
    executablePath,
    userDataDir,
    // A page of our own from the disk, in a container that may know no sandbox.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    let bad = 0;
    for (const file of files) {
      await page.goto(`file://${path.resolve(file)}`);
      bad += await { axe, print }[what](page);
    }
    process.exitCode = bad > 0 ? 1 : 0;
  } finally {
    await browser.close();
    fs.rmSync(userDataDir, { recursive: true, force: true });
  }
})();
