"""Reads reports of one run with parsers of their own and prints what each says: its name, and the places of violations."""
import csv
import html.parser
import json
import re
import sys
import xml.etree.ElementTree as tree

folder = sys.argv[1]


def text(name):
    with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
        return file.read()


def show(name, places):
    print(name, *sorted(f"{path}:{line}" for path, line in places))


report = json.loads(text("json"))
show("json", [(f["file"], f["line"]) for f in report["findings"]])

run = json.loads(text("sarif"))["runs"][0]
rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
places = []
for result in run["results"]:
    assert rules[result["ruleIndex"]] == result["ruleId"]
    place = result["locations"][0]["physicalLocation"]
    places.append((place["artifactLocation"]["uri"], place["region"]["startLine"]))
show("sarif", places)

cases = tree.fromstring(text("junit")).findall("testsuite/testcase")
show("junit", [(case.get("file"), case.get("line")) for case in cases])

root = tree.fromstring(text("checkstyle"))
assert root.tag == "checkstyle"
show("checkstyle", [(file.get("name"), error.get("line")) for file in root for error in file])

show("gitlab", [(i["location"]["path"], i["location"]["lines"]["begin"]) for i in json.loads(text("gitlab"))])

rows = list(csv.DictReader(text("csv").splitlines(keepends=True), strict=True))
show("csv", [(row["file"], row["line"]) for row in rows])

lines = text("tap").splitlines()
assert lines[0] == "TAP version 13" and lines[1] == f"1..{len(rows)}"
tests = [re.match(r"(not )?ok (\d+) - ", line) for line in lines]
assert [int(test[2]) for test in tests if test] == list(range(1, len(rows) + 1))
facts = [dict(line.strip().split(": ", 1) for line in block.splitlines()[1:])
         for block in re.findall(r"  ---\n(.*?)  \.\.\.\n", text("tap").replace("  ---\n", "  ---\n#\n"), re.S)]
show("tap", [(json.loads(fact["file"]), fact["line"]) for fact in facts])

sonar = json.loads(text("sonarqube"))
known = {rule["id"] for rule in sonar["rules"]}
assert all(issue["ruleId"] in known for issue in sonar["issues"])
ranges = [issue["primaryLocation"] for issue in sonar["issues"]]
assert all(r["textRange"].get("endColumn", 1) > r["textRange"].get("startColumn", 0) for r in ranges)
show("sonarqube", [(r["filePath"], r["textRange"]["startLine"]) for r in ranges])

for name in ["openreports", "policyreport"]:
    items = json.loads(text(name))["items"]
    for item in items:
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", item["metadata"]["name"])
        assert sum(item["summary"].values()) == len(item["results"])
    results = [result["properties"] for item in items for result in item["results"]]
    show(name, [(r["file"], r["line"]) for r in results])

entries = json.loads(text("conftest-json"))
show("conftest-json", [(r["loc"]["file"], r["loc"]["line"]) for e in entries
                       for kind in ("warnings", "failures") for r in e.get(kind, [])])


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.items = [], 0

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        assert not any(name in names for name in ("src", "href")), "the page needs nothing else"
        if tag == "li" and "data-severity" in names:
            self.items += 1
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


page = Page()
page.feed(text("html"))
assert page.open == [], page.open
print("html", page.items)
assert text("markdown").startswith("<!-- lintel-report -->\n")
