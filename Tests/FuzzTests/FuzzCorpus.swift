import Foundation
import TestSupport

/// Text to start from: the public suites, where they are, and this package's policies and examples.
struct FuzzCorpus {
    /// Modules of the evaluation cases.
    var modules: [String] = []
    /// Modules of the policy library.
    var policies: [String] = []
    var json: [String] = []
    var yaml: [String] = []

    private struct Case: Decodable {
        var modules: [String]?
    }

    init() throws {
        for file in ConformanceData.files(below: "rego-v1", suffix: ".json") {
            let data = try Data(contentsOf: file)
            modules += try JSONDecoder().decode([Case].self, from: data).flatMap { $0.modules ?? [] }
            if data.count < 20_000 { json.append(String(decoding: data, as: UTF8.self)) }
        }
        yaml += Self.texts(ConformanceData.files(below: "gatekeeper-library", suffix: ".yaml"))
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        policies = Self.texts(Self.files(package.appending(path: "policies"), "rego"))
        yaml += Self.texts(Self.files(package.appending(path: "examples"), "yaml"))
        if modules.isEmpty { modules = policies }
        if json.isEmpty { json = [#"{"a": [1, 2.5e3, "\u00e9\ud83d\ude00", null, {"b": {}}]}"#] }
    }

    private static func files(_ folder: URL, _ suffix: String) -> [URL] {
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
    }

    private static func texts(_ files: [URL]) -> [String] {
        files.compactMap { try? String(contentsOf: $0, encoding: .utf8) }.filter { $0.utf8.count < 20_000 }
    }
}
