import Foundation

/// One run of the real program.
struct LintelRun {
    var output = ""
    var errors = ""
    var code: Int32 = -1
    var seconds = 0.0

    /// Beside this file.
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

    /// The program that was built with the tests.
    static let program: URL = {
        var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".")
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("lintel")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../.build/debug/lintel").standardizedFileURL
    }()

    /// Runs `lintel` in a folder and waits; a run that takes too long is ended and has code -9.
    init(
        _ arguments: [String], in folder: URL = LintelRun.fixtures, input: String = "",
        environment: [String: String] = [:], timeout: Double = 120
    ) throws {
        let scratch = try TemporaryFolder()
        let files = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        let start = Date()
        try process.run()
        while process.isRunning {
            if Date().timeIntervalSince(start) > timeout {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                code = -9
                return
            }
            usleep(2000)
        }
        seconds = Date().timeIntervalSince(start)
        code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    }

    /// What differs from run to run made the same.
    var stableOutput: String {
        output.replacing(#/ in [0-9]+\.[0-9]{2} s\./#, with: " in 0.00 s.")
            .replacing(#/time="[0-9]+\.[0-9]{3}"/#, with: "time=\"0.000\"")
            .replacing(#/"seconds": [0-9]+/#, with: "\"seconds\": 0")
            .replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/#, with: "2000-01-01T00:00:00Z")
    }
}

/// A folder that goes away with its owner.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file below the folder.
    func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

    /// Writes files below the folder, by path.
    func write(_ files: [String: String]) throws { for (path, text) in files { try write(text, to: path) } }

    func write(_ data: Data, to path: String) throws {
        let file = url.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }
}
