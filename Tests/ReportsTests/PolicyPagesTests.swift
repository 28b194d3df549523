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
        // The index and each page name the same profiles.
        let index = try #require(pages.first { $0.name == "README.md" }).text.split(separator: "\n")
        for page in pages where page.name != "README.md" {
            let row = try #require(index.first { $0.contains("](\(page.name))") }, "\(page.name) is not in the index")
            let own = try #require(page.text.split(separator: "\n").first { $0.hasPrefix("| profiles | ") }, "\(page.name)")
            #expect(row.contains(own.dropFirst("| profiles ".count)), "\(page.name): \(row) beside \(own)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names) == Set(pages.map(\.name)), "pages of policies that are gone: run `make docs`")
    }
}
