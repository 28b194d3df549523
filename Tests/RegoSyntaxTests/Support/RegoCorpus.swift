import Diagnostics
import Foundation
import RegoSyntax
import TestSupport

/// Rego text of the public suites.
enum RegoCorpus {
    struct Source {
        var name: String
        var file: SourceFile
        var version: RegoVersion
    }

    private struct Case: Decodable {
        var note: String
        var modules: [String]?
    }

    /// The modules of OPA's evaluation cases, all v1.
    static func suiteModules() throws -> [Source] {
        var sources: [Source] = []
        for url in ConformanceData.files(below: "rego-v1", suffix: ".json") {
            for item in try JSONDecoder().decode([Case].self, from: Data(contentsOf: url)) {
                for (index, text) in (item.modules ?? []).enumerated() {
                    let file = SourceFile(path: "test-\(index).rego", text: text)
                    sources.append(Source(name: item.note, file: file, version: .v1))
                }
            }
        }
        return sources
    }

    /// The policies of Gatekeeper's constraint templates, v0 unless a template says otherwise.
    ///
    /// They are block scalars (`rego: |`) and items of `libs:` lists, which are cut out by indentation.
    static func gatekeeperModules() throws -> [Source] {
        var sources: [Source] = []
        for url in ConformanceData.files(below: "gatekeeper-library", suffix: "template.yaml") {
            let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
            let version: RegoVersion = lines.contains { $0.contains("version: v1") } ? .v1 : .v0
            for text in blockScalars(of: lines) where text.contains("package ") {
                sources.append(Source(name: url.path, file: SourceFile(path: url.path, text: text), version: version))
            }
        }
        return sources
    }

    /// The Rego files of this package's policies.
    static func policyLibrary() -> [URL] {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let walker = FileManager.default.enumerator(
            at: package.appendingPathComponent("policies"), includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "rego" }
    }

    private static func blockScalars(of lines: [String]) -> [String] {
        var texts: [String] = []
        var index = 0
        while index < lines.count {
            let header = lines[index].trimmingCharacters(in: .whitespaces)
            index += 1
            guard ["rego: |", "rego: |-", "rego: |+", "- |", "- |-", "rego: >"].contains(header) else { continue }
            let start = index
            let indent =
                lines[start...].first { !$0.trimmingCharacters(in: .whitespaces).isEmpty }?.prefix { $0 == " " }.count ?? 0
            while index < lines.count, lines[index].isEmpty || lines[index].prefix(while: { $0 == " " }).count >= indent {
                index += 1
            }
            texts.append(lines[start..<index].map { String($0.dropFirst(indent)) }.joined(separator: "\n"))
        }
        return texts
    }
}
