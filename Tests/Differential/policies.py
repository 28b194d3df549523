"""Random small policies that mostly compile: terms have types, and rules refer to rules written before them."""

import random

INPUT = {"n": 3, "m": -1.5, "s": "ab", "t": True, "z": None, "nums": [3, 1, 2, 3], "words": ["b", "a", "", "ab"], "by": {"a": 1, "b": 2, "c": 3},
    "items": [{"name": "x", "size": 1, "tags": ["a", "b"]}, {"name": "y", "size": 2, "tags": []}, {"name": "z", "tags": ["b"], "sub": {"name": "x"}}],
    "tree": {"a": {"b": [1, {"c": "ab"}], "d": None}, "e": {"b": 2}}}
DATA = {"base": {"n": 7, "nums": [1, 2, 5], "words": ["a", "c"], "by": {"a": 10, "d": 4}, "deep": {"a": {"b": {"c": 1}}, "x": [1, [2, 3]]}}}
LITERALS = {
    "n": ["0", "1", "2", "3", "-1", "10", "1.5", "0.1", "1e2", "7"],
    "s": ['"a"', '"b"', '"ab"', '""', '"c"', '"x"', '`a`', '"a b"'],
    "b": ["true", "false"],
    "N": ["[1, 2, 3]", "[]", "[3, 1]", "[2, 2, 5]"], "S": ['["a", "b"]', '["c"]', '["b", "a", "b"]'],
    "{n}": ["{1, 2}", "{3}", "{1, 2, 3, 5}", "set()"], "{s}": ['{"a", "b"}', '{"c", "a"}', '{"b"}'],
    "O": ['{"a": 1, "b": 2}', '{"c": 3}', "{}", '{"a": 0, "x": 5}'],
    "a": ["null", "[1, [2]]", '{"a": {"b": 1}}', "{{1}, {2}}", '[{"a": 1}, {"a": 2}]'],
}
INPUTS = {
    "n": ["input.n", "input.m", "data.base.n", "input.by.a", 'input["by"].c', "input.nums[0]", "data.base.deep.a.b.c", "input.missing", "input.items[1].size"],
    "s": ["input.s", "input.words[1]", "input.items[0].name", "data.base.words[1]", "input.items[2].sub.name"],
    "b": ["input.t"],
    "N": ["input.nums", "data.base.nums"], "S": ["input.words", "data.base.words", "input.items[0].tags", "input.items[1].tags"],
    "O": ["input.by", "data.base.by"],
    "a": ["input.tree", "input.items", "data.base", "input", "data.base.deep", "input.z", "input.tree.a.b"],
}
CALLS = {
    "n": ["count({N})", "count({S})", "count({O})", "sum({N})", "max({N})", "min({{n}})", "abs({n})", "({n} + {n})", "({n} * {n})", "({n} - {n})", "({n} / 4)", "({n} % 3)", "to_number(\"12\")",
        "indexof({s}, {s})", "round({n})", "object.get({O}, {s}, 0)", "{O}[{s}]", "{N}[1]", "{N}[{n}]", "product({N})", "ceil({n})", "strings.count({s}, \"a\")"],
    "s": ["upper({s})", "concat(\"-\", {S})", "sprintf(\"%v:%v\", [{n}, {s}])", "substring({s}, 0, 1)", "replace({s}, \"a\", \"z\")", "trim({s}, \"a\")", "format_int(count({S}), 10)", "{S}[0]", "type_name({a})",
        "$\"{{{n}}}-{{{s}}}\"", "json.marshal({a})", "lower({s})", "strings.reverse({s})", "base64.encode({s})"],
    "b": ["startswith({s}, {s})", "contains({s}, {s})", "({n} == {n})", "({n} < {n})", "({s} in {S})", "({n} in {{n}})", "({s}, {n} in {O})", "is_number({a})", "regex.match(\"^a\", {s})", "({a} != {a})", "object.subset({O}, {O})"],
    "N": ["array.concat({N}, {N})", "array.slice({N}, 0, 2)", "sort({N})", "numbers.range(0, 3)", "[{n}, {n}]", "object.get(input, \"nums\", [])", "array.reverse({N})"],
    "S": ["split({s}, \"b\")", "sort({S})", "[{s}, {s}]", "array.concat({S}, {S})", "[k | some k, _ in {O}]"],
    "{n}": ["({{n}} | {{n}})", "({{n}} & {{n}})", "({{n}} - {{n}})", "{{{n}, {n}}}", "{{v | some v in {N}}}", "{{v | some _, v in {O}}}"],
    "{s}": ["object.keys({O})", "({{s}} | {{s}})", "({{s}} - {{s}})", "{{v | some v in {S}}}", "{{k | {O}[k]}}"],
    "O": ["object.union({O}, {O})", "{{{s}: {n}}}", "object.remove({O}, [{s}])", "object.filter({O}, {S})", "{{k: v | some k, v in {O}; v > 1}}", "{{w: count(w) | some w in {S}}}"],
    "a": ["{n}", "{s}", "{N}", "{O}", "[{a}, {s}]", "{{\"k\": {a}}}", "object.get(input.tree, [\"a\", \"b\"], \"none\")", "{{\"a\": {a}, \"b\": {a}}}", "json.filter(input, [\"by/a\"])", "{b}", "{{s}}", "json.unmarshal(\"[1]\")"],
}
ELEMENT = {"N": "n", "S": "s", "{n}": "n", "{s}": "s", "O": "n"}
MOCKS = ["input as {a}", "input.n as {n}", "input.by as {O}", "data.base.n as {n}", "data.base.words as {S}", "input.nums as {N}", "input.missing as {n}", "count as 7", "upper as \"U\"", "data.base.by.a as {n}", "input.words as []"]


