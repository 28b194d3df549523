#!/usr/bin/env python3
"""Random globs, judged by OPA's library and by Lintel: README.md says how to run it."""

import argparse
import json
import random
import sys

import engines

PARTS = ["a", "b", "/", ".", "*", "**", "?", "[a]", "[!a]", "[a-c]", "[!b-c]", "{a,b}", "{,a}", "{a*,b}", "{a/,**}", "***", "\\*",
    "{a,b/*}", "x", ":", "{*,a}", "{a}", "{?b,c}", "é", "[é-ü]"]
TEXTS = ["a", "b", "/", ".", "x", "ab", "c", ":", "", "é"]
DELIMITERS = ['["/"]', '["."]', "[]", "null", '["/", "."]', '[":"]', '["é"]']


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("opa", help="folder with libopabridge.so")
    parser.add_argument("program", help="the program `differential`")
    parser.add_argument("--count", type=int, default=24000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    opa, lintel, source = engines.Opa(arguments.opa), engines.Lintel(arguments.program), random.Random(arguments.seed)
    different = 0
    for _ in range(arguments.count // 50):
        calls = []
        for _ in range(50):
            pattern = "".join(source.choice(PARTS) for _ in range(source.randint(1, 5)))
            text = "".join(source.choice(TEXTS) for _ in range(source.randint(0, 5)))
            calls.append(f"glob.match({json.dumps(pattern)}, {source.choice(DELIMITERS)}, {json.dumps(text)})")
        # Each call alone when one of them is an error.
        batches = [calls]
        if "error" in opa.answer(query(calls)) or "error" in lintel.answer(query(calls)):
            batches = [[call] for call in calls]
        for batch in batches:
            theirs, mine = opa.answer(query(batch)), lintel.answer(query(batch))
            if engines.same(mine, theirs):
                continue
            for index, call in enumerate(batch):
                theirs, mine = opa.answer(query([call])), lintel.answer(query([call]))
                if not engines.same(mine, theirs):
                    different += 1
                    print(call, "\nOPA   ", theirs, "\nLintel", mine)
    print(f"{arguments.count} globs, {different} different")
    sys.exit(1 if different else 0)


def query(calls):
    return {"modules": [], "query": "x = [" + ", ".join(f"[y | y := {call}]" for call in calls) + "]"}


if __name__ == "__main__":
    main()
