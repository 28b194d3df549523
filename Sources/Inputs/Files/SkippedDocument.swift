/// A document or a whole file that no policy looks at, and why.
package struct SkippedDocument: Sendable, Hashable {
    /// Why it is not checked, in words that follow a number.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        case empty = "empty document"
        case notObject = "not an object"
        case notKubernetes = "not a Kubernetes object"
        case kustomization = "kustomization"
        case helmTemplate = "Helm template"
        case hiddenFile = "hidden file that is no manifest"
        case hiddenFolder = "hidden folder"
        case invalidJSON = "invalid JSON that is no manifest"
        case specialFile = "pipe, socket or device"
        case notAuditEvent = "no audit event"

        /// The name on the command line and in JSON.
        package var id: String {
            switch self {
            case .empty: "empty"
            case .notObject: "not-object"
            case .notKubernetes: "not-kubernetes"
            case .kustomization: "kustomization"
            case .helmTemplate: "helm-template"
            case .hiddenFile: "hidden-file"
            case .hiddenFolder: "hidden-folder"
            case .invalidJSON: "invalid-json"
            case .specialFile: "special-file"
            case .notAuditEvent: "not-audit-event"
            }
        }

        /// The reason of that name.
        package init?(id: String) {
            guard let reason = Self.allCases.first(where: { $0.id == id }) else { return nil }
            self = reason
        }

        /// Whether a whole file or folder is left out rather than a document of a file.
        package var isOfFile: Bool {
            switch self {
            case .helmTemplate, .hiddenFile, .hiddenFolder, .invalidJSON, .specialFile: true
            case .empty, .notObject, .notKubernetes, .kustomization, .notAuditEvent: false
            }
        }
    }

    package var path: String
    /// Number of the document in its file, from 0.
    package var documentIndex: Int
    /// 1-based line on which it begins.
    package var line: Int
    package var reason: Reason

    package init(path: String, documentIndex: Int, line: Int, reason: Reason) {
        self.path = path
        self.documentIndex = documentIndex
        self.line = line
        self.reason = reason
    }

    /// A file or folder that is left out as a whole.
    init(file: String, reason: Reason) { self.init(path: file, documentIndex: 0, line: 1, reason: reason) }
}
