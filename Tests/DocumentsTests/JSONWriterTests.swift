import Documents
import Testing

@Suite struct JSONWriterTests {
    let document = Document { _ in .null }
    var arena: Arena { document.arena }

    /// `{"a": {3, 1}, {1}: "<é>", 1: null, [1, "a"]: 1.50}`, as a policy could build it.
    var mixed: Value {
        arena.object([
            ObjectEntry(key: arena.string("a"), value: arena.set([.int(3), .int(1)])),
            ObjectEntry(key: arena.set([.int(1)]), value: arena.string("<é>")),
            ObjectEntry(key: .int(1), value: .null),
            ObjectEntry(key: arena.array([.int(1), arena.string("a")]), value: NumberText.value("1.50", in: arena)),
        ])
    }

    @Test func compact() {
        #expect(JSONWriter.string(mixed) == #"{"1":null,"[1,\"a\"]":1.50,"[1]":"\u003cé\u003e","a":[1,3]}"#)
        #expect(JSONWriter.string(arena.array([])) == "[]")
        let both = arena.object([
            ObjectEntry(key: .int(1), value: .false), ObjectEntry(key: arena.string("1"), value: .true),
        ])
        #expect(JSONWriter.string(both) == #"{"1":true}"#)
    }

    @Test func strings() {
        let text = arena.string("<a>&\u{2028}\u{2029}\0\u{8}\u{c}\u{7f}é\u{1f}\t\"\\/\n\r")
        #expect(
            JSONWriter.string(text)
                == #""\u003ca\u003e\u0026\u2028\u2029\u0000\b\f"# + "\u{7f}" + #"é\u001f\t\"\\/\n\r""#)
        #expect(JSONWriter.string(arena.string("<&>"), style: .pretty) == "\"<&>\"")
    }

    @Test func pretty() {
        let value = arena.object([
            "c": arena.array([.int(1), arena.object(["d": .int(-2)])]), "a": arena.array([]),
            "b": arena.object([ObjectEntry]()),
        ])
        #expect(
            JSONWriter.string(value, style: .pretty) == """
                {
                  "a": [],
                  "b": {},
                  "c": [
                    1,
                    {
                      "d": -2
                    }
                  ]
                }
                """)
        #expect(
            JSONWriter.string(arena.array([.int(Int64.min)]), style: .init(indent: "\t", prefix: "> "))
                == "> [\n> \t-9223372036854775808\n> ]")
    }

    @Test func terms() {
        #expect(RegoTermWriter.string(mixed) == #"{1: null, "a": {1, 3}, [1, "a"]: 1.50, {1}: "<é>"}"#)
        let value = arena.array([
            arena.set([Value]()), arena.object([ObjectEntry]()), .true, .null,
            arena.string("q\"\\\n\t\u{1}\u{7f}\u{2028}\u{a0}é😀\u{E0001}"),
        ])
        #expect(
            RegoTermWriter.string(value)
                == #"[set(), {}, true, null, "q\"\\\n\t\x01\x7f\u2028\u00a0é😀\U000e0001"]"#)
    }
}
