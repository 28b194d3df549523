import Foundation
import Inputs
@testable import Playground
import Testing

@Suite struct AssetTests {
    /// The program holds every file of the page and its texts as they are in the source: `make assets` lists new ones.
    @Test func theListOfFilesIsComplete() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Playground")
            .standardizedFileURL.path
        var found = Set<String>()
        for folder in ["web", "content"] {
            for case let name as String in FileManager.default.enumerator(atPath: "\(root)/\(folder)") ?? .init() {
                let path = "\(folder)/\(name)"
                guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
                    try FileSystem.status(of: "\(root)/\(path)").kind == .file
                else { continue }
                found.insert(path)
                let bytes = try FileSystem.read("\(root)/\(path)")
                #expect(Assets.files[path].map { Array($0.bytes) } == bytes, "\(path); run make assets")
            }
        }
        let embedded = Set(Assets.files.keys.filter { $0.hasPrefix("web/") || $0.hasPrefix("content/") })
        #expect(embedded == found, "run make assets")
        #expect(found.count > 60)
    }

    /// The page asks nobody else: no address of another server, no inline script or style.
    @Test func thePageNeedsNothingFromElsewhere() {
        for file in Assets.files(below: "web") where file.path.hasSuffix(".html") || file.path.hasSuffix(".css") {
            for mark in ["http://", "https://", "//cdn", "<style", " style=", "<script>", "@import url"] {
                let text = file.text.replacing("http://www.w3.org/2000/svg", with: "")
                #expect(!text.contains(mark), "\(file.path) has \(mark)")
            }
        }
    }
}
