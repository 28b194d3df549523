public import Foundation

/// Golden files: what users see, word for word. `RECORD=1` writes them anew.
public enum Snapshot {
    /// Compares `text` with `Snapshots/<name>` beside the calling test; nil when they are equal, else what differs.
    public static func difference(_ text: String, _ name: String, test: String = #filePath) -> String? {
        difference(text, at: URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("Snapshots/\(name)"))
    }

    /// Compares `text` with a file; nil when they are equal, else what differs.
    public static func difference(_ text: String, at file: URL) -> String? {
        let name = file.lastPathComponent
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try? FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            do { try Data(text.utf8).write(to: file) } catch { return "cannot record \(name): \(error)" }
            return nil
        }
        guard let data = try? Data(contentsOf: file) else { return "no snapshot \(name); record it with RECORD=1" }
        let expected = String(decoding: data, as: UTF8.self)
        if expected == text { return nil }
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        return """
            \(name) differs from line \(line + 1) on
            expected: \(line < old.count ? old[line] : "(end)")
            actual:   \(line < new.count ? new[line] : "(end)")
            """
    }
}
