import Diagnostics
import Documents
import TestSupport
import Testing

@Suite struct JSONReaderTests {
    /// Reads a text and writes it again, so that a case is one line.
    static func reread(_ bytes: [UInt8]) throws(JSONError) -> String {
        let arena = Arena.make()
        defer { arena.destroy() }
        let value = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try JSONReader.value(buffer, in: arena)
        }
        return JSONWriter.string(value, style: .init(escapesHTML: false))
    }

    static func message(_ text: String, limits: DocumentLimits = .standard) -> String? {
        let source = SourceFile(path: "x.json", text: text)
        do throws(JSONError) {
            _ = try JSONReader.read(source, limits: limits)
            return nil
        } catch {
            let position = error.diagnostic(in: source).range?.position
            return "\(position?.description ?? "?") \(error.message)"
        }
    }

    @Test(arguments: [
        ("null", "null"), (" [ ] ", "[]"), ("{ }", "{}"), ("\t\r\n true \n", "true"),
        ("[false,[[]],{}]", "[false,[[]],{}]"),
        (#"{"b":1,"a":{"d":[2],"c":3}}"#, #"{"a":{"c":3,"d":[2]},"b":1}"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#"{"":0,"é":1,"z":2}"#, #"{"":0,"z":2,"é":1}"#),
        ("[0,-1,9223372036854775807,-9223372036854775808]", "[0,-1,9223372036854775807,-9223372036854775808]"),
        ("[9223372036854775808,123456789012345678]", "[9223372036854775808,123456789012345678]"),
        ("[-0,1.0,1.50,1e3,1E+3,-1.5e-7,0.0,1e99999]", "[-0,1.0,1.50,1e3,1E+3,-1.5e-7,0.0,1e99999]"),
        (#""\"\\\/\b\f\n\r\t\u0041""#, #""\"\\/\b\f\n\r\tA""#),
        (#""\u00e9\u20ac\ud83d\ude00 \u007f""#, "\"é€😀 \u{7f}\""),
        (
            #"["\ud800","\udc00x","\ud800\ud800\udc00","\ud800\n"]"#,
            "[\"\u{FFFD}\",\"\u{FFFD}x\",\"\u{FFFD}\u{10000}\",\"\u{FFFD}\\n\"]"
        ),
        (
            "\"a much longer text, over eight bytes, then é and \\u0062\"",
            "\"a much longer text, over eight bytes, then é and b\""
        ),
    ]) func accepts(text: String, expected: String) throws {
        #expect(try Self.reread(Array(text.utf8)) == expected)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"), ([0xE2, 0x82], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xFF, 0x5C, 0x6E], "\u{FFFD}\\n"), ([0xF0, 0x9F, 0x98, 0x80], "😀"),
        ] as [([UInt8], String)]) func replacesMalformedUTF8(bytes: [UInt8], expected: String) throws
    {
        #expect(try Self.reread([0x22] + bytes + [0x22]) == "\"\(expected)\"")
    }

    @Test(arguments: [
        ("", "1:1 expected a value, found the end of the text"),
        ("  \n ", "2:2 expected a value, found the end of the text"),
        ("[1,]", "1:4 expected a value, found ']'"),
        (#"{"a":1,}"#, "1:8 expected a key in double quotes, found '}'"),
        ("{a: 1}", "1:2 expected a key in double quotes, found 'a'"),
        (#"{"a" 1}"#, "1:6 expected ':' after the key, found '1'"),
        (#"{"a":1 "b":2}"#, "1:8 expected ',' or '}', found '\"'"),
        ("[1\n2]", "2:1 expected ',' or ']', found '2'"),
        ("[1}", "1:3 expected ',' or ']', found '}'"),
        ("1 2", "1:3 unexpected '2' after the end of the value"),
        ("[1]]", "1:4 unexpected ']' after the end of the value"),
        ("nul", "1:1 expected a value, found 'nul'"),
        ("True", "1:1 expected a value, found 'True'"),
        ("NaN", "1:1 expected a value, found 'NaN'"),
        ("'a'", "1:1 expected a value, found '''"),
        ("[é]", "1:2 expected a value, found 'é'"),
        ("01", "1:2 a number may not start with a zero"),
        ("-", "1:2 a minus sign must be followed by a digit"),
        ("-01", "1:3 a number may not start with a zero"),
        ("+1", "1:1 expected a value, found '+'"),
        (".5", "1:1 expected a value, found '.'"),
        ("1.", "1:3 a decimal point must be followed by a digit"),
        ("1.e3", "1:3 a decimal point must be followed by a digit"),
        ("1e+", "1:4 an exponent must have a digit"),
        ("0x10", "1:2 unexpected 'x' after the end of the value"),
        ("\"a", "1:1 the text ends inside a string"),
        (#""a\"#, "1:4 the text ends inside a string"),
        (#""a\u00"#, "1:7 the text ends inside a string"),
        (#""\x41""#, "1:2 unknown escape sequence in a string"),
        (#""\u00g0""#, "1:2 \\u must be followed by four hexadecimal digits"),
        ("\"a\nb\"", "1:3 a string may not contain the control character U+000a"),
        ("\"a\0b\"", "1:3 a string may not contain the control character U+0000"),
        ("[1,\0]", "1:4 expected a value, found the byte 0x0"),
        (#"["a",// no"#, "1:6 expected a value, found '/'"),
    ]) func rejects(text: String, expected: String) {
        #expect(Self.message(text) == expected)
    }

    @Test func everyPrefixOfATextIsRejected() {
        let text = Array(#"{"a\n":[1.5e3,-2,"é\ud83d\ude00",true,null,{"b":[]}]}"#.utf8)
        for end in 0..<text.count {
            #expect(throws: JSONError.self) { try Self.reread(Array(text[..<end])) }
        }
    }

    @Test func limits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(Self.message(deep) == "1:501 values are nested more than 500 deep")
        #expect(Self.message(String(repeating: "[", count: 500) + String(repeating: "]", count: 500)) == nil)
        #expect(throws: JSONError.self) { try Self.reread(Array(deep.utf8)) }
        var limits = DocumentLimits.standard
        limits.scalarSize = 4
        limits.nodes = 3
        limits.size = 20
        #expect(Self.message(#"["abcd"]"#, limits: limits) == nil)
        #expect(Self.message(#"["abcde"]"#, limits: limits) == "1:2 the string is larger than the limit of 4 bytes")
        #expect(Self.message("[1,2,3]", limits: limits) == "1:8 the document has more than 3 values")
        #expect(
            Self.message(String(repeating: " ", count: 21), limits: limits)
                == "1:1 the document is larger than the limit of 20 bytes")
    }

    @Test func positions() throws {
        let marked = MarkedSource(#"①{②"b"③: ④[1, ⑤"é"⑥]⑦, "a": ⑧{}⑨}"#)
        let source = SourceFile(path: "x.json", text: "\u{FEFF}" + marked.text)
        let document = try JSONReader.read(source)
        func mark(_ character: Character) -> UInt32 { UInt32(marked.marks[character]! + 3) }
        let list = document.place(at: DocumentPath([.key("b")]))
        #expect(list.keySpan == ByteSpan(start: mark("②"), end: mark("③")))
        #expect(list.span == ByteSpan(start: mark("④"), end: mark("⑦")))
        let text = document.place(at: DocumentPath([.key("b"), .index(1)]))
        #expect(text.span == ByteSpan(start: mark("⑤"), end: mark("⑥")))
        #expect(document.place(at: DocumentPath([.key("a")])).span == ByteSpan(start: mark("⑧"), end: mark("⑨")))
        #expect(document.rootSpan == ByteSpan(start: mark("①"), end: UInt32(source.bytes.count)))
    }

    @Test func largeObjectsKeepTheLastOfEqualKeys() throws {
        let members = (0..<200).map { "\"k\($0 % 60)\":\($0)" }.joined(separator: ",")
        let document = try JSONReader.read(SourceFile(path: "x.json", text: "{\(members)}"))
        document.withRoot { root in
            #expect(root.count == 60)
            for key in 0..<60 {
                let last = (0..<200).last { $0 % 60 == key }!
                #expect(root.field(named: "k\(key)") == .int(last))
            }
        }
    }
}
