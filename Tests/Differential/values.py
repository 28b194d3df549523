"""Random Rego values, and how they are written as Rego and as JSON."""

import json

NUMBERS = ["0", "1", "2", "3", "-1", "10", "64", "1.5", "-0.5", "1.0", "1e3", "0.1", "100", "9007199254740993", "9223372036854775808",
    "12345678901234567890123", "1e-7", "-9223372036854775808", "-3", "7", "255", "1e20", "2.675", "-1.5", "1e21", "0.30000000000000004",
    "1234567.891", "4294967296", "-7", "16", "36", "5e-324", "1e100", "-0.0", "-0", "3.0"]
STRINGS = ["", "a", "b", "ab", "abc", "é", "Ab c", " a ", "a.b", "a/b", "1", "-1", "1.5", "0x1f", "true", "null", "[1]", '{"a": 1}', "a,b",
    "%d", "%s %v", "10Ki", "1.5G", "1h2m", "2021-01-02T03:04:05Z", "2006-01-02", "UTC", "Europe/Berlin", "1.2.3", "1.2.3-rc.1", "v1",
    "10.0.0.0/8", "10.1.2.3", "::1", "fe80::/10", "YWI=", "YWI", "_-8", "6162", "zz", "http://u:p@h:1/p?q=1#f", "a=1&b=2&a=3", "%41",
    "^a+$", "(a)(b)?", "[", "a{2}", "*", "a*", "{a,b}", "**", "a/*", "é.ü", "\u0000", "\n", "e\u0301", "/a/0", "a/b/c", "x" * 40,
    "SGVsbG8", "PT1S", "eyJhbGciOiJub25lIn0.e30.", "type Query { a: Int }", "{ a }", "query { b }", "- 1\n- 2", "a: {b: 1}", "on", "&", "<a>",
    "日本語", "😀a", "İ", "ß", "ǅ", "\u2028", "\ufeffa", "aaa", "aba", "\t", "\r\n", "'", '"', "\\", "`", "$", "{{.a}}", "K"]


class Number(str):
    """A number as it is written."""


class Set(list):
    """The members of a set, in any order and perhaps twice."""


class Object(list):
    """Pairs of an object whose keys may be of any kind."""


def rego(value):
    """The text of a value in a policy."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Set):
        return "{" + ", ".join(map(rego, value)) + "}" if value else "set()"
    if isinstance(value, Object):
        return "{" + ", ".join(f"{rego(key)}: {rego(item)}" for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(rego, value)) + "]"
    return written(value)


def json_text(value):
    """The value as JSON, numbers as they are written; a ValueError for what JSON cannot say."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Set):
        raise ValueError("a set")
    if isinstance(value, Object):
        if any(not isinstance(key, str) or isinstance(key, Number) for key, _ in value):
            raise ValueError("a key that is no string")
        return "{" + ", ".join(f"{written(key)}: {json_text(item)}" for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return written(value)


def written(scalar):
    return json.dumps(scalar, ensure_ascii=False).replace("\u007f", "\\u007f").replace("\ufeff", "\\ufeff")


def obj(**members):
    return Object([(key, item) for key, item in members.items() if item is not None])


class Values:
    """Values of the types that capabilities declare, from one stream of random numbers."""

    def __init__(self, random):
        self.random = random
        self.numbers = NUMBERS

    def once(self, count):
        return self.random.randrange(count) == 0

    def pick(self, items):
        return self.random.choice(items)

    def number(self):
        if self.once(4):
            return Number(self.pick([str(self.random.randint(-20, 200)), f"{self.random.uniform(-100, 100):.{self.random.randint(1, 6)}f}",
                str(self.random.randint(-10**18, 10**18)), f"{self.random.randint(-99, 99)}e{self.random.randint(-8, 25)}"]))
        return Number(self.pick(self.numbers))

    def string(self):
        if self.once(3):
            return "".join(self.pick(["a", "b", "A", "é", " ", ".", "/", "1", "-", "ß", "\n", "😀", "ab"]) for _ in range(self.random.randrange(7)))
        return self.pick(STRINGS)

    def scalar(self):
        return self.pick([self.number, self.string, lambda: None, lambda: True, lambda: False])()

    def any(self, depth=0, sets=True):
        kind = self.random.randrange(10 if depth < 3 else 6)
        if kind < 6:
            return self.scalar()
        items = range(self.random.randrange(4))
        if kind == 6 and sets:
            return Set(self.any(depth + 1, sets) for _ in items)
        if kind < 8:
            return [self.any(depth + 1, sets) for _ in items]
        return self.distinct((self.any(depth + 1) if sets and self.once(5) else self.string(), self.any(depth + 1, sets)) for _ in items)

    def document(self, depth=0):
        """What JSON can say."""
        return self.any(depth, sets=False)

    def distinct(self, pairs):
        """OPA's type checker does not find keys again when integers and fractions are among them, and -0 is no key beside 0."""
        members = {}
        for key, item in pairs:
            if isinstance(key, Number):
                key = Number(self.pick(["0", "1", "2", "-1", "10"]))
            members[rego(key)] = (key, item)
        return Object(members.values())

    def of(self, kind, depth=0):
        """A value of a declared type."""
        name = kind.get("type")
        if name == "any":
            return self.of(self.pick(kind["of"]), depth) if "of" in kind else self.any(depth)
        if name == "number":
            return self.number()
        if name == "string":
            return self.string()
        if name == "boolean":
            return self.pick([True, False])
        if name == "array":
            if "static" in kind:
                return [self.of(item, depth + 1) for item in kind["static"]]
            return self.several(kind.get("dynamic", {"type": "any"}), depth)
        if name == "set":
            return Set(self.several(kind.get("of", {"type": "any"}), depth))
        if name == "object":
            pair = kind.get("dynamic", {})
            members = [(field["key"], self.of(field["value"], depth + 1)) for field in kind.get("static") or [] if not self.once(3)]
            members += [(self.of(pair.get("key", {"type": "string"}), depth + 1), self.of(pair.get("value", {"type": "any"}), depth + 1))
                for _ in range(self.random.randrange(4)) if pair or not kind.get("static")]
            return self.distinct(members)
        return None

    def several(self, kind, depth):
        return [self.of(kind, depth + 1) for _ in range(self.random.randrange(5))]
