/// Manifests to try policies on: `content/samples`, each with its title and a sentence in its first lines.
enum Samples {
    static let json: JSON = .object([("samples", .array(Assets.files(below: "content/samples").map(sample)))])

    private static func sample(_ asset: Assets.File) -> JSON {
        let name = String(asset.path.dropFirst("content/samples/".count))
        let id = String(name.prefix { $0 != "." })
        var lines = asset.text.split(separator: "\n", omittingEmptySubsequences: false)
        var about: [String: String] = [:]
        while let line = lines.first, line.hasPrefix("# "), let colon = line.firstIndex(of: ":") {
            about[String(line[..<colon].dropFirst(2))] = line[line.index(after: colon)...].trimmed
            lines.removeFirst()
        }
        // JSON has no comments.
        let text = about["text"] ?? "The request of an API server: a Pod on the host's network, as the webhook gets it."
        return .object([
            ("id", .string(id)), ("title", .string(about["title"] ?? "AdmissionReview")), ("text", .string(text)),
            ("file", Workspace.File(path: name, text: lines.joined(separator: "\n")).json),
        ])
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
