import Foundation
import TestSupport
import Testing

/// The help of every subcommand, word for word.
@Suite struct HelpTests {
    /// The words that lead to each subcommand, as the program itself lists them.
    static let commands: [String] = {
        guard let run = try? LintelRun(["--experimental-dump-help"]),
            let root = try? JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any],
            let command = root["command"] as? [String: Any]
        else { return [] }
        func walk(_ command: [String: Any], _ words: [String]) -> [String] {
            let children = command["subcommands"] as? [[String: Any]] ?? []
            return [words.joined(separator: " ")]
                + children.flatMap { child -> [String] in
                    guard let name = child["commandName"] as? String, name != "help" else { return [] }
                    return walk(child, words + [name])
                }
        }
        return walk(command, [])
    }()

    @Test func allCommandsAreListed() { #expect(Self.commands.count > 20) }

    @Test(arguments: commands)
    func help(_ command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let run = try LintelRun(words + ["--help"])
        #expect(run.code == 0)
        #expect(Snapshot.difference(run.output, "\((["help"] + words).joined(separator: "-")).txt") == nil)
    }

    /// A snapshot that no subcommand has any more is a leftover.
    @Test func noSnapshotIsLeftOver() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")
        let names = Set(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("help") })
        let wanted = Self.commands.map {
            (["help"] + $0.split(separator: " ").map(String.init)).joined(separator: "-") + ".txt"
        }
        #expect(names.subtracting(wanted) == [])
    }
}
