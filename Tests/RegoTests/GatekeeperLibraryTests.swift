import Diagnostics
import Documents
import Foundation
import Rego
import RegoRuntime
import RegoSyntax
import TestSupport
import Testing

/// Runs the suites of the Gatekeeper policy library: a large body of v0 Rego with known verdicts.
@Suite struct GatekeeperLibraryTests {
    static let suites = ConformanceData.files(below: "gatekeeper-library", suffix: "suite.yaml")

    @Test(.enabled(if: !suites.isEmpty, "no conformance data"), arguments: suites)
    func suite(file: URL) throws {
        let suite = try #require(GatekeeperFiles.documents(file).first)
        let folder = file.deletingLastPathComponent()
        for test in suite.root.field("tests").elements {
            let template = try GatekeeperTemplate(folder.appendingPathComponent(test.field("template").string))
            let constraint = try #require(
                GatekeeperFiles.documents(folder.appendingPathComponent(test.field("constraint").string)).first)
            for testCase in test.field("cases").elements {
                let messages = try template.review(
                    folder.appendingPathComponent(testCase.field("object").string), constraint: constraint.root,
                    inventory: GatekeeperFiles.paths(testCase.field("inventory"), in: folder))
                for assertion in testCase.field("assertions").elements {
                    let name = "\(folder.lastPathComponent)/\(test.field("name").string)/\(testCase.field("name").string)"
                    check(assertion, messages, name)
                }
            }
        }
    }

    private func check(_ assertion: Value, _ messages: [String], _ name: String) {
        var matching = messages
        if let pattern = assertion.field("message").stringValue {
            matching = messages.filter { $0.range(of: pattern, options: .regularExpression) != nil }
        }
        let wanted = assertion.field("violations")
        switch wanted.kind {
        case .int: #expect(matching.count == Int(wanted.rawInt), "\(name): \(messages)")
        case .bool: #expect(matching.isEmpty != wanted.isTrue, "\(name): \(messages)")
        default: #expect(!matching.isEmpty, "\(name): \(messages)")
        }
    }
}

enum GatekeeperFiles {
    static func documents(_ file: URL) throws -> [Document] {
        let source = SourceFile(path: file.path, bytes: Array(try Data(contentsOf: file)))
        let stream = YAMLReader().read(source)
        #expect(stream.diagnostics.isEmpty, "\(file.path)")
        return stream.documents
    }

    static func paths(_ list: Value, in folder: URL) -> [URL] {
        list.kind == .array ? list.elements.map { folder.appendingPathComponent($0.string) } : []
    }
}

/// A constraint template compiled with our engine.
private struct GatekeeperTemplate {
    let engine: Engine
    let entrypoint: Entrypoint

    init(_ file: URL) throws {
        let document = try #require(GatekeeperFiles.documents(file).first)
        let target = document.root.field("spec").field("targets").elements[0]
        var rego = target.field("rego"), libraries = target.field("libs")
        if target.field("code").kind == .array,
            let code = target.field("code").elements.first(where: { $0.field("engine").stringValue == "Rego" })
        {
            (rego, libraries) = (code.field("source").field("rego"), code.field("source").field("libs"))
        }
        var sources = [ModuleSource(file: SourceFile(path: "template.rego", text: rego.string), version: .v0)]
        if libraries.kind == .array {
            sources += libraries.elements.enumerated().map { index, text in
                ModuleSource(file: SourceFile(path: "lib\(index).rego", text: text.string), version: .v0)
            }
        }
        let package = rego.string.split(separator: "\n").first { $0.hasPrefix("package ") }!.dropFirst(8)
            .trimmingCharacters(in: .whitespaces)
        let path = "data.\(package).violation"
        let (engine, diagnostics) = Engine.compile(sources, entrypoints: [path], builtins: TestBuiltins.table)
        self.engine = try #require(engine, "\(file.path): \(diagnostics.map(\.message))")
        entrypoint = try #require(self.engine.entrypoint(path))
    }

    /// The messages of the violations that an object has.
    func review(_ file: URL, constraint: Value, inventory: [URL]) throws -> [String] {
        let document = try #require(GatekeeperFiles.documents(file).first)
        let stored = try inventory.flatMap { try GatekeeperFiles.documents($0) }
        let made = Document { arena in
            arena.object([
                "input": arena.object([
                    "review": Self.review(document.root, in: arena),
                    "parameters": parameters(constraint, in: arena),
                ]),
                "data": arena.object(["inventory": Self.inventory(stored.map(\.root), in: arena)]),
            ])
        }
        let evaluator = Evaluator(engine, data: made.root.field("data"))
        evaluator.begin(input: made.root.field("input"))
        switch evaluator.evaluate(entrypoint) {
        case .undefined: return []
        case .fault(let fault): return [fault.message]
        case .value(let set):
            var seen = Set<String>()
            return set.elements.compactMap { result in
                let message = result.field("msg").string
                return seen.insert(message + JSONWriter.string(result.field("details"))).inserted ? message : nil
            }
        }
    }

    private func parameters(_ constraint: Value, in arena: Arena) -> Value {
        let written = constraint.field("spec").field("parameters")
        return written.isDefined ? written : arena.object([ObjectEntry]())
    }

    private static func review(_ object: Value, in arena: Arena) -> Value {
        if object.field("kind").stringValue == "AdmissionReview" { return object.field("request") }
        let parts = object.field("apiVersion").string.split(separator: "/")
        let kind = arena.object([
            "group": arena.string(parts.count == 2 ? String(parts[0]) : ""), "version": arena.string(String(parts.last ?? "")),
            "kind": object.field("kind"),
        ])
        let metadata = object.field("metadata")
        var entries = [
            ObjectEntry(key: arena.string("kind"), value: kind), ObjectEntry(key: arena.string("object"), value: object),
            ObjectEntry(key: arena.string("operation"), value: arena.string("")),
            ObjectEntry(key: arena.string("oldObject"), value: .null),
            ObjectEntry(key: arena.string("userInfo"), value: arena.object([ObjectEntry]())),
        ]
        for name in ["name", "namespace"] where metadata.field(named: name).isDefined {
            entries.append(ObjectEntry(key: arena.string(name), value: metadata.field(named: name)))
        }
        return arena.object(entries)
    }

    private static func inventory(_ objects: [Value], in arena: Arena) -> Value {
        func nest(_ paths: [(path: [String], value: Value)]) -> Value {
            let groups = Dictionary(grouping: paths) { $0.path[0] }
            return arena.object(
                groups.map { key, group in
                    let value =
                        group[0].path.count == 1 ? group[0].value : nest(group.map { (Array($0.path.dropFirst()), $0.value) })
                    return ObjectEntry(key: arena.string(key), value: value)
                })
        }
        return nest(
            objects.map { object in
                let metadata = object.field("metadata")
                let tail = [object.field("apiVersion").string, object.field("kind").string, metadata.field("name").string]
                let namespace = metadata.field("namespace").stringValue
                return (namespace.map { ["namespace", $0] + tail } ?? ["cluster"] + tail, object)
            })
    }
}
