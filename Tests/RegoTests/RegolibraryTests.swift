import Diagnostics
import Documents
import Foundation
import Rego
import RegoRuntime
import RegoSyntax
import TestSupport
import Testing

/// Runs the published cases of Kubescape's rules: what a rule says about the objects of a case, and at which paths.
@Suite struct RegolibraryTests {
    private static let folder = ConformanceData.url(of: "kubernetes/regolibrary")
    static let files = ConformanceData.files(below: "kubernetes/regolibrary", suffix: "cases.json")

    @Test(.enabled(if: !files.isEmpty, "no conformance data"), arguments: files)
    func rule(file: URL) throws {
        let cases = try Self.document(file)
        if cases.root.count == 0 { return }
        for filter in [false, true] {
            let name = filter ? "expectFilter" : "expect"
            let wanted = cases.root.elements.filter { $0.field(named: name).isDefined }
            if wanted.isEmpty { continue }
            let rego = file.deletingLastPathComponent().appendingPathComponent(filter ? "filter.rego" : "raw.rego")
            let libraries = ConformanceData.files(below: "kubernetes/regolibrary/lib", suffix: ".rego")
            let sources = try ([rego] + libraries).map { url in
                ModuleSource(file: SourceFile(path: url.path, bytes: try ConformanceData.bytes(of: url)), version: .v0)
            }
            let (engine, problems) = Engine.compile(sources, queries: ["x = data.armo_builtins"], builtins: TestBuiltins.table)
            let compiled = try #require(engine, "\(DiagnosticRenderer().render(problems))")
            for entry in wanted {
                let found = try Self.results(of: compiled, entry), expected = entry.field(named: name).elements
                #expect(
                    found.sorted() == expected.map { Self.text($0, of: $0.field("objects")) }.sorted(),
                    "\(entry.field("name").string)")
            }
        }
    }

    private static func document(_ file: URL) throws -> Document {
        try JSONReader.read(SourceFile(path: file.path, bytes: try ConformanceData.bytes(of: file)), keepsPositions: false)
    }

    private static func results(of engine: Engine, _ entry: Value) throws -> [String] {
        let inputs = try document(folder.appendingPathComponent("default-inputs.json"))
        let own = entry.field("postureControlInputs")
        let data = Document { arena in
            var members: [String: Value] = [:]
            for map in [inputs.root.field("postureControlInputs"), own] where map.kind == .object {
                for (key, value) in zip(map.keys, map.values) { members[key.string] = arena.copy(value) }
            }
            let settings = arena.object(members.map { ObjectEntry(key: arena.string($0), value: $1) })
            return arena.object(["postureControlInputs": settings])
        }
        let evaluator = Evaluator(engine, data: data.root)
        evaluator.begin(input: entry.field("input"))
        guard let row = try evaluator.query("x = data.armo_builtins").first else { return [] }
        let package = row.bindings[0].value
        return package.values.filter { $0.kind == .set }.flatMap(\.elements).map { alert in
            text(alert, of: objects(alert.field("alertObject")))
        }
    }

    /// Kind and name of the objects of an alert, in a list as the cases have it.
    private static func objects(_ alert: Value) -> Value {
        // Some rules write it another way, and Go's decoder takes that too.
        let objects = [alert.field("k8sApiObjects"), alert.field("k8SApiObjects")]
        return objects.first { $0.kind == .array } ?? .undefined
    }

    /// A result in words that do not depend on the order of its paths.
    private static func text(_ result: Value, of objects: Value) -> String {
        var parts = [result.field("alertMessage").stringValue ?? ""]
        for name in ["failedPaths", "reviewPaths", "deletePaths", "fixPaths"] {
            let list = result.field(named: name)
            let isList = list.kind == .array || list.kind == .set
            let paths = isList ? list.elements.map { JSONWriter.string($0) } : list.isDefined ? [JSONWriter.string(list)] : []
            parts.append("\(name): \(paths.sorted())")
        }
        let named = objects.kind == .array ? objects.elements.map(name) : []
        return (parts + ["\(named.sorted())"]).joined(separator: "\n")
    }

    private static func name(_ object: Value) -> String {
        if object.kind == .array { return object.elements.map { $0.stringValue ?? "" }.joined(separator: "/") }
        let name = object.field("metadata").field("name").stringValue ?? object.field("name").stringValue ?? ""
        return "\(object.field("kind").stringValue ?? "")/\(name)"
    }
}
