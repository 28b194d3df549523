import Catalogue
import Diagnostics
import Foundation
@testable import Reports
import Testing

@Suite struct KnownChecksPageTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    /// Every check has a policy, every policy exists, and `docs/known-checks.md` says so.
    @Test func everyCheckIsCovered() throws {
        let source = try Data(contentsOf: Self.package.appendingPathComponent("policies/known-checks.yaml"))
        let coverage = SourceFile(path: "policies/known-checks.yaml", bytes: Array(source))
        let page = KnownChecksPage(coverage, library: try PolicyLibrary.embedded())
        #expect(page.problems.isEmpty)
        #expect(page.text.contains("## Checks that three or more tools have (85)"))
        #expect(page.text.contains("## Controls of the Pod Security Standards (19)"))
        let written = try? Data(contentsOf: Self.package.appendingPathComponent("docs/known-checks.md"))
        #expect(written == Data(page.text.utf8), "docs/known-checks.md is stale: run `make docs`")
    }

    @Test func gapsAreNamed() throws {
        let coverage = SourceFile(path: "c.yaml", text: "must_have: {a: [], b: [LT-POD-999]}\n")
        let page = KnownChecksPage(coverage, library: try PolicyLibrary.embedded())
        #expect(page.problems == ["no policy covers a", "b names LT-POD-999, which is not a policy"])
    }
}
