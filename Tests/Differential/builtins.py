#!/usr/bin/env python3
"""Random calls of all builtins, judged by OPA's library and by Lintel: README.md says how to run it."""

import argparse
import collections
import json
import pathlib
import random
import sys

import engines

# What depends on the hour, on chance, on the network, or has its own tests.
LEFT_OUT = {"http.send", "net.lookup_ip_addr", "opa.runtime", "rand.intn", "uuid.rfc4122", "time.now_ns", "trace", "print",
    "internal.print", "internal.test_case", "rego.metadata.chain", "rego.metadata.rule", "io.jwt.encode_sign", "io.jwt.encode_sign_raw",
    "rego.parse_module", "providers.aws.sign_req", "internal.template_string"}
NUMBERS = ["0", "1", "2", "3", "-1", "10", "64", "1.5", "-0.5", "1.0", "1e3", "0.1", "100", "9007199254740993", "9223372036854775808",
    "12345678901234567890123", "1e-7", "-9223372036854775808"]
STRINGS = ["", "a", "b", "ab", "abc", "é", "Ab c", " a ", "a.b", "a/b", "1", "-1", "1.5", "0x1f", "true", "null", "[1]", '{"a": 1}', "a,b",
    "%d", "%s %v", "10Ki", "1.5G", "1h2m", "2021-01-02T03:04:05Z", "2006-01-02", "UTC", "Europe/Berlin", "1.2.3", "1.2.3-rc.1", "v1",
    "10.0.0.0/8", "10.1.2.3", "::1", "fe80::/10", "YWI=", "YWI", "_-8", "6162", "zz", "http://u:p@h:1/p?q=1#f", "a=1&b=2&a=3", "%41",
    "^a+$", "(a)(b)?", "[", "a{2}", "*", "a*", "{a,b}", "**", "a/*", "é.ü", "\\u0000", "\\n", "e\\u0301", "/a/0", "a/b/c", "x" * 40,
    "SGVsbG8", "PT1S", "eyJhbGciOiJub25lIn0.e30.", "type Query { a: Int }", "{ a }", "query { b }", "- 1\\n- 2", "a: {b: 1}", "on", "&", "<a>"]
SCALARS = ["null", "true", "false"]
# Both would build what the number asks for, until no memory is left.
GROWING = {"numbers.range", "numbers.range_step", "bits.lsh"}
# OPA's type checker does not find the keys of a literal object that has integers and fractions among them.
KEYS = [number for number in NUMBERS if float(number).is_integer()]
SMALL = [number for number in NUMBERS if abs(float(number)) <= 1000]


class Calls:
    """Calls from one stream of random numbers; arguments mostly of the types that a builtin declares."""

    def __init__(self, capabilities, seed):
        self.random = random.Random(seed)
        self.builtins = [b for b in capabilities["builtins"] if b["name"] not in LEFT_OUT and not b.get("relation") and "result" in b["decl"]
            and b.get("infix") != ":=" and b["name"] not in ("eq", "assign")]

    def call(self):
        builtin = self.random.choice(self.builtins)
        self.numbers = SMALL if builtin["name"] in GROWING else NUMBERS
        arguments = [self.value(kind) for kind in builtin["decl"].get("args") or []]
        if builtin["name"] == "net.cidr_expand":
            # Its 16 million addresses are more than a policy may hold here.
            arguments = [argument.replace("10.0.0.0/8", "10.0.0.0/24") for argument in arguments]
        name, infix = builtin["name"], builtin.get("infix")
        if name in ("internal.member_2", "internal.member_3"):
            return name, f"({', '.join(arguments[:-1])} in {arguments[-1]})"
        if infix:
            return name, f"({arguments[0]} {infix} {arguments[1]})"
        return name, f"{name}({', '.join(arguments)})"

    def value(self, kind, depth=0):
        name = kind.get("type")
        if name == "any" and "of" in kind:
            return self.value(self.random.choice(kind["of"]), depth)
        if name == "number":
            return self.random.choice(self.numbers)
        if name == "string":
            return '"' + self.random.choice(STRINGS).replace('"', '\\"') + '"'
        if name == "boolean":
            return self.random.choice(["true", "false"])
        if name == "null":
            return "null"
        if depth > 2:
            return self.random.choice(SCALARS + self.numbers[:6])
        if name == "array":
            if "static" in kind:
                return "[" + ", ".join(self.value(item, depth + 1) for item in kind["static"]) + "]"
            return "[" + self.list(kind.get("dynamic", {"type": "any"}), depth) + "]"
        if name == "set":
            text = self.list(kind.get("of", {"type": "any"}), depth)
            return "{" + text + "}" if text else "set()"
        if name == "object":
            pair = kind.get("dynamic", {})
            members = {self.key(pair.get("key", {"type": "string"}), depth + 1): self.value(pair.get("value", {"type": "any"}), depth + 1)
                for _ in range(self.random.randrange(4))}
            return "{" + ", ".join(f"{key}: {value}" for key, value in members.items()) + "}"
        return self.value(self.random.choice([{"type": "number"}, {"type": "string"}, {"type": "string"}, {"type": "boolean"}, {"type": "null"},
            {"type": "array"}, {"type": "set"}, {"type": "object"}]), depth + 1)

    def key(self, kind, depth):
        numbers, self.numbers = self.numbers, KEYS
        text = self.value(kind, depth)
        self.numbers = numbers
        return text

    def list(self, kind, depth):
        return ", ".join(self.value(kind, depth + 1) for _ in range(self.random.randrange(4)))


def query(calls):
    return {"modules": [], "query": "x = [" + ", ".join(f"[y | y := {call}]" for _, call in calls) + "]"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("opa", help="folder with libopabridge.so")
    parser.add_argument("program", help="the program `differential`")
    parser.add_argument("capabilities", help="OPA's capabilities, as `lintel capabilities` writes them")
    parser.add_argument("--count", type=int, default=200000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=100)
    parser.add_argument("--name", help="one builtin only")
    arguments = parser.parse_args()
    opa, lintel = engines.Opa(arguments.opa), engines.Lintel(arguments.program)
    source = Calls(json.loads(pathlib.Path(arguments.capabilities).read_text()), arguments.seed)
    if arguments.name:
        source.builtins = [builtin for builtin in source.builtins if builtin["name"] == arguments.name]
    counts, different = collections.Counter(), collections.Counter()
    for _ in range(arguments.count):
        name, call = source.call()
        theirs, mine = opa.answer(query([(name, call)])), lintel.answer(query([(name, call)]))
        kind = theirs.get("stage", "result")
        if kind == "crash":
            counts["OPA's library panics"] += 1
        elif engines.same(mine, theirs):
            counts["same " + kind] += 1
        else:
            different[name] += 1
            if sum(different.values()) <= arguments.show:
                print(call, "\n  OPA   ", json.dumps(theirs)[:300], "\n  Lintel", json.dumps(mine)[:300], flush=True)
    print(dict(counts), "different:", sum(different.values()), dict(different.most_common()))
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
