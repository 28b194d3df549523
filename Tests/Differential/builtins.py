#!/usr/bin/env python3
"""Random calls of all builtins, judged by OPA's library and by Lintel: README.md says how to run it."""

import argparse
import collections
import json
import pathlib
import random
import re
import sys

import engines
import shaped
from values import Number, json_text, rego

# What depends on the hour, on chance, on the network, on the place of the call, or on other rules.
LEFT_OUT = {"http.send", "net.lookup_ip_addr", "opa.runtime", "rand.intn", "uuid.rfc4122", "time.now_ns", "trace", "print",
    "internal.print", "internal.test_case", "rego.metadata.chain", "rego.metadata.rule"}
# Both would build what the number asks for, until no memory is left.
GROWING = {"numbers.range", "numbers.range_step", "bits.lsh"}


def written(case):
    return case["query"] + case.get("input_text", "")


def kinds(*answers):
    return {engines.kind(answer) for answer in answers}


# README.md says more of each.
EXPLAINED = {
    "types of empty literals, since OPA 1.21": lambda name, case, mine, theirs:
        theirs.get("stage") == "compile" and "invalid argument(s)" in theirs["error"] and re.search(r"\[\]|\{\}", case["query"]),
    "sprintf of numbers with a point, since OPA 1.21": lambda name, case, mine, theirs:
        name == "sprintf" and re.search(r"\d\.\d|\d[eE]", written(case)),
    "patterns that the library keeps from other calls": lambda name, case, mine, theirs: name == "regex.template_match",
    "a patch that removes the whole document, or nodes of a patched array": lambda name, case, mine, theirs:
        name == "json.patch" and mine.get("stage") == theirs.get("stage") == "eval",
    "a byte order mark in what yaml.marshal writes": lambda name, case, mine, theirs: name == "yaml.marshal" and "feff" in written(case).lower(),
    "the words about text that is no token, key or YAML": lambda name, case, mine, theirs:
        (name.startswith("io.jwt.") or name == "yaml.unmarshal") and mine.get("stage") == theirs.get("stage") == "eval",
    "which of several mistakes of a schema is told, by the order of Go's maps": lambda name, case, mine, theirs:
        name in ("json.match_schema", "json.verify_schema"),
    "numbers that JSON lacks, under a key that is there twice": lambda name, case, mine, theirs:
        name.startswith("yaml.") and re.search(r"\.(inf|nan)", written(case), re.I),
    "line separators in what yaml.marshal writes": lambda name, case, mine, theirs: name == "yaml.marshal" and "\u2028" in written(case),
    "NUL in a glob, folders as time zones": lambda name, case, mine, theirs:
        name == "glob.match" and "\\u0000" in written(case) or name.startswith("time.") and "is a directory" in theirs.get("error", ""),
    "the words of Go's templates, and of a GraphQL text that is none": lambda name, case, mine, theirs:
        (name == "strings.render_template" or name.startswith("graphql.")) and mine.get("stage") == theirs.get("stage") == "eval",
    "functions without parameters in the syntax tree": lambda name, case, mine, theirs: name == "rego.parse_module" and "() :=" in written(case),
    "networks of IPv4 addresses in their IPv6 form": lambda name, case, mine, theirs: name == "net.cidr_merge" and "::ffff:" in written(case),
    "a key or certificate with a colon or a byte too many": lambda name, case, mine, theirs:
        name.startswith("crypto.") and "-----BEGIN" in written(case) and kinds(mine, theirs) == {"value", "eval"},
    "what stands behind a JSON value": lambda name, case, mine, theirs: name in ("json.unmarshal", "json.is_valid") and re.search(r"null[^,}\]]*$", written(case)),
}


