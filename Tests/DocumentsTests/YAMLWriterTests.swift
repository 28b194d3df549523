import Diagnostics
import Documents
import TestSupport
import Testing

@Suite struct YAMLWriterTests {
    static func yaml(_ json: String) throws -> String {
        try JSONReader.read(SourceFile(path: "x.json", text: json)).withRoot { YAMLWriter.string($0) }
    }

    @Test(arguments: [
        ("1", "1\n"), ("null", "null\n"), ("[]", "[]\n"), ("{}", "{}\n"), (#""""#, "\"\"\n"),
        (#"{"b":[1,{"d":"x","c":[]}],"a":{"e":{}}}"#, "a:\n  e: {}\nb:\n- 1\n- c: []\n  d: x\n"),
        ("[[1,[2]],[{}]]", "- - 1\n  - - 2\n- - {}\n"),
        (
            "[1.0,1e3,1.50,1e20,1e-7,100000000,12345678.5,18446744073709551615,123456789012345678901234567890]",
            "- 1\n- 1000\n- 1.5\n- 1e+20\n- 1e-07\n- 100000000\n- 1.23456785e+07\n- 18446744073709551615\n"
                + "- 1.2345678901234568e+29\n"
        ),
        (
            #"["yes","No","y","null","~","1","0x1F","1_000",".5",".inf","2001-01-01","1:30","+1","1e3"]"#,
            "- \"yes\"\n- \"No\"\n- \"y\"\n- \"null\"\n- \"~\"\n- \"1\"\n- \"0x1F\"\n- \"1_000\"\n- \".5\"\n- \".inf\"\n"
                + "- \"2001-01-01\"\n- \"1:30\"\n- \"+1\"\n- \"1e3\"\n"
        ),
        (
            ##"["1.2.3","12Mi","-","- x","x: y","#x","a #b","@a","a:b","http://x","1:60","1e400","<<","="," x","x "]"##,
            "- 1.2.3\n- 12Mi\n- '-'\n- '- x'\n- 'x: y'\n- '#x'\n- 'a #b'\n- '@a'\n- a:b\n- http://x\n- 1:60\n- 1e400\n"
                + "- <<\n- =\n- ' x'\n- 'x '\n"
        ),
        (
            #"["a\nb","a\nb\n","a\n\n"," a\nb","a\tb","\u0001","é😀"]"#,
            "- |-\n  a\n  b\n- |\n  a\n  b\n- |+\n  a\n\n- |2-\n   a\n  b\n- \"a\\tb\"\n- \"\\x01\"\n- \"é\\U0001F600\"\n"
        ),
        (#""a\n\n""#, "|+\n  a\n\n"),
        (
            #"{"a10":1,"a9":2,"A":3,"_":4,"1":5,"b":6,"a":7,"x/y":8,"x":9,"":0}"#,
            "\"\": 0\n_: 4\n\"1\": 5\nA: 3\na: 7\na9: 2\na10: 1\nb: 6\nx: 9\nx/y: 8\n"
        ),
    ]) func style(json: String, yaml: String) throws { #expect(try Self.yaml(json) == yaml) }

    @Test func longLinesAreFolded() throws {
        let words = Array(repeating: "word", count: 30).joined(separator: " ")
        let lines = try Self.yaml("{\"a\":\"\(words)\"}").split(separator: "\n")
        #expect(lines.count == 2 && lines[1].hasPrefix("  word") && lines[0].count > 70 && lines[0].count <= 84)
    }

    @Test func setsAndKeysThatAreNotStrings() {
        let document = Document { arena in
            arena.object([
                ObjectEntry(key: .int(1), value: arena.set([.int(2), .int(1)])),
                ObjectEntry(key: arena.array([.int(3)]), value: .true),
            ])
        }
        #expect(document.withRoot { YAMLWriter.string($0) } == "'[3]': true\n\"1\":\n- 1\n- 2\n")
    }

    /// Pairs of keys, of which one is written before the other for what their bytes are or for what their numbers are.
    @Test func keysAreInNaturalOrder() {
        let pieces = ["", "a", "B", "-", ".", "_", "0", "1", "10", "é", "~"]
        let keys = Set(pieces.flatMap { first in pieces.map { first + $0 } }).sorted()
        for (index, first) in keys.enumerated() {
            for second in keys[(index + 1)...] {
                let document = Document { arena in
                    arena.object([first, second].map { ObjectEntry(key: arena.string($0), value: .null) })
                }
                let isFirst = NaturalKey(Array(first.utf8)) < NaturalKey(Array(second.utf8))
                let lines = document.withRoot { YAMLWriter.string($0) }.split(separator: "\n")
                let other = Document { arena in
                    arena.object([ObjectEntry(key: arena.string(isFirst ? first : second), value: .null)])
                }
                #expect(lines.count == 2 && other.withRoot { YAMLWriter.string($0) } == lines[0] + "\n", "\(first) \(second)")
            }
        }
    }

    /// Whatever is written is read as the same value: here for all sound documents of the yaml-test-suite.
    @Test(.enabled(if: ConformanceData.isUsed("yaml-test-suite"), "no conformance data"))
    func writtenDocumentsAreReadBack() throws {
        let suite = try YAMLSuiteTests.load("cases.json")
        var count = 0
        let texts = suite.withRoot { $0.elements.map { $0.field("yaml").string } }
        for document in texts.flatMap({ YAMLReaderTests.read($0).documents }) {
            let text = document.withRoot { YAMLWriter.string($0) }
            let again = try #require(YAMLReaderTests.read(text).documents.first, "\(text)")
            #expect(again.withRoot { first in document.withRoot { first == $0 } }, "\(text)")
            count += 1
        }
        #expect(count > 250)
    }
}
