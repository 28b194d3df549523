import Catalogue
import Foundation
@testable import Reports
import Testing

@Suite struct PolicyPagesTests {
    /// `docs/policies/` is what `lintel policies docs` writes.
    @Test func pagesAreFresh() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/policies").standardizedFileURL
        let pages = PolicyPages(library: try PolicyLibrary.embedded()).pages
        for page in pages {
            let written = try? Data(contentsOf: folder.appendingPathComponent(page.name))
            #expect(written == Data(page.text.utf8), "docs/policies/\(page.name) is stale: run `make docs`")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names) == Set(pages.map(\.name)), "pages of policies that are gone: run `make docs`")
    }
}
