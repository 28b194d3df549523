#!/usr/bin/env python3
"""Lintel, OPA and regorus on the same policies and inputs, interleaved in one run; README.md describes the method."""

import argparse
import ctypes
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

import documents

HERE = pathlib.Path(__file__).resolve().parent


def cpu_time(body, minimum=0.004):
    """CPU seconds of one call of `body`, from one batch that takes at least `minimum`."""
    body()
    size = 1
    while True:
        start = time.thread_time()
        for _ in range(size):
            body()
        spent = time.thread_time() - start
        if spent >= minimum:
            return spent / size
        size *= 2


class Best:
    """The smallest figure seen for each name."""

    def __init__(self):
        self.values = {}

    def see(self, name, seconds):
        self.values[name] = min(seconds, self.values.get(name, math.inf))

    def __getitem__(self, name):
        """NaN for what was never measured."""
        return self.values.get(name, math.nan)


class Lintel:
    """Drives `rego-bench`, which evaluates through the library and reports nanoseconds of CPU time."""

    def __init__(self, binary, folder, case):
        _, policy, rule, document, data = case
        files = {"input": document, "data": data}
        self.command = [binary, "0.2", rule, str(HERE / "policies" / f"{policy}.rego")]
        for name, value in files.items():
            if value is not None:
                path = pathlib.Path(folder) / f"{policy}-{name}.json"
                path.write_text(json.dumps(value))
                self.command.append(str(path))

    def measure(self, best):
        answer = json.loads(subprocess.run(self.command, check=True, capture_output=True, text=True).stdout)
        best.see("lintel", answer["loaded_ns"] / 1e9)
        best.see("lintel text", answer["text_ns"] / 1e9)
        return answer["result"]


class Opa:
    """The OPA Go engine, built as a C library.

    It takes its input as JSON text on every call. To time a rule without that, one prepared query evaluates it
    many times with a document of the store as input; the loop's own cost is measured alike and taken off.
    """

    LOOP = "x = count([1 | d := data.loaded; some i in numbers.range(1, input.n); %s with input as d])"

    def __init__(self, library, case):
        _, policy, rule, document, data = case
        self.library, self.rule = library, rule
        self.engine = library.OpaNew()
        self.text = json.dumps(document).encode()
        source = (HERE / "policies" / f"{policy}.rego").read_bytes()
        self.call(library.OpaAddPolicy, f"{policy}.rego".encode(), source)
        self.call(library.OpaAddData, b"", json.dumps({"loaded": document, **(data or {})}).encode())
        self.size = 8
        for expression in ("true", f"data.bench.{rule}"):
            self.loop(expression, 1)
        while self.loop(f"data.bench.{rule}", self.size) < 0.02 and self.size < 1 << 14:
            self.size *= 2

    @staticmethod
    def load(folder):
        library = ctypes.CDLL(str(pathlib.Path(folder) / "libopabridge.so"))
        library.OpaNew.restype = ctypes.c_uint64
        library.OpaFreeString.restype = None
        library.OpaFreeString.argtypes = [ctypes.c_void_p]
        for name, count in {"OpaAddPolicy": 2, "OpaAddData": 2, "OpaEvalQuery": 2, "OpaEvalDocument": 2}.items():
            function = getattr(library, name)
            flags = [ctypes.c_int] * 2 if "Eval" in name else []
            function.restype = ctypes.c_void_p
            function.argtypes = [ctypes.c_uint64] + [ctypes.c_char_p] * count + flags
        return library

    def call(self, function, *arguments):
        pointer = function(self.engine, *arguments)
        answer = json.loads(ctypes.string_at(pointer))
        self.library.OpaFreeString(pointer)
        if answer.get("error"):
            raise SystemExit(f"OPA: {answer['error']}")
        return answer.get("result")

    def timed(self, function, query, text):
        start = time.thread_time()
        pointer = function(self.engine, query, text, 0, 0)
        spent = time.thread_time() - start
        self.library.OpaFreeString(pointer)
        return spent

    def loop(self, expression, count):
        return self.timed(self.library.OpaEvalQuery, (self.LOOP % expression).encode(), b'{"n": %d}' % count)

    def measure(self, best):
        for name, expression in {"rule": f"data.bench.{self.rule}", "nothing": "true"}.items():
            for factor in (1, 2):
                best.see(f"{name} x{factor}", self.loop(expression, self.size * factor))
        library, path = self.library, f"bench.{self.rule}".encode()
        boundary = cpu_time(lambda: library.OpaFreeString(None))
        empty = cpu_time(lambda: library.OpaFreeString(library.OpaEvalQuery(self.engine, b"true", b"", 0, 0)))
        best.see("opa call", empty - 2 * boundary)
        text = cpu_time(
            lambda: library.OpaFreeString(library.OpaEvalDocument(self.engine, path, self.text, 0, 0)))
        best.see("opa text", text - 2 * boundary)
        return self.call(library.OpaEvalDocument, path, self.text, 0, 0)[0]["expressions"][0]["value"]

    def rule_alone(self, best):
        step = {name: best[f"{name} x2"] - best[f"{name} x1"] for name in ("rule", "nothing")}
        return (step["rule"] - step["nothing"]) / self.size


