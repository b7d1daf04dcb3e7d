"""Holds a FHIR bundle against `google-fhir-r4`: parsed into R4 messages, validated, and printed again without a loss.

Usage: google.py BUNDLE
"""

import json
import sys

from google.fhir.r4 import json_format, resource_validation
from google.fhir.r4.proto.core.resources import bundle_and_contained_resource_pb2


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    problems = []
    kind = bundle_and_contained_resource_pb2.Bundle
    try:
        bundle = json_format.json_fhir_string_to_proto(text, kind, validate=False)
        resource_validation.validate_resource(bundle)
    # It tells what is wrong with a bundle by many kinds of exceptions.
    except Exception as error:  # pylint: disable=broad-except
        print(f"{type(error).__name__}: {error}"[:300])
        sys.exit(1)
    again = json.loads(json_format.print_fhir_to_json_string(bundle))
    here = json.loads(text)
    if len(again["entry"]) != len(here["entry"]):
        problems.append(f"{len(again['entry'])} entries came back, not {len(here['entry'])}")
    for at, (one, other) in enumerate(zip(here["entry"], again["entry"])):
        one, other = one["resource"], other["resource"]
        if set(one) != set(other):
            problems.append(f"entry {at}, {one['resourceType']}: {sorted(set(one) ^ set(other))} differ")
    for problem in problems[:20]:
        print(problem)
    print(f"{len(here['entry'])} resources")
    sys.exit(bool(problems))


main()
