import Synchronization
import Testing
import Text

@Suite struct TextTests {
    /// The vectors of the FNV authors for 64-bit FNV-1a.
    /// Control characters, also beyond ASCII, are shown; what begins like one, such as U+00A0 and U+FF01, stays.
    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a\tb\nc", "a\tb\nc"), ("\u{1B}[0m", "\\u{1b}[0m"), ("\u{7F}", "\\u{7f}"),
        ("x\u{80}y\u{9F}", "x\\u{80}y\\u{9f}"), ("\u{A0}é\u{FF01}", "\u{A0}é\u{FF01}"), ("1 < 2\u{0}", "1 &lt; 2\\u{0}"),
        ("<<", "&lt;&lt;"), ("日<", "日&lt;"),
    ])
    func escapes(_ text: String, _ expected: String) {
        #expect(TextEscapes(["<": "&lt;"]).escaped(text) == expected)
    }

    @Test(arguments: [
        ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
    ])
    func fnv(text: String, digits: String) {
        var hash = FNVHash()
        hash.add(text.utf8)
        #expect(hash.text == digits)
    }

    @Test func boundariesOfPartsCount() {
        #expect(FNVHash.text(["ab".utf8, "c".utf8]) != FNVHash.text(["a".utf8, "bc".utf8]))
    }

    /// Attributes and contents read back as they were; what XML 1.0 cannot hold is replaced.
    @Test func textInXML() {
        #expect(
            XMLText.escaped("a<b>&\"c\"\n\td\u{0}\u{1B}\u{FFFE}ö")
                == "a&lt;b&gt;&amp;&quot;c&quot;&#10;&#9;d\u{FFFD}\u{FFFD}\u{FFFD}ö")
    }

    @Test func hexadecimal() throws {
        #expect(Hex.text([0x00, 0x0F, 0xFF] as [UInt8]) == "000fff")
        #expect(try Hex.decode("000FfF".utf8) == [0x00, 0x0F, 0xFF])
        #expect(Hex.text(UInt64.max, digits: 4) == "ffffffffffffffff")
        #expect(Hex.text(10, digits: 4, isUpper: true) == "000A")
        var output: [UInt8] = []
        Hex.append(0x1F600, digits: 8, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "0001f600")
        #expect(throws: Hex.InvalidText.self) { try Hex.decode("0g".utf8) }
        #expect(throws: Hex.InvalidText.self) { try Hex.decode("000".utf8) }
    }

    @Test(arguments: [
        ("/a%20b", "/a b"), ("%E4%BD%A0", "你"), ("100%", "100%"), ("%zz", "%zz"), ("", ""), ("%2", "%2"), ("%41%z", "A%z"),
        ("a+b", "a+b"),
    ])
    func percentEncoding(text: String, decoded: String) {
        #expect(PercentEncoding.decoded(text) == decoded)
        #expect(PercentEncoding.decoded("a+%2B", plusIsSpace: true) == "a +")
    }

    @Test(arguments: [
        ("replicas", "replica", false, 1), ("ab", "ba", false, 2), ("ab", "ba", true, 1), ("", "abc", true, 3),
        ("kitten", "sitting", false, 3), ("same", "same", true, 0),
    ])
    func editDistance(a: String, b: String, swapsNeighbours: Bool, distance: Int) {
        #expect(Spelling.distance(Array(a), Array(b), swapsNeighbours: swapsNeighbours) == distance)
        #expect(Spelling.distance(Array(b), Array(a), swapsNeighbours: swapsNeighbours) == distance)
    }

    @Test(arguments: [
        ("Deployment", "deployments"), ("Ingress", "ingresses"), ("NetworkPolicy", "networkpolicies"),
        ("Gateway", "gateways"),
        ("Endpoints", "endpoints"), ("PodMetrics", "pods"), ("Mailbox", "mailboxes"),
    ])
    func plurals(kind: String, name: String) { #expect(PluralNames.name(of: kind) == name) }

    /// RFC 4648, section 10, and what Go's decoder says about text that is none.
    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")])
    func base64(text: String, encoded: String) throws {
        #expect(String(decoding: Base64.encode(text.utf8), as: UTF8.self) == encoded)
        #expect(try Base64.decode(encoded.utf8) == Array(text.utf8))
        #expect(try Base64.decode((encoded.prefix(2) + "\n" + encoded.dropFirst(2)).utf8) == Array(text.utf8))
        #expect(throws: Base64.CorruptInput.self) { try Base64.decode((encoded + "A").utf8) }
    }

    @Test func threadsRunAndEnd() {
        let count = Atomic(0)
        let threads = (0..<4).compactMap { _ in WorkerThread { count.add(1, ordering: .relaxed) } }
        for thread in threads { thread.join() }
        #expect(threads.count == 4 && count.load(ordering: .relaxed) == 4)
    }
}