class Stream:
    """Choices from one stream of random numbers."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def once(self, count):
        return self.random.randrange(count) == 0


class Policies(Stream):
    """Policies from one stream of random numbers."""

    def case(self):
        self.rules, self.count, self.imports = {kind: [] for kind in LITERALS}, 0, set()
        self.functions = {kind: [] for kind in LITERALS}
        self.prefix = ""
        modules = []
        if self.once(4):
            modules.append(self.module("u", self.pick([1, 2])))
            for kinds in (self.rules, self.functions):
                for kind, names in kinds.items():
                    kinds[kind] = [name if name.startswith("data.") else "data.u." + name for name in names]
        modules.append(self.module("t", self.pick([1, 2, 2, 3, 4, 5])))
        return {"modules": modules, "query": self.query(), "input": INPUT, "data": DATA}

    def query(self):
        queries = ["x = data.t"] * 6 + [f"x = data.t.r{self.random.randrange(max(1, self.count))}", "data.t[x] = y", "x = data", "x = data.t[y]"]
        for kind in ("n", "s"):
            queries += [f"x = data.t.{name}({self.pick(LITERALS['n'])})" for name in self.functions[kind] if not name.startswith("data.")]
        return self.pick(queries)

    def module(self, package, count):
        lines, self.logic = [], self.once(6)
        for _ in range(count):
            lines += self.rule()
        imports = ["import future.keywords.and", "import future.keywords.or", "import future.keywords.not"] if self.logic else []
        return "\n".join([f"package {package}", "", *imports, *lines]) + "\n"

    # Rules

    def rule(self):
        name, self.count = f"r{self.count}", self.count + 1
        kind = self.pick(["n", "s", "a", "a", "N", "O", "b", "{n}", "S"])
        shape = self.pick(["complete", "complete", "complete", "set", "set", "object", "object", "function", "function", "bare", "constant", "nested", "nested"])
        lines = []
        definitions = self.pick([1, 1, 1, 2, 2, 3])
        if shape in ("complete", "bare", "function", "nested") and self.once(3):
            default = self.pick(LITERALS["b" if shape == "bare" else kind])
            head = {"function": f"{name}(_)", "nested": f"{name}.a"}.get(shape, name)
            lines.append(f"default {head} := {default}")
        for number in range(definitions):
            self.variables = {kind: [] for kind in LITERALS}
            self.names = 0
            if shape == "constant":
                return [f"{name} := {self.pick(LITERALS[kind])}"] + self.known(name, kind)
            lines.append(self.definition(name, shape, kind, number, definitions))
        known = {"complete": kind, "constant": kind, "bare": "b", "set": "{n}" if kind == "n" else "{s}" if kind == "s" else "a", "object": "O" if kind == "n" else "a", "nested": "a"}
        if shape == "function":
            self.functions[kind].append(name)
            return lines
        return lines + self.known(name, known[shape])

    def known(self, name, kind):
        self.rules[kind].append(name)
        return []

    def definition(self, name, shape, kind, number, definitions):
        if shape == "function":
            argument = self.pick(["x", "x", "x", "x", str(number), "[x, _]", '{"a": x}', "null"])
            if "x" in argument:
                self.variables["a" if argument != "x" else self.pick(["n", "n", "a"])].append("x")
            body = self.body()
            return f"{name}({argument}) := {self.term(kind)}{self.tail(body, kind, may_else=True)}"
        body = self.body()
        if shape == "complete":
            value = self.term(kind) if definitions == 1 or self.once(4) else LITERALS[kind][0]
            return f"{name} := {value}{self.tail(body, kind, may_else=True)}"
        if shape == "bare":
            return f"{name}{self.tail(body or ['true'], 'b', may_else=True)}"
        if shape == "set":
            return f"{name} contains {self.term(kind)}{self.tail(body)}"
        if shape == "object":
            key = self.pick([lambda: self.term("s"), lambda: self.term("n"), lambda: self.pick(LITERALS["s"])])()
            return f"{name}[{key}] := {self.term(kind)}{self.tail(body)}"
        ref = self.pick([".a", ".b", f".a[{self.term('s')}]", f"[{self.term('s')}].b", ".c.d", f".c[{self.term('n')}]", f"[{self.term('s')}][{self.term('n')}]"])
        return self.pick([f"{name}{ref} := {self.term(kind)}{self.tail(body)}", f"{name}{ref} contains {self.term(kind)}{self.tail(body)}"])

    def tail(self, body, kind="a", may_else=False):
        text = ""
        if body:
            text = " if " + body[0] if len(body) == 1 and self.once(3) and "some " not in body[0] else " if {\n\t" + "\n\t".join(body) + "\n}"
        if may_else and body and self.once(4):
            self.variables = {kind: [name for name in names if name == "x"] for kind, names in self.variables.items()}
            text += f" else := {self.term(kind)}" + (" if {\n\t" + "\n\t".join(self.body() or ["true"]) + "\n}" if self.once(2) else "")
        return text

    # Bodies

    def body(self):
        return [line for _ in range(self.pick([0, 1, 1, 2, 2, 3, 4])) for line in self.expression()]

    def fresh(self):
        self.names += 1
        return f"v{self.names}"

    def bind(self, kind):
        name = self.fresh()
        return name, kind

    def expression(self):
        choice = self.random.randrange(20)
        collection = self.pick(["N", "S", "{n}", "{s}", "O"])
        if choice < 3:
            kind, name = self.pick(list(LITERALS)), self.fresh()
            line = f"{name} := {self.term(kind)}"
            self.variables[kind].append(name)
            return [line]
        if choice < 6:
            text, name = self.term(collection), self.fresh()
            if collection == "O" or self.once(3):
                key = self.fresh()
                line = f"some {key}, {name} in {text}"
                if collection == "O":
                    self.variables["s"].append(key)
            else:
                line = f"some {name} in {text}"
            self.variables[ELEMENT[collection]].append(name)
            return [line]
        if choice == 6:
            source, index, name = self.pick(INPUTS["N"] + INPUTS["O"] + ["input.items", "data.base"]), self.fresh(), self.fresh()
            lines = self.pick([[f"{name} := {source}[{index}]"], [f"some {index}", f"{name} = {source}[{index}]"], [f"{name} := {source}[_]"], [f"{source}[{index}] = {name}"]])
            self.variables["a"].append(name)
            return lines
        if choice == 7:
            first, second = self.fresh(), self.fresh()
            line = self.pick([f"[{first}, {second}] := {self.term('N')}", f"[{first}, {second}] = [{self.term('n')}, {self.term('s')}]", f'{{"a": {first}, "b": {second}}} = {self.term("O")}',
                f'some {{"name": {first}, "tags": {second}}} in input.items', f"walk({self.pick(INPUTS['a'])}, [{first}, {second}])"])
            self.variables["a"] += [first, second]
            return [line]
        if choice == 8:
            name = self.fresh()
            saved = {kind: list(names) for kind, names in self.variables.items()}
            text = self.term(collection)
            self.variables[ELEMENT[collection]].append(name)
            line = f"every {name} in {text} {{ {self.condition()} }}"
            self.variables = saved
            return [line]
        if choice == 9:
            return [f"not {self.condition()}"]
        if choice == 10:
            modifiers = " ".join("with " + self.filled(self.pick(MOCKS)) for _ in range(self.pick([1, 1, 2])))
            return [f"{self.condition()} {modifiers}"]
        if choice == 11 and self.logic:
            return [self.pick([f"not {{ {self.condition()}; {self.condition()} }}", f"{self.condition()} or {self.condition()}", f"{self.condition()} and {self.condition()}",
                f"{{ {self.condition()} }} or {{ {self.condition()}; {self.condition()} }}"])]
        if choice == 12:
            name, kind = self.fresh(), self.pick(["n", "s"])
            modifiers = "with " + self.filled(self.pick(MOCKS))
            line = f"{name} := {self.term(kind)} {modifiers}"
            self.variables[kind].append(name)
            return [line]
        if choice == 13:
            return [f"{self.term(self.pick(['n', 's', 'a', 'N']))}"]
        return [self.condition()]

    def condition(self):
        """No constant: OPA's library loses rules whose condition is `not true`."""
        text = self.possible_condition()
        return "input.t" if text in ("true", "false") else text

    def possible_condition(self):
        kind = self.pick(["n", "n", "s", "a", "N", "O", "{n}"])
        return self.pick([f"{self.term(kind)} {self.pick(['==', '!=', '<', '<=', '>', '>='])} {self.term(kind)}", self.term("b"), f"{self.term('n')} > {self.pick(LITERALS['n'])}", f"{self.term('s')} in {self.term('S')}",
            f"{self.term('O')}[{self.term('s')}]", f"{self.term('n')} = {self.term('n')}"])

    # Terms

    def term(self, kind, depth=0):
        if self.once(150):
            return self.pick(["undeclared", "r99", "data.t.none", "input.n.x"])
        options = ["literal", "literal"]
        if self.variables[kind]:
            options += ["variable"] * 4
        if kind in INPUTS:
            options += ["input"] * 2
        if self.rules[kind]:
            options += ["rule"] * 2
        if depth < 3 and self.functions[kind]:
            options += ["function"]
        if depth < 2:
            options += ["call", "call", "comprehension"] if kind in ("N", "S", "{n}", "{s}", "O") else ["call", "call"]
        choice = self.pick(options)
        if choice == "variable":
            return self.pick(self.variables[kind])
        if choice == "input":
            return self.pick(INPUTS[kind])
        if choice == "rule":
            return self.pick(self.rules[kind])
        if choice == "function":
            return f"{self.pick(self.functions[kind])}({self.term('n', depth + 1)})"
        if choice == "call":
            return self.filled(self.pick(CALLS[kind]), depth + 1)
        if choice == "comprehension":
            return self.comprehension(kind, depth + 1)
        return self.pick(LITERALS[kind])

    def comprehension(self, kind, depth):
        saved, name = {each: list(names) for each, names in self.variables.items()}, self.fresh()
        source = self.pick(["N", "{n}"]) if kind in ("N", "{n}", "O") else self.pick(["S", "{s}"])
        text = self.term(source, depth)
        self.variables[ELEMENT[source]].append(name)
        head = self.term("n" if kind in ("N", "{n}", "O") else "s", depth)
        filters = "" if self.once(2) else "; " + self.condition_at(depth)
        self.variables = saved
        opening, closing = ("[", "]") if kind in ("N", "S") else ("{", "}")
        if kind == "O":
            head = f"sprintf(\"%v\", [{name}]): {head}"
        return f"{opening}{head} | some {name} in {text}{filters}{closing}"

    def condition_at(self, depth):
        kind = self.pick(["n", "s"])
        return f"{self.term(kind, depth)} {self.pick(['==', '!=', '<', '>'])} {self.term(kind, depth)}"

    def filled(self, template, depth=0):
        """The template with a term for each kind in braces; `{{` and `}}` are braces."""
        text, at = "", 0
        while at < len(template):
            if template.startswith("{{n}}", at) or template.startswith("{{s}}", at):
                text += self.term(template[at + 1:at + 4], depth)
                at += 5
            elif template.startswith("{{", at) or template.startswith("}}", at):
                text += template[at]
                at += 2
            elif template[at] == "{" and at + 2 < len(template) and template[at + 2] == "}":
                text += self.term(template[at + 1], depth)
                at += 3
            else:
                text += template[at]
                at += 1
        return text
