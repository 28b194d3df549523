"""OPA's library and Lintel's case runner behind one interface: `answer(case)` gives `{"result": rows}` or `{"error", "stage"}`."""

import ctypes
import json
import os
import pathlib
import subprocess


class Opa:
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
        return json.loads(text)

    def answer(self, case):
        library, engine = self.library, self.library.OpaNew()
        try:
            for index, text in enumerate(case.get("modules", [])):
                reply = self.call(library.OpaAddPolicy, engine, f"test-{index}.rego".encode(), text.encode())
                if reply.get("error"):
                    return {"error": reply["error"]["message"], "stage": "compile"}
            if case.get("data"):
                self.call(library.OpaAddData, engine, b"", json.dumps(case["data"]).encode())
            document = json.dumps(case["input"]).encode() if "input" in case else b""
            reply = self.call(library.OpaEvalQuery, engine, case["query"].encode(), document, 0, 0)
        finally:
            library.OpaDestroy(engine)
        if reply.get("error"):
            error = reply["error"]
            if "interface conversion" in error["message"]:
                return {"error": error["message"], "stage": "crash"}  # a panic of the Go library
            return {"error": error["message"], "stage": "compile" if error["code"] == "prepare_error" else "eval"}
        return {"result": [row.get("bindings", {}) for row in reply.get("result") or []]}


class Lintel:
    """The program `differential`, started again when a case ends it."""

    def __init__(self, program):
        self.program = program
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="surrogateescape", env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})

    def answer(self, case):
        try:
            self.process.stdin.write(json.dumps(case) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            last = self.process.stderr.read()[-400:]
            self.process.wait()
            self.start()
            return {"error": "the process ended: " + last, "stage": "crash"}
        return json.loads(line)


def normal(value):
    """A JSON value in which equal numbers are equal and arrays of sets keep their order."""
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    return value


def same(mine, theirs):
    """Whether two answers agree: both the same rows, or both an error of one stage and code."""
    if ("error" in mine) != ("error" in theirs):
        return False
    if "error" not in mine:
        key = lambda row: json.dumps(normal(row), sort_keys=True)
        return sorted(map(key, mine["result"])) == sorted(map(key, theirs["result"]))
    return mine["stage"] == theirs["stage"] and (mine["stage"] != "eval" or code(mine) == code(theirs))


def code(answer):
    """The code of an evaluation's error: `eval_conflict_error`."""
    for word in answer["error"].replace(":", " ").split():
        if word.startswith("eval_"):
            return word
    return ""
