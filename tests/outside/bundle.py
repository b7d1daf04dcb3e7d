"""Holds a FHIR bundle against `fhir.resources` (R4B), and against what that lets pass: empty lists, blank text, unknown
statuses, references that lead nowhere.

Usage: bundle.py BUNDLE
"""

import json
import sys

from fhir.resources.R4B.bundle import Bundle

STATUSES = {
    "Observation": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "QuestionnaireResponse": "in-progress completed amended entered-in-error stopped",
    "MedicationStatement": "active completed entered-in-error intended stopped on-hold unknown not-taken",
    "Encounter": "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown",
    "CarePlan": "draft active on-hold revoked completed entered-in-error unknown",
    "MedicationAdministration": "in-progress not-done on-hold completed entered-in-error stopped unknown",
}


def walk(value, path, problems, references):
    if value is None or value == "" or value == [] or value == {}:
        problems.append(f"{path} is empty")
    elif isinstance(value, str) and not value.strip():
        problems.append(f"{path} is blank")
    elif isinstance(value, dict):
        if "reference" in value:
            references.append((path, value["reference"]))
        for name, item in value.items():
            walk(item, f"{path}.{name}", problems, references)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            walk(item, f"{path}[{at}]", problems, references)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        bundle = json.load(file)
    problems, references = [], []
    walk(bundle, "Bundle", problems, references)
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) != len(urls):
        problems.append("an address is there twice")
    problems += [f"{path} leads nowhere" for path, to in references if to not in set(urls)]
    for at, entry in enumerate(bundle["entry"]):
        resource = entry["resource"]
        known = STATUSES.get(resource["resourceType"])
        if known and resource["status"] not in known.split():
            problems.append(f"entry {at}: status {resource['status']}")
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    if missing := {"Patient", *STATUSES} - kinds:
        problems.append(f"nothing of {', '.join(sorted(missing))}, so this says little")
    Bundle.model_validate(bundle)
    for problem in problems[:20]:
        print(problem)
    sys.exit(bool(problems))


main()
