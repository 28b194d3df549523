package import Diagnostics
import Documents
import Inputs

/// Tells people who give a manifest or data where Rego is read so, in place of an error for each line.
package enum NotRego {
    /// - Parameter problems: what the parser of Rego says about the file.
    /// - Returns: one problem in their place; nil when the file is meant to be Rego.
    package static func problem(of file: SourceFile, _ problems: [Diagnostic]) -> Diagnostic? {
        guard let first = problems.first(where: { $0.severity == .error }), !hasPackage(file) else { return nil }
        let language: String
        if file.path.hasSuffix(".json") {
            language = "JSON"
        } else if [".yaml", ".yml"].contains(where: file.path.hasSuffix) || isManifest(file) {
            language = "YAML"
        } else {
            return nil
        }
        return Diagnostic(
            code: "rego_parse_error", message: "\(file.path) is \(language), not Rego", range: first.range,
            hint: "name a .rego file; manifests are judged by lintel check, and documents are read beside policies with -d or -i")
    }

    /// Whether a line begins with the word that every module of Rego begins with.
    private static func hasPackage(_ file: SourceFile) -> Bool {
        file.text(in: 0..<file.bytes.count).split(whereSeparator: \.isNewline).contains { $0.hasPrefix("package ") }
    }

    private static func isManifest(_ file: SourceFile) -> Bool {
        YAMLReader().read(file).documents.contains { $0.root.isManifest }
    }
}
