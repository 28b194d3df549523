public import Documents
public import RegoSyntax
public import Diagnostics
import RegoRuntime

/// What a bundle says of itself in `.manifest` (OPA documentation, "Bundle File Format").
public struct Manifest: Sendable {
    /// A name for the state of the bundle, chosen by whoever built it.
    public var revision = ""
    /// The parts of `data` that the bundle owns, with slashes; the empty root is all of it.
    public var roots = [""]
    /// The dialect of its modules.
    public var regoVersion: RegoVersion?
    /// Dialects of modules whose path fits a glob.
    public var fileRegoVersions: [String: RegoVersion] = [:]
    /// The member `metadata`, free for the author's use.
    public var metadata: Document?
    /// Whether entrypoints are answered by WebAssembly modules.
    public var hasWebAssembly = false

    public init() {}

    /// Reads the JSON of a manifest; unknown members mean nothing.
    /// - Throws: `BundleProblem` when the text is no manifest.
    public init(reading file: SourceFile) throws(BundleProblem) {
        let document: Document
        do { document = try JSONReader.read(file, keepsPositions: false) } catch {
            throw BundleProblem("its .manifest is not JSON: \(error.message)")
        }
        self = try document.withRoot { root in
            Result { () throws(BundleProblem) in try Manifest(root) }
        }.get()
    }

    private init(_ root: Value) throws(BundleProblem) {
        guard root.kind == .object else { throw BundleProblem("its .manifest is not an object") }
        func member(_ name: StaticString, _ kind: Value.Kind, _ wanted: String) throws(BundleProblem) -> Value? {
            let value = root.field(name)
            if value.isUndefined || value.kind == .null { return nil }
            guard value.kind == kind else { throw BundleProblem("\(name) of its .manifest is not of type \(wanted)") }
            return value
        }
        revision = try member("revision", .string, "string")?.string ?? ""
        if let list = try member("roots", .array, "array") {
            guard list.elements.allSatisfy({ $0.kind == .string }) else {
                throw BundleProblem("roots of its .manifest must be strings")
            }
            roots = list.elements.map { Self.trimmed($0.string) }
        }
        let version = root.field("rego_version")
        if version.isDefined, version.kind != .null { regoVersion = try Self.version(version) }
        if let patterns = try member("file_rego_versions", .object, "object") {
            for (pattern, version) in zip(patterns.keys, patterns.values) {
                guard Globs.matches(pattern.string, "") != nil else {
                    throw BundleProblem("\(pattern.string) in file_rego_versions of its .manifest is not a glob")
                }
                fileRegoVersions[pattern.string] = try Self.version(version)
            }
        }
        metadata = try member("metadata", .object, "object").map { value in Document { $0.copy(value) } }
        hasWebAssembly = (try member("wasm", .array, "array")?.count ?? 0) > 0
        for (index, first) in roots.enumerated() {
            for second in roots[(index + 1)...] where Self.overlap(first, second) {
                throw BundleProblem("its .manifest has overlapping roots: \"\(first)\" and \"\(second)\"")
            }
        }
    }

    private static func version(_ value: Value) throws(BundleProblem) -> RegoVersion {
        switch value.intValue {
        case 0: return .v0
        case 1: return .v1
        default: throw BundleProblem("its .manifest names an unknown version of Rego; 0 and 1 are known")
        }
    }

    private static func trimmed(_ root: String) -> String {
        String(root.drop { $0 == "/" }.reversed().drop { $0 == "/" }.reversed())
    }

    /// The dialect of a module: that of the longest pattern for it, else that of the bundle.
    public func version(of path: String) -> RegoVersion? {
        let patterns = fileRegoVersions.keys.sorted { ($0.utf8.count, $1) > ($1.utf8.count, $0) }
        let match = patterns.first { Globs.matches($0, "/" + path) == true || Globs.matches($0, path) == true }
        return match.flatMap { fileRegoVersions[$0] } ?? regoVersion
    }

    // MARK: Roots

    /// Whether one root lies in the other.
    static func overlap(_ left: String, _ right: String) -> Bool {
        let (left, right) = (segments(left), segments(right))
        return right.starts(with: left) || left.starts(with: right)
    }

    /// Whether the bundle owns a path below `data`.
    func owns(_ path: [String]) -> Bool {
        roots.contains { path.starts(with: Self.segments($0)) }
    }

    /// Whether a root lies at or below a path.
    func hasRoot(below path: [String]) -> Bool {
        roots.contains { Self.segments($0).starts(with: path) }
    }

    static func segments(_ root: String) -> [String] { root.split(separator: "/").map(String.init) }

    /// The roots as messages show them.
    var rootsText: String { "[" + roots.map { "\"\($0)\"" }.joined(separator: ", ") + "]" }
}
