import Diagnostics
import Documents
import Testing

/// Broken and hostile input: what is said about it, and that the rest of the file is read.
@Suite struct YAMLProblemTests {
    static func render(_ text: String) -> String {
        let stream = YAMLReaderTests.read(text)
        return stream.diagnostics.map { DiagnosticRenderer().render($0) }.joined()
    }

    static func summary(_ bytes: [UInt8], path: String = "x.yaml", limits: DocumentLimits = .standard) -> [String] {
        YAMLReaderTests.summary(YAMLReader(limits: limits).read(SourceFile(path: path, bytes: bytes)))
    }

    static func summary(_ text: String, limits: DocumentLimits = .standard) -> [String] {
        summary(Array(text.utf8), limits: limits)
    }

    @Test func equalKeysShowBothPlaces() {
        #expect(
            Self.render("a: 1\nb:\n  x: 1\n  'x': 2\na: 3\n") == """
                x.yaml:4:3: error: the key "x" appears twice in the same mapping [yaml_parse_error]
                  4 |   'x': 2
                    |   ^~~
                x.yaml:3:3: note: it is first used here
                  3 |   x: 1
                    |   ^
                  hint: remove or rename one of them
                x.yaml:5:1: error: the key "a" appears twice in the same mapping [yaml_parse_error]
                  5 | a: 3
                    | ^
                x.yaml:1:1: note: it is first used here
                  1 | a: 1
                    | ^
                  hint: remove or rename one of them

                """)
    }

    @Test(arguments: [
        ("a: 1\nb: \"never\nclosed: x\n", "2:4 the quoted text that starts here is never closed"),
        ("a: 'x\n---\nb: 1\n", "1:4 the quoted text that starts here is never closed"),
        ("a:\n\tb: 1\n", "2:1 a tab is used where YAML allows only spaces"),
        ("a:\n  b: 1\n\tc: 2\n", "3:1 a tab is used where YAML allows only spaces"),
        ("a: [1, 2\nb: 3\n", "2:2 expected ',' or ']' in the list"),
        ("a: [1, 2\n", "1:4 the list that starts here is never closed"),
        ("a: {b: 2\n", "1:4 the mapping that starts here is never closed"),
        ("a: b: c\n", "1:5 a ':' is not allowed here"), ("a: @x\n", "1:4 a value may not start with '@'"),
        ("a: `x`\n", "1:4 a value may not start with '`'"),
        ("a:\n  - b\n c: 1\n", "3:2 expected a key of the mapping here"),
        ("a: - b\n", "1:4 a list item is not allowed here"), ("- a\nb: 1\n", "2:1 expected a list item ('- ') here"),
        ("a: 1\nb\n", "2:1 expected ':' after this key"), ("a: *.txt\n", "1:4 '*' must be followed by a name"),
        ("a: \"\\d\"\n", "1:5 unknown escape sequence in double quotes"),
        ("a: !x!y z\n", "1:4 the tag's prefix is not declared"),
        ("é: \"\\ud83d\"\n", "1:7 the escape is not a Unicode character"),
        ("a: {{ .Values.x }}\n", "1:5 a mapping cannot be a key"),
    ]) func messages(yaml: String, expected: String) {
        #expect(Self.summary(yaml).filter { $0.contains(":") && !$0.contains("{\"") } == [expected])
    }

    @Test func templatesAreRecognised() {
        #expect(Self.render("{{- if .x }}\na: 1\n").contains("helm template"))
        #expect(Self.render("a: {{ .Values.x }}\n").contains("helm template"))
        #expect(!Self.render("a: @x\nb: '{{ x }}'\n").contains("helm template"))
    }

    @Test func brokenDocumentsDoNotHideOthers() {
        let text = """
            a: [1
            ---
            b: 2
            ---
            c: {
            ---\u{20}
             d: : :
            ---
            - x
            y: 1
            ---
            e: 5
            ---
            f: 'x
            --- "
            ---
            g: *h
            ---
            i: 9

            """
        #expect(
            Self.summary(text) == [
                "1 {\"b\":2}", "5 {\"e\":5}", "9 {\"i\":9}",
                "1:4 the list that starts here is never closed", "6:1 expected a value before this",
                "7:5 a ':' is not allowed here", "10:1 expected a list item ('- ') here",
                "14:4 the quoted text that starts here is never closed",
                "15:5 the quoted text that starts here is never closed",
                "17:4 there is no anchor '&h' before this alias",
            ])
    }

    @Test func badBytesBreakOnlyTheirDocument() {
        let text = Array("a: 1\n---\nb: ".utf8) + [0xFF] + Array("\n---\nc: é\n---\nd: \"\u{1}\"\n---\ne: 5\n".utf8)
        #expect(
            Self.summary(text) == [
                "0 {\"a\":1}", "2 {\"c\":\"é\"}", "4 {\"e\":5}", "3:4 the byte 0xff is not valid UTF-8",
                "7:5 the control character 0x01 is not allowed in YAML",
            ])
        #expect(Self.summary(Array(0...255)) == ["1:1 the file is binary, not text"])
        #expect(Self.summary([0x61, 0, 0x3A, 0]) == ["1:2 the file is binary, not text"])
    }

    @Test func brokenJSONFilesGetJSONMessages() {
        #expect(
            Self.summary(Array("{\"a\":1,\n\"b\" 2}".utf8), path: "x.json") == [
                "2:5 expected ':' after the key, found '2'"
            ])
        #expect(
            Self.summary(Array("{\"a\":1,\"a\":2}".utf8), path: "x.json")
                == ["1:8 the key \"a\" appears twice in the same object"])
    }

    // MARK: Limits

    @Test(arguments: [
        "[", "{a: ", "- ", "? ", "[\n", "{\"a\":",
    ]) func deepNestingIsRefused(step: String) {
        let clock = ContinuousClock()
        let time = clock.measure {
            let summary = Self.summary(String(repeating: step, count: 100_000))
            #expect(summary.count == 1 && summary[0].hasSuffix("values are nested more than 500 deep"))
        }
        #expect(time < .seconds(5))
    }

    @Test func nestingUpToTheLimitIsRead() {
        let text = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
        #expect(Self.summary(text) == ["0 \(text)"])
        #expect(Self.summary("[\(text)]").last?.hasSuffix("values are nested more than 500 deep") == true)
    }

    @Test func aliasesCannotExpandWithoutBound() {
        var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
        var before = "a"
        for name in ["b", "c", "d", "e", "f", "g", "h", "i"] {
            text += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ", ") + "]\n"
            before = name
        }
        #expect(
            Self.summary(text + "---\nok: true\n") == [
                "1 {\"ok\":true}", "6:24 aliases expand to more than 400000 values",
            ])
        let merges =
            "a: &a {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
            + (0..<1000).map { "b\($0): {<<: *a}\n" }.joined()
        #expect(Self.summary(merges).last?.hasSuffix("aliases expand to more than 400000 values") == true)
    }

    @Test func sizesAreLimited() {
        var limits = DocumentLimits.standard
        limits.size = 400
        limits.scalarSize = 10
        limits.nodes = 5
        limits.documents = 3
        limits.brokenDocuments = 2
        limits.tagDirectives = 2
        #expect(
            Self.summary(String(repeating: " ", count: 401), limits: limits)
                == ["1:1 the file has 401 bytes, more than the limit of 400"])
        #expect(
            Self.summary("a: 0123456789\n---\nb: 0123456789x\n", limits: limits)
                == ["0 {\"a\":123456789}", "3:4 the text is larger than the limit of 10 bytes"])
        #expect(
            Self.summary("[1, 2, 3, 4, 5]\n---\na\n", limits: limits)
                == ["1 \"a\"", "1:14 the document has more than 5 values"])
        #expect(
            Self.summary("1\n---\n2\n---\n3\n---\n4\n---\n5\n", limits: limits)
                == ["0 1", "1 2", "2 3", "6:1 the file has more than 3 documents; the rest is not read"])
        #expect(
            Self.summary("]\n---\n]\n---\n]\n---\n]\n---\n1\n", limits: limits).last
                == "5:1 more than 2 documents are broken; the rest is not read")
        #expect(
            Self.summary("%TAG !a! x\n%TAG !b! x\n%TAG !c! x\n---\n1\n", limits: limits)
                == ["3:1 the file has more than 2 tag directives"])
    }

    @Test func manyProblemsInOneDocumentAreCut() {
        let text = String(repeating: "a: 1\n", count: 1000) + "---\nb: 2\n"
        let summary = Self.summary(text)
        #expect(summary.count == 21 && summary[0] == "1 {\"b\":2}")
    }

    @Test func everyPrefixIsHandled() {
        let text = Array("a: &x [1, {b: 'c'}]\r\n---\n- |\n  é\n- \"\\u00e9\" # d\n- *y\n- <<: {k: !!int 1}\n".utf8)
        for end in 0...text.count {
            for start in [0, end / 2] { _ = Self.summary(Array(text[start..<end])) }
        }
    }
}
