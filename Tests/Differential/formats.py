#!/usr/bin/env python3
"""Random badly laid out policies and given files, formatted: README.md says how to run it."""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import engines
import policies
import rules


def scrambled(text, source):
    """The module with other white space and some comments, outside of strings."""
    result, at, depth = "", 0, 0
    while at < len(text):
        letter = text[at]
        if letter in '"`':
            end = at + 1
            while text[end] != letter or (letter == '"' and text[end - 1] == "\\" and text[end - 2] != "\\"):
                end += 1
            result, at = result + text[at:end + 1], end + 1
            continue
        if letter == "$":
            # A template string stays as it is.
            end = text.index('"', at + 2)
            nested = text[at:end + 1].count("{") - text[at:end + 1].count("}")
            while nested > 0:
                end = text.index('"', end + 1)
                nested = text[at:end + 1].count("{") - text[at:end + 1].count("}")
            result, at = result + text[at:end + 1], end + 1
            continue
        depth += (letter in "[{(") - (letter in "]})")
        result += letter
        if letter in "[{(," and depth and source.randrange(8) == 0 and text[at:at + 2] != "{ ":
            result += source.choice(["\n", "\n\t\t", "\n\n", " ", "  "])
        elif letter == " " and source.randrange(6) == 0:
            result += source.choice([" ", "\t", "  "])
        elif letter == "\n" and source.randrange(5) == 0:
            result += source.choice(["\n", "\n\n\n", "  ", "# note\n", "\t# note\n"])
        elif letter == ";" and source.randrange(2) == 0:
            result = result[:-1] + "\n"
        at += 1
    return result


def tree(opa, text):
    """The syntax tree as the library has it, or an error."""
    case = {"modules": [], "query": 'x = rego.parse_module("m.rego", input)', "input": text}
    answer = opa.answer(case)
    if "error" in answer:
        return {"error": answer["error"]}
    found = answer["result"][0]["x"]
    # Comments are known by their places, and imports are sorted.
    found.pop("comments", None)
    found["imports"] = sorted(found.get("imports") or [], key=json.dumps)
    for rule in found.get("rules") or []:
        while rule:
            # `p := true if …` becomes `p if …`, and functions without parameters lose their parentheses.
            for member in ("assign", "key", "name"):
                rule["head"].pop(member, None)
            rule = rule.get("else")
    return found


def formatted(program, folder):
    return subprocess.run([*program, "fmt", "-w", str(folder)], capture_output=True, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("opa", help="folder with libopabridge.so")
    parser.add_argument("lintel", help="the program lintel")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", nargs="*", default=[], help="folders whose .rego files take part")
    parser.add_argument("--opa-program", help="OPA itself, whose `opa fmt` must give the same")
    arguments = parser.parse_args()
    opa, source = engines.Opa(arguments.opa), random.Random(arguments.seed)
    texts = []
    for number in range(arguments.count):
        kind = policies.Policies if number % 4 else rules.RuleSets
        texts.append(scrambled(kind(arguments.seed * 1_000_003 + number).case()["modules"][-1], source))
    texts += [file.read_text() for folder in arguments.files for file in sorted(pathlib.Path(folder).rglob("*.rego"))]
    texts = [text for text in texts if "error" not in tree(opa, text)]
    different = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        mine, theirs = folder / "mine", folder / "theirs"
        for place in (mine, theirs):
            place.mkdir()
            for number, text in enumerate(texts):
                (place / f"{number}.rego").write_text(text)
        said = formatted([arguments.lintel], mine)
        if arguments.opa_program:
            formatted([arguments.opa_program], theirs)
        once = [(mine / f"{number}.rego").read_text() for number in range(len(texts))]
        formatted([arguments.lintel], mine)
        for number, text in enumerate(texts):
            twice = (mine / f"{number}.rego").read_text()
            problems = []
            if tree(opa, text) != tree(opa, once[number]):
                problems.append("the syntax tree is another one")
            if once[number] != twice:
                problems.append("a second time gives another text")
            if arguments.opa_program and once[number] != (theirs / f"{number}.rego").read_text():
                problems.append("opa fmt gives another text")
            if problems:
                different += 1
                if different <= 20:
                    print(f"--- {number}: {', '.join(problems)}\n{text}\n+++ once\n{once[number]}\n+++ twice\n{twice}", flush=True)
    print(said.stderr[-2000:])
    print(f"{len(texts)} policies, {different} different")
    sys.exit(1 if different or said.returncode else 0)


if __name__ == "__main__":
    main()
