import Foundation
import Testing

/// `examples/editors` in the editors themselves: each violation of `--format compact` becomes an entry at its place.
@Suite struct EditorTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        .standardizedFileURL
    private static let manifests = "examples/cis/careless/cluster"

    private static func installed(_ name: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The violations as `FILE:LINE:COLUMN:LEVEL`, and what is said.
    private static func violations() throws -> [(place: String, level: String, text: String)] {
        let run = try LintelRun(["check", "--format", "compact", manifests], in: root)
        let lines = run.output.split(separator: "\n")
        return try lines.map { line in
            let match = try #require(String(line).wholeMatch(of: #/(.+?:\d+:\d+): (error|warning|note): (.*)/#), "\(line)")
            return (String(match.1), String(match.2), String(match.3))
        }
    }

    /// Runs an editor where `lintel` is the program under test; what it wrote to `list`.
    private static func entries(_ program: String, _ arguments: [String], in scratch: TemporaryFolder) throws -> [String] {
        try FileManager.default.createSymbolicLink(
            at: scratch.url.appendingPathComponent("lintel"), withDestinationURL: LintelRun.program)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.environment = [
            "PATH": "\(scratch.url.path):/usr/bin:/bin", "HOME": scratch.url.path, "TERM": "dumb", "LANG": "C.UTF-8",
            "LIST": scratch.url.appendingPathComponent("list").path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let list = try String(contentsOf: scratch.url.appendingPathComponent("list"), encoding: .utf8)
        return list.split(separator: "\n").map(String.init)
    }

    @Test(.enabled(if: installed("vim") != nil, "vim is not installed"))
    func vimFillsItsQuickfixList() throws {
        let found = try Self.violations()
        #expect(found.count > 20)
        let list = "printf('%s:%d:%d %s %s', bufname(e.bufnr), e.lnum, e.col, e.type, e.text)"
        let entries = try Self.entries(
            Self.installed("vim") ?? "",
            [
                "-es", "-u", "NONE", "-i", "NONE", "-N", "--cmd", "set runtimepath+=examples/editors/vim", "-c",
                "compiler lintel",
                "-c", "silent! make! \(Self.manifests)",
                "-c", "call writefile(map(filter(getqflist(), {_, e -> e.valid}), {_, e -> \(list)}), $LIST)", "-c", "qa!",
            ], in: TemporaryFolder())
        #expect(entries == found.map { "\($0.place) \($0.level.prefix(1)) \($0.text)" })
    }

    @Test(.enabled(if: installed("emacs") != nil, "emacs is not installed"))
    func emacsGoesFromOneToTheNext() throws {
        let found = try Self.violations()
        let walk = """
            (let ((buffer (compile "lintel check --format compact \(Self.manifests)")) (root default-directory) (list nil))
              (while (get-buffer-process buffer) (accept-process-output nil 0.05))
              (with-current-buffer buffer
                (goto-char (point-min))
                (condition-case nil
                    (while t
                      (compilation-next-error 1)
                      (let* ((message (get-text-property (point) 'compilation-message))
                             (place (compilation--message->loc message)))
                        (push (format "%s:%d:%d %d" (caar (compilation--loc->file-struct place))
                                      (compilation--loc->line place) (compilation--loc->col place)
                                      (compilation--message->type message)) list)))
                  (user-error nil)))
              (with-temp-file (getenv "LIST") (insert (mapconcat #'identity (nreverse list) "\\n"))))
            """
        let entries = try Self.entries(
            Self.installed("emacs") ?? "",
            ["-Q", "--batch", "-l", "examples/editors/emacs/lintel.el", "--eval", walk], in: TemporaryFolder())
        let types = ["error": 2, "warning": 1, "note": 0]
        // Emacs goes to each place once.
        var expected: [String] = []
        for violation in found {
            let entry = "\(violation.place) \(types[violation.level] ?? -1)"
            if expected.last != entry { expected.append(entry) }
        }
        #expect(entries == expected)
    }

    /// VS Code is not among Debian's packages: its matcher is applied as it applies it, line by line.
    @Test func theMatcherOfVisualStudioCodeTakesEachLine() throws {
        let tasks = try JSONSerialization.jsonObject(
            with: Data(contentsOf: Self.root.appendingPathComponent("examples/editors/vscode/tasks.json")))
        let task = try #require(((tasks as? [String: Any])?["tasks"] as? [[String: Any]])?.first)
        let matcher = try #require(task["problemMatcher"] as? [String: Any])
        let pattern = try #require(matcher["pattern"] as? [String: Any])
        let expression = try NSRegularExpression(pattern: try #require(pattern["regexp"] as? String))
        let command = try #require(task["args"] as? [String])
        let run = try LintelRun(command.dropLast() + [Self.manifests], in: Self.root)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.count > 20)
        for (line, found) in zip(lines, try Self.violations()) {
            let match = try #require(
                expression.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)), "\(line)")
            func group(_ name: String) -> String {
                guard let number = pattern[name] as? Int, let range = Range(match.range(at: number), in: line) else { return "" }
                return String(line[range])
            }
            #expect("\(group("file")):\(group("line")):\(group("column"))" == found.place)
            #expect(group("severity") == found.level)
            #expect("\(group("message")) [\(group("code"))]" == found.text)
        }
    }
}
