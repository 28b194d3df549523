"""OPA's library and Lintel's case runner behind one interface: `answer(case)` gives `{"result": rows}` or `{"error", "stage"}`."""

import ctypes
import json
import os
import pathlib
import re
import subprocess
import sys


class Process:
    """A program that answers a case a line, started again when a case ends it."""

    def __init__(self, *command):
        self.command = command
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="surrogateescape", env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})

    def line(self, case):
        return line_of(case)

    def answer(self, case):
        try:
            self.process.stdin.write(self.line(case) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            last = self.process.stderr.read()[-400:]
            self.process.wait()
            self.start()
            return {"error": "the process ended: " + last, "stage": "crash"}
        return loaded(line)


class Opa(Process):
    """The Go engine of `OpaLibrary` in a process of its own: a stack that overflows ends it."""

    def __init__(self, folder):
        super().__init__(sys.executable, __file__, folder)

    def line(self, case):
        return json.dumps({**case, "input_text": input_text(case)})


class Lintel(Process):
    """The program `differential`."""


class OpaLibrary:
    """The Go engine as the package `opa-golib-python-bindings` ships it: a C library, one engine per case."""

    def __init__(self, folder):
        library = ctypes.CDLL(str(pathlib.Path(folder) / "libopabridge.so"))
        library.OpaNew.restype = ctypes.c_uint64
        library.OpaDestroy.restype = None
        library.OpaDestroy.argtypes = [ctypes.c_uint64]
        library.OpaFreeString.restype = None
        library.OpaFreeString.argtypes = [ctypes.c_void_p]
        for name, flags in {"OpaAddPolicy": 0, "OpaAddData": 0, "OpaEvalQuery": 2}.items():
            function = getattr(library, name)
            function.restype = ctypes.c_void_p
            function.argtypes = [ctypes.c_uint64] + [ctypes.c_char_p] * 2 + [ctypes.c_int] * flags
        self.library = library

    def call(self, function, *arguments):
        pointer = function(*arguments)
        text = ctypes.string_at(pointer)
        self.library.OpaFreeString(pointer)
        return loaded(text)

    def answer(self, case):
        library, engine = self.library, self.library.OpaNew()
        try:
            for index, text in enumerate(case.get("modules", [])):
                reply = self.call(library.OpaAddPolicy, engine, f"test-{index}.rego".encode(), text.encode())
                if reply.get("error"):
                    return {"error": reply["error"]["message"], "stage": "compile"}
            if case.get("data"):
                self.call(library.OpaAddData, engine, b"", json.dumps(case["data"]).encode())
            document = input_text(case).encode()
            reply = self.call(library.OpaEvalQuery, engine, case["query"].encode(), document, 0, 0)
        finally:
            library.OpaDestroy(engine)
        if reply.get("error"):
            error = reply["error"]
            if re.search("interface conversion|runtime error|nil map", error["message"]):
                return {"error": error["message"], "stage": "crash"}  # a panic of the Go library
            return {"error": error["message"], "stage": "compile" if error["code"] == "prepare_error" else "eval"}
        return {"result": [row.get("bindings", {}) for row in reply.get("result") or []]}


def input_text(case):
    """The input as JSON; `input_text` keeps how numbers are written."""
    return case.get("input_text") or (json.dumps(case["input"]) if "input" in case else "")


def line_of(case):
    rest = {key: value for key, value in case.items() if key not in ("input", "input_text")}
    text = input_text(case)
    return json.dumps(rest)[:-1] + (f', "input": {text}}}' if text else "}")


def loaded(text):
    """JSON in which fractions stay as they are written."""
    return json.loads(text, parse_float=lambda number: {"number": number})


def normal(value):
    """A JSON value in which equal numbers are equal and arrays of sets keep their order."""
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return value


def same(mine, theirs, texts=False):
    """Whether two answers agree: both the same rows, or both an error of one stage and code, and with the same text."""
    if ("error" in mine) != ("error" in theirs):
        return False
    if "error" not in mine:
        key = lambda row: json.dumps(normal(row), sort_keys=True)
        return sorted(map(key, mine["result"])) == sorted(map(key, theirs["result"]))
    if mine["stage"] != theirs["stage"] or mine["stage"] == "eval" and code(mine) != code(theirs):
        return False
    return not texts or message(mine) == message(theirs)


def is_untyped(mine, theirs):
    """Whether the library refuses types of what depends on an argument, for which it has none, and all else is well."""
    if theirs.get("stage") != "compile" or "rego_type_error" not in theirs["error"] or mine.get("stage") == "compile":
        return False
    # A comprehension of what it knows no type of is printed as `array`, and has no member.
    return re.search(r"\?\?\?|(left|right) +: array\n|undefined ref: [\[{][^\n]* \| ", theirs["error"]) is not None


def is_missed(mine, theirs):
    """Whether the library does not see that a variable next to a comprehension has no value."""
    return mine.get("stage") == "compile" and "rego_unsafe_var_error" in mine["error"] and theirs.get("stage") != "compile"


def is_empty(mine, theirs):
    """Whether a member of an empty literal is asked for, or it is compared with what has one, which OPA refuses since 1.21."""
    return theirs.get("stage") != "compile" and mine.get("stage") == "compile" and re.search(r"rego_type_error.*(object|array)<>", mine["error"], re.S) is not None


def is_made_unsafe(mine, theirs):
    """Whether the library refuses an array as written with a key behind it, in an operand without braces: `not [x][0]`."""
    return theirs.get("stage") == "compile" and "expression is unsafe" in theirs["error"] and mine.get("stage") != "compile"


def is_passed_over(mine, theirs):
    """Whether a conflict was found in a rule that the library's index passes over, or under a key that nobody asks for."""
    return mine.get("stage") == "eval" and code(mine) == "eval_conflict_error" and "result" in theirs


def is_order_of_errors(mine, theirs):
    """Whether a builtin's error ended the evaluation here and was never reached there, or ended it before another error.

    Both engines evaluate only what is needed, in an order of their own; outside of strict mode no such error shows.
    """
    failed = [answer for answer in (mine, theirs) if answer.get("stage") == "eval"]
    return len(failed) + sum("result" in answer for answer in (mine, theirs)) == 2 and any(
        code(answer) in ("eval_builtin_error", "eval_type_error") for answer in failed)


def message(answer):
    """The first error of an answer, without its place."""
    # What a library says of bytes of keys and certificates, and where a parser goes on, is not compared.
    text = re.sub(r"(asn1: |x509: |jwk\.Export|jwsbb\.|cannot parse JSON: |failed to parse a PEM certificate|failed to parse a PEM public key|(?<=rego.parse_module: )).*", r"\1", answer["error"], flags=re.S)
    found = re.search(r"(rego|eval)_\w+_error: ", text)
    return text[found.start():].split("\n")[0] if found else text


def kind(answer):
    """A value, an undefined result, or the stage of an error."""
    if "error" in answer:
        return answer["stage"]
    values = [value for row in answer["result"] for value in row.values()]
    return "undefined" if not values or values == [[]] else "value"


def table(title, counts):
    """A Markdown table of counts by name and kind."""
    kinds = [name for name in ("value", "undefined", "compile", "eval", "different") if any(name in row for row in counts.values())]
    lines = [f"| {title} | " + " | ".join(kinds) + " |", "| --- |" + " ---: |" * len(kinds)]
    lines += [f"| `{name}` | " + " | ".join(str(row[kind]) for kind in kinds) + " |" for name, row in sorted(counts.items())]
    return "\n".join(lines) + "\n"


def code(answer):
    """The code of an evaluation's error: `eval_conflict_error`."""
    for word in answer["error"].replace(":", " ").split():
        if word.startswith("eval_"):
            return word
    return ""


def main():
    library = OpaLibrary(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(library.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
