#!/usr/bin/env python3
"""Random small rule sets, judged by OPA's library and by Lintel: README.md says how to run it."""

import argparse
import collections
import json
import sys
import time

import bodies
import engines
import policies

KEYS = ['"a"', '"b"', '"c"', "1", "0", "true", "null", "1.5", "-1", "[1]", '{"a": 1}', "{1}", '"x y"']
VALUES = [
    "1", "2", '"s"', "true", "false", "null", '{"a": 1}', '{"a": {"b": 2}}', '{"b": 1}', "{}", "set()", "{1, 2}", "[1, 2]", "[]",
    '{"a": {"b": {"c": 1}}}', "{1: 2}", "1.0", '["a"]', '{"a"}',
]
DOMAINS = ['["a", "b"]', '{"a", "c"}', '{"a": 1, "b": {"c": 2}}', "[1, 0]", "input.list", "input.o", "data.base.list", "{1, true}"]
INPUT = {"list": ["a", "b", 1], "o": {"a": {"b": 1}, "b": [1, {"c": 2}]}, "n": 3, "s": "ab", "t": True, "z": None}
DATA = {"base": {"list": ["b", "c"], "o": {"a": 1, "2": {"x": 1}}, "n": 1}}


# README.md says more of each.
EXPLAINED = {
    "a builtin's error on one side only, or another error first": engines.is_order_of_errors,
    "a conflict in a rule or under a key that OPA does not look at": engines.is_passed_over,
    "no type in OPA for what depends on an argument": engines.is_untyped,
    "a variable without a value that OPA misses": engines.is_missed,
    "a member of an empty literal": engines.is_empty,
    "a variable that OPA makes and then finds unsafe": engines.is_made_unsafe,
}


