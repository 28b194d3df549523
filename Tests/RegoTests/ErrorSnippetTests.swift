import Diagnostics
import Foundation
import Rego
import RegoSyntax
import TestSupport
import Testing

/// What authors see for modules with mistakes: `Snippets/errors/x.rego` beside `x.txt`; `RECORD=1` writes the texts anew.
/// Names that begin with `v0_` are read as Rego v0, those with `strict_` under strict checks.
@Suite struct ErrorSnippetTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snippets/errors")
    static let files = ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
        .filter { $0.pathExtension == "rego" }.sorted { $0.path < $1.path }

    @Test func snippetsExist() { #expect(Self.files.count >= 60) }

    @Test(arguments: files)
    func message(file: URL) throws {
        let name = file.lastPathComponent
        let source = SourceFile(path: name, bytes: Array(try Data(contentsOf: file)))
        var options = CompileOptions()
        options.isStrict = name.contains("strict_")
        let module = ModuleSource(file: source, version: name.hasPrefix("v0_") ? .v0 : .v1)
        let (engine, problems) = Engine.compile([module], builtins: TestBuiltins.table, options: options)
        #expect(engine == nil, "\(name) compiles")
        let text = DiagnosticRenderer().render(problems)
        let difference = Snapshot.difference(text, at: file.deletingPathExtension().appendingPathExtension("txt"))
        #expect(difference == nil, "\(difference ?? "")")
    }
}
