import Foundation
import Testing

/// The commands of both READMEs exist and take the flags that are shown; the Chinese text shows what the English one shows.
@Suite struct ReadmeTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The blocks of code, without prose.
    private static func blocks(_ name: String) throws -> [String] {
        let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
        let parts = text.components(separatedBy: "```")
        return stride(from: 1, to: parts.count, by: 2).map { parts[$0] }
    }

    /// The words of each line that calls lintel, up to a comment or a pipe.
    private static func commands(_ name: String) throws -> [[String]] {
        try blocks(name).filter { $0.hasPrefix("console") }.flatMap { $0.components(separatedBy: "\n") }.compactMap { line in
            guard let start = line.range(of: "lintel "), line.hasPrefix("$ ") else { return nil }
            let words = line[start.upperBound...].split(separator: " ").map(String.init)
            return Array(words.prefix { $0 != "#" && $0 != "|" })
        }
    }

    @Test(arguments: ["README.md", "README.zh.md"])
    func commandsAndFlagsExist(_ name: String) throws {
        let commands = try Self.commands(name)
        #expect(commands.count > 10)
        for words in commands {
            let help = try LintelRun([words[0], "--help"])
            #expect(help.code == 0, "\(name): lintel \(words[0])")
            for flag in words.dropFirst() where flag.hasPrefix("-") && flag.count > 1 {
                let flag = flag.split(separator: "=")[0]
                let isThere =
                    help.output.contains("\(flag) ") || help.output.contains("\(flag),") || help.output.contains("\(flag)\n")
                #expect(isThere, "\(name): lintel \(words[0]) \(flag)")
            }
        }
    }

    @Test func bothShowTheSame() throws {
        #expect(try Self.blocks("README.md") == Self.blocks("README.zh.md"))
        func links(_ name: String) throws -> [String] {
            let text = try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
            return text.components(separatedBy: "](").dropFirst().map { String($0.prefix { $0 != ")" }) }.sorted()
        }
        let own = ["README.md", "README.zh.md"]
        #expect(try links("README.md").filter { !own.contains($0) } == links("README.zh.md").filter { !own.contains($0) })
    }

    /// What is linked exists.
    @Test(arguments: ["README.md", "README.zh.md"])
    func linksLeadSomewhere(_ name: String) throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
        for part in text.components(separatedBy: "](").dropFirst() {
            let target = String(part.prefix { $0 != ")" && $0 != "#" })
            if target.isEmpty || target.contains("://") { continue }
            #expect(FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(target).path), "\(name): \(target)")
        }
    }
}
