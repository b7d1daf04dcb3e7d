// Holds a FHIR bundle against the npm package `fhir`. Usage: bundle.js BUNDLE
const fs = require("fs");
const { Fhir } = require("fhir");

const bundle = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { valid, messages } = new Fhir().validate(bundle, { errorOnUnexpected: true });
// It knows no code of the published lists and says so for each; that is no fault of the bundle.
const faults = messages.filter(({ severity }) => severity === "error" || severity === "fatal");
faults.slice(0, 20).forEach(({ location, resourceId, message }) => console.log(`${resourceId} ${location}: ${message}`));
process.exit(valid && faults.length === 0 ? 0 : 1);
