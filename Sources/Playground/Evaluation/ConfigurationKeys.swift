import Catalogue
import Diagnostics
import Documents

/// Which settings of `lintel.yaml` hold here.
enum ConfigurationKeys {
    /// Settings about the policies of a run; the others are about files, builds, reports and clusters.
    private static let known: Set = [
        "parameters", "severity", "skip", "exceptions", "noExceptions", "inlineExceptions", "foreignExceptions", "extends",
        "kubernetesVersion",
    ]

    /// What has no effect is said, so that nobody takes it for tried.
    static func remarks(_ source: SourceFile) -> [Diagnostic] {
        guard let document = YAMLReader().read(source).documents.first, document.root.kind == .object else { return [] }
        return document.root.keys.compactMap(\.stringValue).filter { !known.contains($0) && keys.contains($0) }.map { key in
            let place = document.place(at: DocumentPath([.key(key)]))
            return Diagnostic(
                code: "no_effect", severity: .note, message: "\(key) has no effect in the playground",
                range: document.range(place.keySpan ?? place.span),
                hint: "lintel check goes by it; here only settings about policies and exceptions hold")
        }
    }

    private static let keys = Set(ConfigurationReader.keys)
}
