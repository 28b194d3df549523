import Diagnostics
import Documents
import TestSupport
import Testing

@Suite struct YAMLReaderTests {
    static func read(_ text: String, limits: DocumentLimits = .standard) -> YAMLStream {
        YAMLReader(limits: limits).read(SourceFile(path: "x.yaml", text: text))
    }

    /// The documents as JSON and the problems as `line:column message`, a line each.
    static func summary(_ stream: YAMLStream) -> [String] {
        stream.documents.map {
            "\($0.index) " + $0.withRoot { JSONWriter.string($0, style: .init(escapesHTML: false)) }
        }
            + stream.diagnostics.map { "\($0.range?.position.description ?? "?") \($0.message)" }
    }

    // MARK: Streams

    @Test(arguments: [
        ("", []), ("# only a comment\n", []), ("---\n", ["0 null"]), ("---\n---\na: 1\n", ["0 null", "1 {\"a\":1}"]),
        ("a: 1\n---\n- b\n...\n---\nc\n", ["0 {\"a\":1}", "1 [\"b\"]", "2 \"c\""]),
        ("%YAML 1.1\n%TAG ! tag:yaml.org,2002:\n--- !int '1'\n", ["0 1"]),
        ("--- {a: 1}\n--- # c\nb: 2", ["0 {\"a\":1}", "1 {\"b\":2}"]),
        ("a: 1\r\nb:\r\n- x\r\n---\r\nc: |\r\n  t\r\n", ["0 {\"a\":1,\"b\":[\"x\"]}", "1 {\"c\":\"t\\n\"}"]),
        ("{\"a\":1.0}{\"b\":\"\\ud83d\\ude00\\/\"}\n[2]", ["0 {\"a\":1.0}", "1 {\"b\":\"😀/\"}", "2 [2]"]),
        ("{a: yes, \"b\": [1, 'x',]}\n---\n{\"c\": 1}\n", ["0 {\"a\":true,\"b\":[1,\"x\"]}", "1 {\"c\":1}"]),
        ("{\"a\":1}\n---\nb: 2\n", ["0 {\"a\":1}", "1 {\"b\":2}"]),
        (
            "a: >\n  x\n  y\n\nb: |-\n  x\n  y\nc: 'it''s\n  x'\nd: \"\\x41\\\n  b\"\n",
            ["0 {\"a\":\"x y\\n\",\"b\":\"x\\ny\",\"c\":\"it's x\",\"d\":\"Ab\"}"]
        ),
        // As go-yaml: a question mark ends a plain text inside brackets.
        (
            "a: [b?c]\n---\nb: x?y\nc: [\"x?y\"]\n",
            ["1 {\"b\":\"x?y\",\"c\":[\"x?y\"]}", "1:5 a text with '?' inside brackets needs quotes"]
        ),
        ("a: {b: http://x/?y=1}\n", ["1:8 a text with '?' inside brackets needs quotes"]),
        ("a: |\n  x", ["0 {\"a\":\"x\\n\"}"]), ("- >-\n  x", ["0 [\"x\"]"]),
        ("? a\n: - b\n  - c: d\n    e:\n? f\n", ["0 {\"a\":[\"b\",{\"c\":\"d\",\"e\":null}],\"f\":null}"]),
    ]) func streams(yaml: String, expected: [String]) { #expect(Self.summary(Self.read(yaml)) == expected) }

    @Test func encodings() {
        let text = "é: [😀, x]\n---\nb: 1\n"
        let units = Array(text.utf16)
        let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big] {
            let stream = YAMLReader().read(SourceFile(path: "x.yaml", bytes: bytes))
            #expect(Self.summary(stream) == ["0 {\"é\":[\"😀\",\"x\"]}", "1 {\"b\":1}"])
            let place = stream.documents[0].place(at: DocumentPath([.key("é"), .index(1)]))
            #expect(stream.documents[0].range(place.span)?.position.description == "1:8")
            #expect(stream.documents[1].range(stream.documents[1].rootSpan)?.text == "b: 1")
        }
    }

    // MARK: Anchors and merge keys

