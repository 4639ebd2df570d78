"""The OpenAPI document is valid, and the service keeps to it: schemathesis, as readers of three roles."""

import json
import os
import re
import subprocess
import sys

from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from .partner import ROLES
from .table import chapter, line

# A schema cannot tell everything that a right query needs: the grammar of filters, that a level of aggregation
# wants a date among the groups, that a day lies before another. Such a request is answered with 400 and may be.
SETTINGS = """
[checks]
# What is too long is wrong, and told before anybody reads it.
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "413", "414", "431"]

[[operations]]
include-path-regex = "^/(partner/.*|tokens)?$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "303", "400", "401", "403", "404"]

# A token that is made up is not right.
[[operations]]
include-path = "/sign-in"
checks.positive_data_acceptance.expected-statuses = ["2xx", "303", "401", "403"]
"""


def check(partner, server, examples):
    chapter("The document, and schemathesis with every check")
    _, _, body = server.get("/openapi.json")
    document = json.loads(body)
    errors = [error.message[:200] for error in OpenAPIV30SpecValidator(document).iter_errors()]
    operations = sum(len(path) for path in document["paths"].values())
    line(
        "openapi-spec-validator", f"{operations} operations, {len(document['components']['schemas'])} schemas", errors)
    settings = partner.at("schemathesis.toml")
    with open(settings, "w", encoding="utf-8") as file:
        file.write(SETTINGS)
    sweep(partner, server, document)
    for role in ROLES:
        schemathesis(partner, server, f"as {role}", partner.tokens[role], settings, examples)
    # Last, and with a token of its own: it revokes tokens.
    spare = partner.run("tokens", "add", "spare", "--role", "globalAdmin").strip()
    schemathesis(partner, server, "in steps, as globalAdmin", spare, settings, examples, "stateful")
    wrong = [] if server.lives() else ["the service has ended: " + server.said()[-500:]]
    line("the service after it", f"{server.memory():.0f} MB", wrong)


def sweep(partner, server, document):
    """Each resource as rows and grouped by each field and level, as each role: every answer is of its schema."""
    count, rows, wrong = 0, 0, []
    for path, methods in document["paths"].items():
        if not path.startswith("/partner/"):
            continue
        parameters = {parameter["name"]: parameter["schema"] for parameter in methods["get"]["parameters"]}
        fields = parameters["groupby"]["items"]["enum"]
        queries = ["top=200", "top=200&skip=100000000", "filter=nothing%20eq%201"]
        queries += [f"top=200&groupby={field}" for field in fields]
        queries += [
            f"top=200&groupby={field}&aggregationLevel={level}" for field in fields if field.endswith("Date")
            for level in parameters["aggregationLevel"]["enum"]]
        for role in ROLES:
            for query in queries:
                status, _, body = server.get(f"{path}?{query}", partner.tokens[role])
                response = methods["get"]["responses"].get(str(status), {})
                while "$ref" in response:
                    response = document["components"]["responses"][response["$ref"].split("/")[-1]]
                schema = response.get("content", {}).get("application/json", {}).get("schema", False)
                answer = json.loads(body)
                validator = OAS30Validator({**schema, "components": document["components"]}) if schema else None
                error = "undocumented" if validator is None else next(validator.iter_errors(answer), None)
                if error:
                    wrong.append(f"{role} {path}?{query} → {status}: {str(error)[:200]}")
                count, rows = count + 1, rows + len(answer.get("Value", ()))
    line("every group of every resource", f"{count} answers with {rows} rows, each of its schema", wrong[:10])


def schemathesis(partner, server, name, token, settings, examples, phases="examples,coverage,fuzzing"):
    report = partner.at(f"schemathesis-{name.split()[-1]}-{phases.split(',')[0]}.txt")
    done = subprocess.run(
        [os.path.join(os.path.dirname(sys.executable), "st"), "--config-file", settings, "run",
         server.url + "/openapi.json", "--header", f"Authorization: Bearer {token}", "--checks", "all",
         "--phases", phases, "--max-examples", str(examples), "--seed", "1", "--no-color",
         "--continue-on-failure", "--max-redirects", "0", "--request-timeout", "30"],
        cwd=partner.folder, capture_output=True, text=True)
    with open(report, "w", encoding="utf-8") as file:
        file.write(done.stdout + done.stderr)
    cases = re.search(r"([\d,]+) generated", done.stdout)
    wrong = []
    if done.returncode != 0:
        failures = re.findall(r"^- (.+)$", done.stdout, re.M)
        kinds = sorted({failure: failures.count(failure) for failure in failures}.items())
        wrong = [f"{count} × {kind}" for kind, count in kinds] or ["it ended with " + str(done.returncode)]
        wrong.append(f"all of it is in {report}")
    line(f"schemathesis {name}", f"{cases.group(1) if cases else '?'} cases", wrong)