class RuleSets(policies.Stream):
    """Rule sets from one stream of random numbers."""

    def case(self):
        self.number, self.clashing = 0, not self.once(3)
        count = 1 if not self.once(4) else 2
        packages = [self.pick(["t", "t", "t", "t.p", "t.p.a", "t.q", "u"]) for _ in range(count)]
        packages[0] = "t"
        modules = ["\n".join([f"package {name}", ""] + self.rules()) for name in packages]
        query = self.pick(["x = data.t", "x = data.t", "x = data.t.p", "x = data.t.p.a", "x = data.t.p[y]", "x = data.t.p.a[y]",
            "x = data.t.p[y].a", "x = data.t[y]", "x = data.t.p[1]", "data.t.p.a.b = x", 'data.t.p["a"][z] = x'])
        data = DATA
        if self.once(6):
            data = {**DATA, "t": self.pick([{"z": 1}, {"z": {"a": 1}}, {"zz": {"z": [1]}}])}
        return {"modules": modules, "query": query, "input": INPUT, "data": data}

    def rules(self):
        return [line for _ in range(self.pick([1, 2, 2, 3, 3, 4, 5])) for line in [self.rule()] + self.more()]

    def more(self):
        return [self.rule(self.last)] if self.once(4) else []

    def rule(self, head=None):
        self.last = head
        names, self.body = self.head_names(), []
        self.bound = []
        kind = self.pick(["complete", "complete", "complete", "set", "set", "function", "default", "object"])
        if self.once(60):
            kind = "bare"
        if kind == "function":
            arguments = self.pick([["x"], ["x"], ["x", "y"], [], ["[x, 1]"], ["1"], ["_"], ['{"a": x}']])
            self.bound = [name for name in ("x", "y") if any(name in text for text in arguments)]
            return f"{names}({', '.join(arguments)}) := {self.value()} {self.tail(else_allowed=True)}"
        if kind == "default":
            if self.once(3):
                return f"default {names}(_) := {self.pick(VALUES)}"
            return f"default {names} := {self.pick(VALUES + ['[1 | input.t]', '{x | x := 1}', 'input.n', '1 + 1'])}"
        if kind == "set":
            ref = names + self.parts([0, 0, 0, 1, 1, 2])
            return f"{ref} contains {self.value()} {self.tail()}"
        if kind == "object":
            ref = names + self.parts([1, 1, 2, 3])
            return f"{ref} := {self.value()} {self.tail(else_allowed=True)}"
        if kind == "bare":
            return f"{names} {self.tail()}"
        ref = names + self.parts([0, 0, 1])
        return f"{ref} := {self.value()} {self.tail(else_allowed=True)}"

    def head_names(self):
        if self.clashing:
            return self.pick(["p", "p", "p", "q", "q", "r"]) + self.pick(["", "", "", ".a", ".a", ".b", ".a.b", ".a.b.c"])
        self.number += 1
        return self.pick(["p", "q", "r", "s", "w", "o"]) + self.pick(["", "", "", f"{self.number}", f"{self.number}.a"])

    def parts(self, counts):
        text = ""
        for _ in range(self.pick(counts)):
            choice = self.random.randrange(6)
            if choice < 3:
                name = self.pick(["x", "y"])
                if name not in self.bound:
                    self.bound.append(name)
                    self.body.append(self.binding(name))
                text += f"[{name}]"
            elif choice == 3:
                text += self.pick([".a", ".b", ".c"])
            else:
                text += f"[{self.pick(KEYS)}]"
        return text

    def binding(self, name):
        return self.pick([
            f"{name} := {self.pick(KEYS)}", f"some {name} in {self.pick(DOMAINS)}", f"{name} = {self.pick(KEYS)}",
            f"some {name}, _ in {self.pick(DOMAINS)}", f"{self.pick(['input.list', 'input.o', 'data.base.o'])}[{name}]",
            f"some {name}; {self.pick(DOMAINS)}[{name}]"])

    def term(self, depth=0):
        choices = ["value"] * 4 + ["var"] * 3 + ["input", "input", "rule", "rule", "call", "data"]
        if depth < 2:
            choices += ["array", "object", "set", "comprehension", "comprehension", "arithmetic"]
        kind = self.pick(choices)
        if kind == "rule" and not self.once(3):
            kind = "input"
        if kind == "var" and self.bound:
            return self.pick(self.bound)
        if kind == "input":
            return self.pick(["input.n", "input.s", "input.o.a", "input.o[_]", "input.list[_]", "input.none", "input", 'input["o"].b', "input.list[0]", "input.o.b[1].c"])
        if kind == "data":
            return self.pick(["data.base.list[_]", "data.base", "data.base.o.a", "data.t.p", "data.u", "data.t.q[_]", "data.none"])
        if kind == "rule":
            return self.pick(["p", "q", "r", "p.a", "q.a", "p[_]", "q.a.b", "p[input.s]", "q[1]", "r[_]", "r.a[_]"])
        if kind == "call":
            return self.pick(["p(1)", "q(1)", "q.a(input.n)", "r(2)", "count(input.list)", "to_number(input.s)", "object.get(input.o, \"a\", 7)",
                "sum([1, 2])", "concat(\"-\", [\"a\", \"b\"])", "upper(input.s)", "array.slice(input.list, 0, 2)", "r.a(1, 2)", "1 / 0"])
        if kind == "array":
            return f"[{self.term(depth + 1)}, {self.term(depth + 1)}]"
        if kind == "object":
            return f'{{"a": {self.term(depth + 1)}, {self.pick(KEYS[1:])}: {self.term(depth + 1)}}}'
        if kind == "set":
            return f"{{{self.term(depth + 1)}, {self.term(depth + 1)}}}"
        if kind == "comprehension":
            inner = self.pick(["[v | some v in %s]", "{v | some v in %s}", "{k: v | some k, v in %s}", "[v | v := %s; v != 1]", "{v: 1 | v = %s}",
                "[k | some k; _ = %s[k]]", "{v | v := %s; not v}", "count([v | some v in %s])"])
            return inner % self.pick(DOMAINS + ["q", "p.a", "input.o.b"])
        if kind == "arithmetic":
            left, right = self.pick(["input.n", "1", "3", "data.base.n", "count(input.list)"]), self.pick(["2", "input.n", "-1", "0", "1.5"])
            if self.once(5):
                return f"({{1, 2}} {self.pick(['-', '&', '|'])} {{2, 3}})"
            return f"({left} {self.pick(['+', '-', '*', '/', '%'])} {right})"
        return self.pick(VALUES)

    def value(self):
        return self.pick(VALUES) if self.once(2) else self.term()

    def expression(self):
        kind = self.random.randrange(13)
        if kind < 2:
            return f"{self.term()} {self.pick(['==', '!=', '<', '>=', '='])} {self.term()}"
        if kind == 2:
            return f"not {self.term(1).replace('[_]', '[0]')}"
        if kind == 3:
            return f"{self.term(1)} in {self.pick(DOMAINS)}"
        if kind == 4:
            name = self.pick(["u", "v", "w"])
            if name in self.bound:
                return "true"
            text = f"{name} := {self.term()}"
            self.bound.append(name)
            return text
        if kind == 5:
            target = self.pick(["input", "input.n", "input.o.a", "data.t.q", "data.base.n", "data.base", "p", "count", "q", "upper"])
            return f"{self.term()} with {target} as {self.pick(VALUES + ['input.o', 'q'])}"
        if kind == 6:
            return f"every v in {self.pick(DOMAINS)} {{ v {self.pick(['!=', '==', '<'])} {self.term(1)} }}"
        if kind == 7:
            return f"[{self.pick(['1', '_'])}, _] = {self.term()}"
        if kind == 8:
            return f"some k, v in {self.pick(DOMAINS)}; v {self.pick(['!=', '==', '<'])} {self.term(1)}" if "k" not in self.bound else "true"
        return self.term(1)

    def tail(self, else_allowed=False):
        for _ in range(self.pick([0, 0, 0, 1, 1, 2])):
            self.body.append(self.expression())
        if not self.body:
            return ""
        if self.once(2):
            self.random.shuffle(self.body)
        text = f"if {{ {'; '.join(self.body)} }}"
        if else_allowed and self.once(5):
            self.bound = []
            text += f" else := {self.pick(VALUES)}" + self.pick(["", " if input.t", " if input.none"])
        return text


