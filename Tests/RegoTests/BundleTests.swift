import Diagnostics
import Documents
import Rego
import Testing

@Suite struct BundleTests {
    static func file(_ path: String, _ text: String) -> BundleFile { BundleFile(path: path, bytes: Array(text.utf8)) }

    static func read(_ files: [(String, String)]) -> (bundle: Bundle?, problems: [Diagnostic]) {
        BundleReader().read(files.map { file($0, $1) }, name: "b") { "b/" + $0 }
    }

    /// Files of a bundle and a part of the problem they have; nil for none.
    static let bundles: [([(String, String)], String?)] = [
        ([], nil),
        ([("data.json", "{}"), ("a/data.yaml", "x: 1"), ("a/b/data.yml", "[1]")], nil),
        ([("data.json", "[1]")], "b/data.json must hold an object"),
        ([("a/data.json", "[1]"), ("data.json", #"{"a": 2}"#)], "b/data.json has another value for data.a"),
        ([("a/data.json", #"{"x": 1}"#), ("data.json", #"{"a": {"x": 2}}"#)], "another value for data.a.x"),
        ([("a/data.json", "{")], ""),
        ([("a/data.yaml", "a: 1\n---\nb: 1")], "has 2 documents"),
        ([(".manifest", "[]")], "its .manifest is not an object"),
        ([(".manifest", "{")], "its .manifest is not JSON"),
        ([(".manifest", #"{"roots": "a"}"#)], "roots of its .manifest is not of type array"),
        ([(".manifest", #"{"roots": [1]}"#)], "roots of its .manifest must be strings"),
        ([(".manifest", #"{"roots": ["a", "a/b"]}"#)], "overlapping roots: \"a\" and \"a/b\""),
        ([(".manifest", #"{"roots": ["a", ""]}"#)], "overlapping roots"),
        ([(".manifest", #"{"roots": ["ab", "a", "b/a"]}"#)], nil),
        ([(".manifest", #"{"rego_version": 2}"#)], "unknown version of Rego"),
        ([(".manifest", #"{"file_rego_versions": {"[": 0}}"#)], "is not a glob"),
        ([(".manifest", #"{"wasm": [{"entrypoint": "a/b", "module": "/policy.wasm"}]}"#)], "WebAssembly"),
        ([(".manifest", #"{"roots": ["a"]}"#), ("x.rego", "package a.b")], nil),
        ([(".manifest", #"{"roots": ["a/b"]}"#), ("x.rego", "package a")], #"roots ["a/b"] do not permit package a"#),
        ([(".manifest", #"{"roots": ["/a/b/"]}"#), ("data.json", #"{"a": {"b": 1}}"#)], nil),
        ([(".manifest", #"{"roots": ["a/b"]}"#), ("data.json", #"{"a": {"c": 1}}"#)], "do not permit data at /a/c"),
        ([(".manifest", #"{"roots": ["a/b"]}"#), ("data.json", #"{"a": 1}"#)], "do not permit data at /a"),
        ([(".manifest", #"{"roots": []}"#), ("data.json", #"{"a": 1}"#)], "do not permit data at /"),
    ]

    @Test(arguments: bundles.indices) func reading(index: Int) {
        let (files, wanted) = Self.bundles[index]
        let (bundle, problems) = Self.read(files)
        let text = problems.map(\.message).joined(separator: "; ")
        #expect((bundle == nil) == (wanted != nil), "\(files): \(text)")
        if let wanted, !wanted.isEmpty { #expect(text.contains(wanted), "\(files): \(text)") }
    }

    @Test func overlapsBetweenBundles() throws {
        let first = try #require(Self.read([(".manifest", #"{"roots": ["a/b", "c"]}"#)]).bundle)
        let second = try #require(Self.read([(".manifest", #"{"roots": ["a", "d"]}"#)]).bundle)
        let third = try #require(Self.read([(".manifest", #"{"roots": ["ab"]}"#)]).bundle)
        #expect(Bundle.overlaps([first, third]).isEmpty)
        #expect(Bundle.overlaps([first, second, third]).count == 1)
    }

    // MARK: Archives

    @Test func archivesKeepFiles() throws {
        let long = String(repeating: "folder/", count: 40) + "data.json"
        let files = [
            Self.file(".manifest", "{}"), Self.file(long, "{\"é\": 1}"), Self.file("x.rego", String(repeating: "x", count: 513)),
        ]
        let bytes = BundleArchive.archive(files.reversed())
        #expect(bytes == BundleArchive.archive(files))
        #expect(Set(try BundleArchive.files(in: bytes).files) == Set(files))
    }

    /// What archives by an enemy may hold, and a part of the refusal.
    static let hostile: [(String, [BundleFile])] = [
        ("leaves the bundle", [file("a/../../x.rego", "")]),
        ("leaves the bundle", [file("..", "")]),
        ("is in it twice", [file("a/x.rego", ""), file("a/./x.rego", "")]),
        ("nest too deeply", [file(String(repeating: "a/", count: 200) + "data.json", "{}")]),
        ("longer than 4096 bytes", [file(String(repeating: "a", count: 5000), "{}")]),
    ]

    @Test(arguments: hostile.indices) func refusesPaths(index: Int) {
        let (wanted, files) = Self.hostile[index]
        #expect(Self.problem(BundleArchive.archive(files)).contains(wanted))
    }

    @Test func refusesDamage() throws {
        let whole = BundleArchive.archive([Self.file("x.rego", String(repeating: "package x\n", count: 500))])
        #expect(Self.problem([]).contains("empty"))
        #expect(Self.problem(Array("package x".utf8)).contains("damaged"))
        #expect(Self.problem(Array(whole.dropLast(9))).contains("too early"))
        #expect(Self.problem(whole + [1, 2, 3]).contains("after the end"))
        var tar = try Gzip.expand(whole, limit: 1 << 20)
        #expect(Self.problem(Gzip.compress(Array(tar.prefix(700)))).contains("too early"))
        tar[0] ^= 1
        #expect(Self.problem(Gzip.compress(tar)).contains("not a tar archive"))
        for index in whole.indices.dropFirst(10) {
            var changed = whole
            changed[index] ^= 0x55
            _ = Self.problem(changed)  // whatever it says, it returns
        }
    }

    @Test func refusesTooMuch() {
        var limits = BundleLimits()
        limits.files = 3
        (limits.size, limits.fileSize) = (1000, 800)
        let bomb = Gzip.compress([UInt8](repeating: 0x20, count: 64 << 20))
        #expect(bomb.count < 1 << 17)
        #expect(Self.problem(bomb, limits).contains("more than"))
        #expect(Self.problem(BundleArchive.archive((0..<4).map { Self.file("\($0)", "") }), limits).contains("more than 3 files"))
        #expect(
            Self.problem(BundleArchive.archive([Self.file("a", String(repeating: "x", count: 900))]), limits).contains(
                "a file is larger"))
        let halves = (0..<2).map { Self.file("\($0)", String(repeating: "x", count: 600)) }
        #expect(Self.problem(BundleArchive.archive(halves), limits).contains("holds more than"))
    }

    private static func problem(_ bytes: [UInt8], _ limits: BundleLimits = BundleLimits()) -> String {
        do throws(BundleProblem) {
            _ = try BundleArchive.files(in: bytes, limits: limits)
            return ""
        } catch { return error.message }
    }
}
