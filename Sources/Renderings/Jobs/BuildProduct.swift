import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs
import Kustomize

/// What a build made: documents with the file that each is counted to.
struct BuildProduct: Sendable {
    var documents: [(document: Document, path: String)] = []
    /// Files that took part, absolute.
    var used: Set<String> = []
    var warnings: [Diagnostic] = []
}

/// Why nothing could be built.
struct BuildFailure: Error {
    var reason: String
    var diagnostics: [Diagnostic]
}