class Regorus:
    """regorus through its Python module: the interpreter, and its bytecode machine where it compiles the policy."""

    def __init__(self, module, case):
        _, policy, rule, document, data = case
        source = (HERE / "policies" / f"{policy}.rego").read_text()
        self.path, self.text = f"data.bench.{rule}", json.dumps(document)
        self.engine = module.Engine()
        self.engine.add_policy(f"{policy}.rego", source)
        self.engine.add_data_json(json.dumps(data or {}))
        self.engine.set_input_json(self.text)
        try:
            program = module.Program.compile_from_modules(
                json.dumps(data or {}), [(f"{policy}.rego", source)], [self.path])
            self.machine = module.Rvm()
            self.machine.load_program(program)
            self.machine.set_data_json(json.dumps(data or {}))
            self.machine.set_input_json(self.text)
            self.machine.execute()
        except RuntimeError as error:
            print(f"{policy}: not for regorus's RVM: {reason(error)}", file=sys.stderr)
            self.machine = None

    def from_text(self, runner, evaluate):
        runner.set_input_json(self.text)
        evaluate()

    def measure(self, best):
        interpret = lambda: self.engine.eval_rule_as_json(self.path)
        boundary = cpu_time(lambda: self.engine.set_gather_prints(False))
        ways = [("regorus", self.engine, interpret)]
        if self.machine:
            ways.append(("rvm", self.machine, self.machine.execute))
        for name, runner, evaluate in ways:
            best.see(name, cpu_time(evaluate) - boundary)
            best.see(f"{name} text", cpu_time(lambda: self.from_text(runner, evaluate)) - 2 * boundary)
        result = json.loads(interpret())
        if self.machine and ordered(json.loads(self.machine.execute())) != ordered(result):
            raise SystemExit(f"{self.path}: regorus disagrees with itself")
        return result


def reason(error):
    """The line of a regorus error that says what is wrong."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if "error" in line.lower()), lines[0])


def ordered(value):
    """Sets arrive as arrays in whatever order; two results are equal when they are in this form."""
    if isinstance(value, list):
        return sorted((ordered(item) for item in value), key=json.dumps)
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return value


def geometric_mean(ratios):
    known = [ratio for ratio in ratios if not math.isnan(ratio)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan


def cell(value, form):
    return "–" if math.isnan(value) else form.format(value)


def table(title, columns, rows):
    """A Markdown table: microseconds, then how many times each peer's time is Lintel's, and the geometric means."""
    peers = columns[1:]
    print(f"\n### {title}\n\n| µs | {' | '.join(columns)} | {' | '.join(f'{peer} / lintel' for peer in peers)} |")
    print("|---|" + "---:|" * (len(columns) + len(peers)))
    for name, times in rows:
        figures = [cell(value * 1e6, "{:.2f}" if value < 1e-4 else "{:.0f}") for value in times]
        ratios = [cell(value / times[0], "{:.1f}") for value in times[1:]]
        print(f"| {name} | {' | '.join(figures + ratios)} |")
    means = [geometric_mean([times[at + 1] / times[0] for _, times in rows]) for at in range(len(peers))]
    print(f"| **geometric mean** |{' |' * len(columns)} {' | '.join(cell(mean, '**{:.1f}**') for mean in means)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lintel", required=True, help="the rego-bench program")
    parser.add_argument("--opa", required=True, help="the folder opa_bindings of the unpacked OPA wheel")
    parser.add_argument("--rounds", type=int, default=5, help="how often every engine has its turn")
    options = parser.parse_args()
    import regorus

    library, loaded, from_text = Opa.load(options.opa), [], []
    for case in documents.cases():
        name = case[0]
        with tempfile.TemporaryDirectory() as folder:
            engines = [Lintel(options.lintel, folder, case), Opa(library, case), Regorus(regorus, case)]
            best = Best()
            for _ in range(options.rounds):
                results = [ordered(engine.measure(best)) for engine in engines]
                if any(result != results[0] for result in results):
                    raise SystemExit(f"{name}: the engines disagree: {results}")
        rule = engines[1].rule_alone(best)
        loaded.append((name, [best["lintel"], rule, rule + best["opa call"], best["regorus"], best["rvm"]]))
        from_text.append((name, [best[f"{engine} text"] for engine in ("lintel", "opa", "regorus", "rvm")]))
        print(f"{name}: done", file=sys.stderr, flush=True)
    table("Input loaded", ["lintel", "OPA rule alone", "OPA prepared query", "regorus", "regorus RVM"], loaded)
    table("Input loaded from JSON text each time", ["lintel", "OPA", "regorus", "regorus RVM"], from_text)


if __name__ == "__main__":
    main()
