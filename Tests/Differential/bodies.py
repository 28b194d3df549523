"""Random small functions and rules whose bodies hold what OPA's checks of variables and types treat each in its own way."""

from policies import DATA, INPUT, Stream

CONSTANTS = ["1", '"a"', "true", "null", "[1]", '{"a": 1}', "{1}", "[]", "{}", "set()", "0", '"ab"', '[["a"]]', '{"b": {"a": 1}}', "[1, \"a\"]"]
ROOTS = ["input", "input.n", "input.s", "input.by", "input.nums", "input.items", "input.none", "data.base", "data.base.nums", "data.base.by"]
TESTS = ["startswith({}, \"a\")", "is_string({})", "count({}) == 1", "{} > 1", "{} + 1 == 2", "upper({}) == \"A\"", "{} in [1, \"a\"]", "\"a\" in {}",
    "concat(\"\", {}) == \"a\"", "sum({}) > 0", "object.get({}, \"a\", 1) == 1", "walk({}, [_, 1])", "type_name({}) == \"string\"", "count({})",
    "to_number({}) == 1", "array.concat({}, [1])", "object.keys({})", "regex.match(\"a\", {})", "abs({}) == 1", "{} | {{1}} == {{1}}"]
WITH = ["input as {}", "input.n as {}", "data.base.n as {}", "data.t.r0 as {}", "count as {}", "input.by.a as {}"]


class Bodies(Stream):
    """Modules from one stream of random numbers."""

    def case(self):
        self.rules, self.functions = [], []
        self.logic = self.once(2)
        lines = ["import future.keywords.and", "import future.keywords.or", "import future.keywords.not"] if self.logic else []
        for number in range(self.pick([1, 1, 2, 2, 3])):
            lines.append(self.rule(number))
        queries = ["x = data.t"] * 4 + [f"x = data.t.{name}({', '.join(self.pick(CONSTANTS) for _ in range(arity))})" for name, arity in self.functions]
        return {"modules": ["package t\n\n" + "\n".join(lines) + "\n"], "query": self.pick(queries), "input": INPUT, "data": DATA}

    def rule(self, number):
        self.known, self.fresh = [], 0
        shape = self.pick(["function", "function", "complete", "set", "object", "comprehension"])
        name = f"{'f' if shape == 'function' else 'r'}{number}"
        head = name
        if shape == "function":
            parameters = self.pick([["w"], ["w", "k"], ["[w, k]"], ['{"a": w}', "k"]])
            self.known = [each for each in ("w", "k") if any(each in text for text in parameters)]
            head = f"{name}({', '.join(parameters)})"
        body = self.body(0)
        value = self.term() if self.once(2) else self.pick(CONSTANTS)
        if shape == "function":
            self.functions.append((name, len(parameters)))
        else:
            self.rules.append(name)
        if shape == "comprehension":
            opening, closing = self.pick(["[]", "{}"])
            return f"{head} := {opening}{value} | {body}{closing}"
        if shape == "set":
            return f"{head} contains {value} if {{ {body} }}"
        if shape == "object":
            return f"{head}[{self.term()}] := {value} if {{ {body} }}"
        return f"{head} := {value} if {{ {body} }}"

    # Bodies

    def body(self, depth):
        return "; ".join(self.statement(depth) for _ in range(self.pick([1, 1, 2, 2, 3, 4] if depth == 0 else [1, 1, 2, 3])))

    def inner(self, depth):
        """A body with variables of its own."""
        before = list(self.known)
        text = self.body(depth + 1)
        self.known = before
        return text

    def name(self):
        self.fresh += 1
        return f"v{self.fresh}"

    def statement(self, depth):
        choice = self.random.randrange(24)
        if choice < 5:
            return f"{self.term()} {self.pick(['==', '=', '=', '!=', '<'])} {self.term()}"
        if choice < 9:
            return self.pick(TESTS + ["print({})"]).format(self.term())
        if choice < 11:
            name = self.name()
            text = f"{name} {self.pick([':=', ':=', '='])} {self.term()}"
            self.known.append(name)
            return text
        if choice < 13:
            name = self.name()
            text = f"some {self.pick(['', 'k' + name + ', '])}{name} in {self.term()}"
            self.known.append(name)
            return text
        if choice == 13:
            name = self.name()
            self.known.append(name)
            return f"some {name}"
        if choice < 16:
            if self.logic and self.once(2) and depth < 2:
                return f"not {{ {self.inner(depth)} }}"
            return f"not {self.pick(TESTS).format(self.term())}" if self.once(2) else f"not {self.pick(self.known + ROOTS)}{self.steps()}"
        if choice == 16 and depth < 2:
            name, before = self.name(), list(self.known)
            domain = self.term()
            key = self.pick(["", f"k{name}, "])
            self.known += [name, name]
            text = f"every {key}{name} in {domain} {{ {self.body(depth + 1)} }}"
            self.known = before
            return text
        if choice < 20 and self.logic and depth < 2:
            word = self.pick(["or", "and"])
            return " ".join([self.operand(depth), word, self.operand(depth)])
        if choice == 20:
            return f"{self.pick(TESTS).format(self.term())} with {self.pick(WITH).format(self.term())}"
        if choice == 21 and self.functions:
            function, arity = self.pick(self.functions)
            call = f"{function}({', '.join(self.term() for _ in range(arity))})"
            return self.pick([call, f"not {call}", f"{call} == {self.term()}"])
        return self.term()

    def operand(self, depth):
        if self.once(2):
            return f"{{ {self.inner(depth)} }}"
        return self.pick(TESTS).format(self.term()) if self.once(2) else f"{self.term()} == {self.term()}"

    # Terms

    def variable(self):
        if self.known and not self.once(30):
            return self.pick(self.known)
        return "_" if self.known or not self.once(20) else self.pick(["u", "i"])

    def term(self, depth=0):
        choice = self.random.randrange(20)
        if choice < 6 and (self.known or self.once(10)):
            return self.variable()
        if choice < 8 and self.known:
            return self.pick(self.known) + self.steps()
        if choice < 10:
            return self.pick(ROOTS) + (self.steps() if self.once(2) else "")
        if choice == 10 and self.rules:
            return self.pick(self.rules) + (self.steps() if self.once(2) else "")
        if choice == 11 and depth < 2:
            return self.pick(["[{}]", "[{}, 1]", '{{"a": {}}}', "{{{}}}", "{{{}: 1}}"]).format(self.term(depth + 1))
        if choice == 12 and depth < 2:
            before = list(self.known)
            body = self.body(2)
            text = self.pick(["[{} | {}]", "{{{} | {}}}", "count([{} | {}])"]).format(self.term(depth + 1), body)
            self.known = before
            return text
        if choice == 13 and depth < 2:
            return self.pick(["count({})", "upper({})", "object.get({}, \"a\", 1)", "({} + 1)", "[{}][0]", "sprintf(\"%v\", [{}])"]).format(self.term(depth + 1))
        return self.pick(CONSTANTS)

    def steps(self):
        return "".join(self.pick([".a", ".b", "[0]", "[_]", "[_]", f"[{self.variable()}]", '["a"]', ".name"]) for _ in range(self.pick([1, 1, 2])))
