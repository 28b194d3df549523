#!/usr/bin/env python3
"""Random calls of Helm's functions and random templates, rendered by helm and by Lintel: README.md says how to run it."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import policies

VALUES = """s: hello World
e: ""
m: |
  line one
   line two
n: 3
neg: -7
f: 1.5
fi: 2.0
t: true
fa: false
z: null
l: [3, 1, 2, 3]
w: [b, a, "", ab]
mix: [1, "a", true, null, 1.5, [x], {k: v}]
d: {a: 1, b: two, c: {d: [1, 2]}}
emp: {}
el: []
nested: {a: {b: {c: deep}}, list: [{name: x, v: 1}, {name: y}]}
date: "2024-02-29T13:14:15Z"
ver: 1.2.3-beta.1+b
url: "https://user:p%20w@example.com:8443/a/b?x=1&y=2#frag"
u: "höhe ÄÖ 日本"
html: "<a href='x'>&\\"</a>"
"""
HELPERS = """{{- define "help" -}}[{{ . }}]{{- end -}}
{{- define "t1" -}}[{{ . }}{{ if kindIs "map" . }}{{ .a }}{{ end }}]{{- end -}}
{{ define "t2" }}
  <{{- . -}}>
{{ end }}"""
# S texts, R patterns, I whole numbers, i small ones, F numbers, B conditions, L lists, D maps, A anything.
LITERALS = {
    "S": ['"a"', '"Hello World"', '""', '"foo_bar-baz"', '"a,b,c"', '"  x  "', '"\\n"', '"äöü"', '"1.5"', '"12"', '"0x1F"', '"true"', "`raw\\d`",
          '"{\\"a\\": 1}"', '"a: 1\\nb: [1, 2]"', '"2024-01-02"', '"$1-$2"', '"%d %s"', '"aGVsbG8="', '"/a/../b/c.txt"', '"1.2.3-a"', '">=1.0.0-0 <2"'],
    "R": ['"a+"', '"[a-z]+"', '"(\\\\w)(\\\\w)"', '"^$"', '"\\\\s*"', '"[^a]"', '"o|l"', '"."', '"(?i)HELLO"', '"x*"'],
    "I": ["0", "1", "2", "-1", "5", "10", "100", "3"], "i": ["0", "1", "2", "3", "4", "7"],
    "F": ["1.5", "0.1", "-2.25", "1e3", "3.0", "1e21", "0.000001", "100.456"], "B": ["true", "false"],
    "L": ["(list 1 2 3)", '(list "a" "b" "c")', "list", '(list "b" "a" "b")', '(list 1 "a" true nil)', "(list (list 1) (list 2))", '(list "" "x" 0)'],
    "D": ['(dict "a" 1 "b" 2)', "dict", '(dict "x" (dict "y" "z"))', '(dict "k" (list 1 2) "e" "")', '(dict "a" nil)'], "A": ["nil"],
}
GIVEN = {
    "S": ["s", "e", "m", "u", "html", "date", "url", "ver"], "I": ["n", "neg"], "F": ["f", "fi", "n"], "B": ["t", "fa"],
    "L": ["l", "w", "mix", "el", "nested.list"], "D": ["d", "emp", "nested", "d.c"], "A": ["z", "none", "nested.a.b.c"],
}
CALLS = {
    "S": """trim S|upper S|lower S|title S|untitle S|repeat i S|substr i i S|nospace S|trunc I S|abbrev i S|abbrevboth i i S|initials S|wrap i S
        wrapWith i S S|quote A|quote A A|squote A|cat A A|indent i S|nindent i S|replace S S S|plural S S I|snakecase S|camelcase S|kebabcase S
        swapcase S|trimAll S S|trimSuffix S S|trimPrefix S S|regexFind R S|regexReplaceAll R S S|regexReplaceAllLiteral R S S|regexQuoteMeta S
        sha1sum S|sha256sum S|sha512sum S|adler32sum S|b64enc S|b64dec S|b32enc S|b32dec S|toString A|join S L|join S A|first L|toJson A
        toPrettyJson A|toRawJson A|toYaml A|toYamlPretty A|toToml D|printf "%5.2f %q %t" F S B|printf "%v %d %s" A I S|printf "%05d %x %T" I S A
        printf "%+v %#v" A A|printf "%s" A|printf "%d" A|print A A|println A|typeOf A|kindOf A|base S|dir S|clean S|ext S|osBase S|osDir S
        urlquery S|html S|js S|urlJoin D|semver S|htmlDate (toDate "2006-01-02" "2024-03-31")|duration I|durationRound S|durationRound I
        dateInZone "Mon Jan _2 15:04:05 MST 2006" (toDate "2006-01-02T15:04:05Z07:00" .Values.date) "Europe/Berlin"|tpl S .|include "help" A
        required "need" A|ternary S S B|coalesce S S|index L I|get D S|urlParse S|toDecimal A|last L|derivePassword 1 "long" S S S|fail S""",
    "I": """add I I|add I F|sub I I|mul I I I|div I I|mod I I|max I I I|min I I|add1 I|int A|int64 A|int F|atoi S|len L|len S|len D|floor F|len A
        biggest I I|int64 S|add A A|ceil A""",
    "F": "addf F F|subf F F|mulf F F|divf F F|maxf F F|minf F F|add1f F|floor F|ceil F|round F i|float64 A|round A I|float64 S|round S i",
    "B": """contains S S|hasPrefix S S|hasSuffix S S|regexMatch R S|mustRegexMatch R S|empty A|all A A|any A A|has A L|hasKey D S|eq A A|ne A A
        eq S S|lt I I|le F F|gt S S|ge I F|and B B|or B B|not A|kindIs S A|typeIs S A|typeIsLike S A|deepEqual A A|isAbs S|semverCompare S S
        eq L L|eq A A A|lt A A|semverCompare "^1.2" S|semverCompare ">=1.0.0-0 <2" S|semverCompare S "1.2.3-b" """,
    "L": """splitList S S|sortAlpha L|compact L|rest L|initial L|append L A|prepend L A|concat L L|reverse L|uniq L|without L A|slice L I|slice L I I
        chunk i L|keys D / sortAlpha|values (dict "a" A)|pluck S D D|until i|untilStep I I I|regexFindAll R S I|regexSplit R S I|toStrings L
        fromJsonArray S|fromYamlArray S|list A A|tuple A A|without L A A|sortAlpha A|reverse A|uniq A|initial A|mustRegexSplit R S I""",
    "D": """dict S A|dict S A S A|pick D S|omit D S|merge (deepCopy D) D|mergeOverwrite (deepCopy D) D|deepCopy D|set (deepCopy D) S A
        unset (deepCopy D) S|fromJson S|fromYaml S|split S S|splitn S i S|urlParse S|fromJson (toJson D)|fromYaml (toYaml D)|dict A A
        fromYaml (toYaml A)|dict "a"|merge (deepCopy D) D D""",
    "A": "S|I|F|B|L|D|dig S S A D|index L i|index D S|get D S|first L|last L|ternary A A B|default A A|coalesce A A A|mustFromJson S|index A A|and A A|or A A|fromJson S",
}
CALLS = {kind: [call.strip().replace(" / ", " | ") for call in re.split(r"\||\n", text)] for kind, text in CALLS.items()}
TEXTS = ["x", "  y\n", "\n", "a: b\n", " - ", "\n\n", "\t", " ", '"', "{", "}", "}}", "# c", "é", "key: value\n  k2: ", ". ", "$x", "\r\n"]
ENDS = ["quote", "toJson", 'default "z"', "upper", 'printf "%v"', "len", "toString", "trim", "indent 2", "nindent 1", "toYaml", "first", "not", "b64enc",
        'join ","', "sha256sum | trunc 5", "int", "add 1", "eq 3", 'ternary "p" "q"']


class Templates(policies.Stream):
    """Actions and templates from one stream of random numbers."""

    root = ""

    # Actions

    def term(self, kind, depth=0):
        chance = self.random.random()
        if kind == "A" and (depth > 2 or chance < 0.5):
            return self.term(self.pick("SIFBLD"), depth)
        if kind in "Ri" or depth > 2 or chance < 0.3:
            return self.pick(LITERALS[kind])
        if chance < 0.5:
            return f"{self.root}.Values.{self.pick(GIVEN[kind])}"
        return f"({self.call(kind, depth)})"

    def call(self, kind, depth=0):
        parts = re.split(r'(\s+|\(|\)|"(?:[^"\\]|\\.)*")', self.pick(CALLS[kind]))
        return "".join(self.term(part, depth + 1) if part in LITERALS else part for part in parts)

    def action(self):
        self.root = ""
        kind = self.pick("SSSIFBLLDDA")
        text = self.term(kind) if kind == "A" else self.call(kind)
        return self.pick([f"toJson ({text})"] * 4 + [f'printf "%v" ({text}) | toJson', f"{text} | quote | toJson"])

    # Templates

    def braced(self, text):
        return self.pick(["{{", "{{", "{{", "{{- "]) + text + self.pick(["}}", "}}", "}}", " -}}"])

    def value(self, names):
        choice = self.random.randrange(10)
        if names and choice < 4:
            return self.pick(names) + self.pick(["", "", ".a", ".c.d", ".name"])
        if choice < 6:
            return self.pick([".", ".a", ".b", ".name", ".v", "$.Values.s", "$.Values.d", "$.Values.nested.a.b.c", "$.Values.n", ".x.y"])
        return self.term(self.pick("SIBLDA"), 2)

    def pipe(self, names):
        return " | ".join([self.value(names)] + [self.pick(ENDS) for _ in range(self.pick([0, 0, 0, 1, 1, 2]))])

    def template(self):
        self.root = "$"
        return self.block([], 0, False)

    def block(self, names, depth, is_loop):
        names, text = list(names), ""
        for _ in range(self.pick([1, 2, 3, 3, 4, 5] if depth < 3 else [1, 1, 2])):
            choice = self.random.randrange(20)
            if choice < 6:
                text += self.pick(TEXTS)
            elif choice < 9:
                text += self.braced(self.pipe(names))
            elif choice == 9:
                text += self.pick(["{{/* c */}}", "{{- /* c */ -}}", "{{- /* c */}}", "{{/* a\nb */ -}}"])
            elif choice == 10:
                name = "$" + self.pick("xyz")
                text += self.braced(f"{name} := {self.pipe(names)}")
                names.append(name)
            elif choice == 11 and names:
                text += self.braced(f"{self.pick(names)} = {self.pipe(names)}")
            elif choice < 14 and depth < 4:
                text += self.condition(names, depth, is_loop)
            elif choice < 16 and depth < 4:
                name = self.pick(["", "$w := "])
                text += self.braced(f"with {name}{self.pipe(names)}") + self.block(names + (["$w"] if name else []), depth + 1, is_loop)
                text += self.otherwise(names, depth, is_loop) + self.braced("end")
            elif choice < 18 and depth < 4:
                text += self.loop(names, depth, is_loop)
            elif choice == 18 and is_loop:
                text += self.braced("if " + self.pipe(names)) + self.braced(self.pick(["break", "continue"])) + self.braced("end")
            elif choice == 19:
                text += self.braced(self.pick([f'template "t1" {self.value(names)}', f'include "t2" {self.value(names)}', f'tpl "{{{{ . }}}}" {self.value(names)}',
                    f'include "t1" (dict "a" {self.value(names)}) | nindent 2', 'template "t2"', 'tpl "{{ .Values.s }}" $']))
        return text

    def condition(self, names, depth, is_loop):
        text = self.braced("if " + self.pipe(names)) + self.block(names, depth + 1, is_loop)
        if self.once(3):
            text += self.braced("else if " + self.pipe(names)) + self.block(names, depth + 1, is_loop)
        return text + self.otherwise(names, depth, is_loop) + self.braced("end")

    def otherwise(self, names, depth, is_loop):
        return self.braced("else") + self.block(names, depth + 1, is_loop) if self.once(2) else ""

    def loop(self, names, depth, is_loop):
        own = self.pick(["", "$v := ", "$i, $v := ", "$i, $v := ", "$_, $v := "])
        over = self.pick(["$.Values.l", "$.Values.d", "$.Values.w", "$.Values.nested.list", ".", "until 3", "$.Values.mix", "$.Values.emp", "3", "list 1 2",
            "$.Values.s", "$.Values.none", self.pipe(names)])
        inner = names + [name for name in ("$i", "$v") if name in own]
        return self.braced(f"range {own}{over}") + self.block(inner, depth + 1, True) + self.otherwise(names, depth, is_loop) + self.braced("end")


class Chart:
    """A chart whose one manifest has a comment for each case, which shows what the case gives."""

    def __init__(self, folder, is_whole):
        self.folder, self.is_whole = folder, is_whole
        (folder / "templates").mkdir(parents=True)
        (folder / "Chart.yaml").write_text('apiVersion: v2\nname: ch\nversion: 0.1.0\nappVersion: "1.2"\n')
        (folder / "values.yaml").write_text(VALUES)
        (folder / "templates/_h.tpl").write_text(HELPERS)

    def render(self, program, cases):
        """The line of each case, or the number of the one that failed with what was said; nothing where it took too long."""
        templates = self.folder / "templates"
        for file in templates.glob("_c*.tpl"):
            file.unlink()
        if self.is_whole:
            for number, case in cases.items():
                (templates / f"_c{number}.tpl").write_text(f'{{{{ define "c{number}" }}}}{case}{{{{ end }}}}', newline="")
        lines = [f'# {number}: {{{{ {f"include {chr(34)}c{number}{chr(34)} . | toJson" if self.is_whole else case} }}}}\n' for number, case in cases.items()]
        (templates / "a.yaml").write_text("a: b\n" + "".join(lines))
        try:
            done = subprocess.run([program, "template", "rel", str(self.folder)], capture_output=True, text=True, errors="surrogateescape", timeout=30)
        except subprocess.TimeoutExpired:
            return None, None, "it takes too long"
        if done.returncode == 0:
            return {int(found[1]): found[2] for found in re.finditer(r"^# (\d+): (.*)$", done.stdout, re.M)}, None, ""
        found = re.search(r"_c(\d+)\.tpl:", done.stderr) if self.is_whole else None
        line = re.search(r"a\.yaml:(\d+)", done.stderr)
        number = int(found[1]) if found else list(cases)[int(line[1]) - 2] if line else None
        return None, number, done.stderr


def compare(chart, cases, programs):
    """How many cases differ, and how many failed in both; prints those that differ."""
    different = failed = 0
    while cases:
        (theirs, their_place, their_text), (mine, my_place, my_text) = (chart.render(program, cases) for program in programs)
        if theirs is not None and mine is not None:
            for number, case in cases.items():
                # What is printed of a pointer is its address.
                if theirs.get(number) != mine.get(number) and "Capabilities:0x" not in str(theirs.get(number)):
                    different += 1
                    print(f"--- {case!r}\nhelm   {str(theirs.get(number))[:400]}\nLintel {str(mine.get(number))[:400]}", flush=True)
            break
        places = [place for place in (their_place, my_place) if place is not None]
        if not places:
            print(f"--- nothing can be told apart\nhelm   {their_text[:300]}\nLintel {my_text[:300]}", flush=True)
            break
        # `fail` and `required` are told of where they are asked for.
        if their_place != my_place and "execution error" not in their_text:
            different += 1
            print(f"--- {cases[min(places)]!r}\nhelm   {their_text[:300]}\nLintel {my_text[:300]}", flush=True)
        else:
            failed += 1
        del cases[min(places)]
    return different, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("helm", help="the program helm")
    parser.add_argument("lintel", help="the program lintel")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=["calls", "templates"], default="calls", help="single actions, or templates of all parts")
    arguments = parser.parse_args()
    start, different, failed = time.time(), 0, 0
    size = 120 if arguments.kind == "calls" else 30
    with tempfile.TemporaryDirectory() as folder:
        chart = Chart(pathlib.Path(folder) / "ch", arguments.kind == "templates")
        for number in range(0, arguments.count, size):
            made = Templates(arguments.seed * 1_000_003 + number)
            cases = {index: made.action() if arguments.kind == "calls" else made.template() for index in range(size)}
            counts = compare(chart, cases, (arguments.helm, arguments.lintel))
            different, failed = different + counts[0], failed + counts[1]
    print(f"{arguments.count} {arguments.kind}: {different} different, {failed} errors of both, {time.time() - start:.0f} s")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