class Calls:
    """Calls from one stream of random numbers; arguments mostly of the types that a builtin declares."""

    def __init__(self, capabilities, seed, keys):
        self.random = random.Random(seed)
        self.values = shaped.Shaped(self.random, keys)
        self.builtins = [b for b in capabilities["builtins"] if b["name"] not in LEFT_OUT and ("result" in b["decl"] or b.get("relation"))
            and b.get("infix") != ":=" and b["name"] not in ("eq", "assign")]

    def case(self):
        """The name of a builtin, and a query that calls it with arguments as written or from the input."""
        builtin = self.random.choice(self.builtins)
        name, kinds = builtin["name"], builtin["decl"].get("args") or []
        arguments = None
        if not self.values.once(5):
            arguments = self.values.arguments(name)
        if arguments is None:
            arguments = [self.values.of(kind) for kind in kinds]
            if name in GROWING or name == "net.cidr_expand":
                arguments = self.values.arguments(name)
        if self.values.once(25):
            arguments[self.random.randrange(len(arguments))] = self.values.any() if name not in GROWING and name != "net.cidr_expand" else None
        case = {"modules": []}
        texts = [rego(argument) for argument in arguments]
        if self.values.once(3):
            texts = self.through_input(arguments, texts, case)
        case["query"] = f"x = [y | {self.call(builtin, texts)}]"
        return name, case

    def through_input(self, arguments, texts, case):
        members = []
        for at, argument in enumerate(arguments):
            try:
                members.append(f'"{"abcdef"[at]}": {json_text(argument)}')
                texts[at] = f"input.{'abcdef'[at]}"
            except ValueError:
                pass
        case["input_text"] = "{" + ", ".join(members) + "}"
        return texts

    def call(self, builtin, texts):
        name, infix = builtin["name"], builtin.get("infix")
        if builtin.get("relation"):
            return f"{name}({', '.join(texts)}, y)"
        if name in ("internal.member_2", "internal.member_3"):
            return f"y := ({', '.join(texts[:-1])} in {texts[-1]})"
        return f"y := ({texts[0]} {infix} {texts[1]})" if infix else f"y := {name}({', '.join(texts)})"


def short(text, most):
    """The text with the bodies of keys and certificates left out, and no longer than `most`."""
    return re.sub(r"[A-Za-z0-9+/\\]{60,}", "…", text)[:most]


def shown(answer):
    return short(answer["stage"] + " " + engines.message(answer) if "error" in answer else json.dumps(answer["result"], ensure_ascii=False), 400)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("opa", help="folder with libopabridge.so")
    parser.add_argument("program", help="the program `differential`")
    parser.add_argument("capabilities", help="OPA's capabilities, as `lintel capabilities` writes them")
    parser.add_argument("--count", type=int, default=200000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=100, help="how many differences to print, at most five of a builtin")
    parser.add_argument("--name", help="builtins whose names start so")
    parser.add_argument("--table", help="file for the table of what was compared")
    arguments = parser.parse_args()
    opa, lintel = engines.Opa(arguments.opa), engines.Lintel(arguments.program)
    source = Calls(json.loads(pathlib.Path(arguments.capabilities).read_text()), arguments.seed, shaped.secret_keys())
    if arguments.name:
        source.builtins = [builtin for builtin in source.builtins if builtin["name"].startswith(arguments.name)]
    counts, different = collections.Counter(), collections.Counter()
    table = collections.defaultdict(collections.Counter)
    for _ in range(arguments.count):
        name, case = source.case()
        theirs, mine = opa.answer(case), lintel.answer(case)
        kind = engines.kind(theirs)
        if kind == "crash":
            counts["OPA's library panics"] += 1
            continue
        table[name][kind] += 1
        if engines.same(mine, theirs, texts=True):
            counts["same " + kind] += 1
            continue
        explained = next((reason for reason, applies in EXPLAINED.items() if applies(name, case, mine, theirs)), None)
        if explained:
            counts[explained] += 1
            continue
        different[name] += 1
        table[name]["different"] += 1
        if sum(different.values()) <= arguments.show and different[name] <= 5:
            print(short(case["query"], 500), short(case.get("input_text", ""), 500), "\n  OPA   ", shown(theirs), "\n  Lintel", shown(mine), flush=True)
    if arguments.table:
        pathlib.Path(arguments.table).write_text(engines.table("builtin", table))
    print(dict(counts), "different:", sum(different.values()), dict(different.most_common()))
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