KINDS = {"typed": policies.Policies, "clashes": RuleSets, "bodies": bodies.Bodies}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("opa", help="folder with libopabridge.so")
    parser.add_argument("program", help="the program `differential`")
    parser.add_argument("--count", type=int, default=50000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    parser.add_argument("--kind", choices=["all", *KINDS], default="all", help="policies that mostly compile, heads that clash, or bodies of all sorts")
    parser.add_argument("--texts", action="store_true", help="compare the texts of errors too")
    parser.add_argument("--only", default="", help="print only differences of one sort, such as `crash for result`")
    arguments = parser.parse_args()
    opa, lintel = engines.Opa(arguments.opa), engines.Lintel(arguments.program)
    counts, shown, start = collections.Counter(), 0, time.time()
    for number in range(arguments.count):
        seed = arguments.seed * 1_000_003 + number
        kind = arguments.kind if arguments.kind != "all" else list(KINDS)[number % len(KINDS)]
        case = KINDS[kind](seed).case()
        theirs, mine = opa.answer(case), lintel.answer(case)
        kind = theirs.get("stage", "result")
        if kind == "crash":
            counts["OPA's library panics"] += 1
            continue
        if engines.same(mine, theirs, texts=arguments.texts):
            counts["same " + kind] += 1
            continue
        explained = next((reason for reason, applies in EXPLAINED.items() if applies(mine, theirs)), None)
        if explained:
            counts[explained] += 1
            continue
        counts["different"] += 1
        sort = f"{mine.get('stage', 'result')} for {kind}"
        counts[sort] += 1
        if shown < arguments.show and arguments.only in ("", sort):
            shown += 1
            print(f"--- {number}: {sort}\n" + "\n---\n".join(case["modules"]), f"\nquery {case['query']} data {json.dumps(case['data'].get('t'))}")
            print("OPA   ", json.dumps(theirs)[:600], "\nLintel", json.dumps(mine)[:600], flush=True)
    print(dict(counts), f"{time.time() - start:.0f} s")
    sys.exit(1 if counts["different"] else 0)


if __name__ == "__main__":
    main()
