import Foundation

/// Lines `term => result` of a case file beside the tests; `#` begins a comment line.
enum CaseFile {
    static func cases(_ name: String) -> [(term: String, result: String)] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases/\(name).txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let arrow = line.range(of: " => ", options: .backwards) else { return nil }
            return (String(line[..<arrow.lowerBound]), String(line[arrow.upperBound...]))
        }
    }
}