    @Test(arguments: [
        ("x: &a [1, &b 2]\ny: [*a, *b]\n", #"{"true":[[1,2],2],"x":[1,2]}"#),
        ("x: &a 1\nz: &a 2\nw: *a\n", #"{"w":2,"x":1,"z":2}"#),
        ("&k key: 1\nw: *k\n*k : 2\n", "1:1 the key \"key\" appears twice"),
        ("x: &k foo\n*k : 1\n", #"{"foo":1,"x":"foo"}"#), ("x: &k 1.5\n*k : 1\n", #"{"1.5":1,"x":1.5}"#),
        ("x: &a {p: 1, q: 2}\nw: {<<: *a, p: 9}\n", #"{"w":{"p":9,"q":2},"x":{"p":1,"q":2}}"#),
        ("x: &a {p: 1, q: 2}\nw: {p: 9, <<: *a}\n", #"{"w":{"p":1,"q":2},"x":{"p":1,"q":2}}"#),
        (
            "x: &a {p: 1}\nb: &b {p: 2, q: 3}\nw: {<<: [*a, *b]}\nv: {<<: [*b, *a], r: 5}\n",
            #"{"b":{"p":2,"q":3},"v":{"p":2,"q":3,"r":5},"w":{"p":1,"q":3},"x":{"p":1}}"#
        ),
        ("<<: {a: 1}\n<<: {b: 2}\n", #"{"a":1,"b":2}"#), ("<<: []\n", "{}"), ("!!merge <<: {a: 1}\n", #"{"a":1}"#),
        ("!!merge '<<': {a: 1}\n", #"{"a":1}"#), ("! \"<<\": {a: 1}\n", #"{"a":1}"#), ("! <<: {a: 1}\n", #"{"a":1}"#),
        ("'<<': {a: 1}\n", #"{"<<":{"a":1}}"#), ("- <<\n", #"["<<"]"#),
        (
            "x: &a {q: {z: 2}}\nw: {<<: *a, q: {v: 3}}\n",
            #"{"w":{"q":{"v":3}},"x":{"q":{"z":2}}}"#
        ),
        ("x: &a 1\n---\ny: *a\n", "2 there is no anchor"), ("x: &a [*a]\n", "contains itself"),
        ("<<: 1\n", "'<<' needs a mapping"), ("<<: [1]\n", "'<<' needs a mapping"),
        ("x: &a [{b: 1}]\n<<: *a\n", "'<<' needs a mapping"),
    ]) func anchors(yaml: String, expected: String) {
        let stream = Self.read(yaml)
        if expected.hasPrefix("{") || expected.hasPrefix("[") {
            #expect(Self.summary(stream) == ["0 \(expected)"])
        } else {
            let words = expected.drop { $0.isNumber || $0 == ":" || $0 == " " }
            #expect(stream.diagnostics.count == 1 && stream.diagnostics[0].message.contains(words))
        }
    }

    // MARK: Places

    /// Places of keys and values, marked by circled numbers: ① to ② the key, ③ to ④ the value.
    @Test(
        arguments: [
            ("a", "①a②: ③1④ # c\n"), ("a", "b: ü\n①'a'②: ③\"é\n  x\"④\n"),
            ("a.b", "a:\n  ①b②: ③|\n    x\n    y④\n\n# c\nc: 1\n"),
            ("a.b", "a: {①b②: ③[1, 2]④ , c: d}\n"), ("a", "①a②:\n  ③b: 1\n  c:\n    d: x④\n\n# c\ne: 1\n"),
            ("a", "①a②:\n③- 1\n- b: 2④\n\nc: 1\n"), ("a", "b: 1\n①a②:③④\nc: 1\n"), ("a", "①a②: ③&x !!str y④\n"),
            ("b", "a: &x {k: v}\n①b②: ③*x④\n"), ("b.①", ""), ("a", "①? a②\n: ③plain\n  text④\nc: d\n"),
            ("日本", "①日本②: ③>-\n  語\n  語④\n...\n"), ("a", "①a②: ③''④"), ("a", "b: 1\r\n①a②: ③x y④\r\nc: 1\r\n"),
        ].filter { !$0.1.isEmpty })
    func places(path: String, marked: String) throws {
        // A question mark is not part of the key that follows it.
        let marked = MarkedSource(marked.replacing("①? a②", with: "? ①a②"))
        let stream = Self.read(marked.text)
        #expect(stream.diagnostics.isEmpty)
        let document = try #require(stream.documents.first)
        let steps = path.split(separator: ".").map { DocumentPath.Step.key(String($0)) }
        let place = document.place(at: DocumentPath(steps), keepsMissingSteps: false)
        #expect(place.path.steps == steps)
        func mark(_ character: Character) throws -> UInt32 { UInt32(try #require(marked.marks[character])) }
        #expect(place.keySpan == ByteSpan(start: try mark("①"), end: try mark("②")))
        #expect(place.span == ByteSpan(start: try mark("③"), end: try mark("④")))
    }

    @Test func aliasedChildrenStandAtTheirAnchor() throws {
        let document = try #require(Self.read("a: &x\n  k: v\nb: *x\nc:\n  <<: *x\n").documents.first)
        for key in ["b", "c"] {
            let place = document.place(at: DocumentPath([.key(key), .key("k")]))
            #expect(document.range(place.span)?.position.description == "2:6")
        }
        #expect(document.range(document.rootSpan)?.text.hasPrefix("a: &x") == true)
    }

    @Test func largeMappingsKeepPlaces() throws {
        let text = (0..<300).map { "k\($0): v\($0)\n" }.joined()
        let document = try #require(Self.read(text).documents.first)
        for index in 0..<300 {
            let place = document.place(at: DocumentPath([.key("k\(index)")]))
            #expect(document.range(place.span)?.position.line == index + 1)
            #expect(document.range(place.span)?.text == "v\(index)")
        }
    }

    // MARK: Values for policies

    @Test(arguments: [
        ("a: y\nb: 0o14\nc: 2001-01-01", #"{"a":true,"b":12,"c":"2001-01-01"}"#), ("a: 1\na: 2", #"{"a":2}"#),
        ("a: 1\n---\nb: [", #"{"a":1}"#), ("", "null"), ("[1, {x: é}]", #"[1,{"x":"é"}]"#),
        ("[1,2,3", "yaml: line 1: did not find expected ',' or ']'"),
        ("a: .inf", "json: unsupported value: +Inf"), ("a: *b", "yaml: unknown anchor 'b' referenced"),
        ("a: !!int x", "yaml: cannot decode !!str `x` as a !!int"),
    ]) func valuesForPolicies(yaml: String, expected: String) {
        let arena = Arena.make()
        defer { arena.destroy() }
        var copy = yaml
        let result = copy.withUTF8 { bytes in
            do throws(YAMLError) {
                let value = try YAMLReader.value(bytes, in: arena)
                #expect(!value.hasPositions)
                return JSONWriter.string(value)
            } catch {
                return error.message
            }
        }
        #expect(result == expected)
    }
}
