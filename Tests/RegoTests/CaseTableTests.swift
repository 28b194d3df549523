import Diagnostics
import Documents
import Foundation
import Testing

/// Runs the project's own tables: corners of the language and of the builtins with the answers that OPA gives,
/// in OPA's case format with one more field, `rego_versions`; `want_result` is JSON text where YAML would round numbers.
@Suite struct CaseTableTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    static let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
        .compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }

    @Test func tablesExist() { #expect(Self.files.count >= 10) }

    @Test(arguments: files)
    func table(file: URL) throws {
        let stream = YAMLReader().read(SourceFile(path: file.path, bytes: Array(try Data(contentsOf: file))))
        #expect(stream.diagnostics.isEmpty, "\(stream.diagnostics)")
        let cases = try #require(stream.documents.first).root.field("cases")
        let problems = cases.elements.compactMap { value in
            let testCase = ConformanceCase(value)
            return testCase.problem().map { "\(testCase.note): \($0)" }
        }
        #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }
}
