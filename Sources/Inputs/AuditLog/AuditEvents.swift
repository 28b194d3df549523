import Diagnostics
package import Documents

/// One event of the API server's audit log (`audit.k8s.io`), with its place in a file.
package struct AuditEvent: Sendable {
    package let document: Document
    /// The name of the log in reports.
    package let path: String
    /// The line of the log that the document's first line is, from 1.
    package let line: Int

    package init(_ document: Document, path: String, line: Int = 1) {
        self.document = document
        self.path = path
        self.line = line
    }

    private func text(_ name: StaticString) -> String { document.root.field(name).stringValue ?? "" }

    package var id: String { text("auditID") }
    package var stage: String { text("stage") }
    package var verb: String { text("verb") }
    package var user: String { document.root.field("user").field("username").stringValue ?? "" }
    /// When the stage was reached, as the log has it.
    package var time: String {
        let stage = text("stageTimestamp")
        return stage.isEmpty ? text("requestReceivedTimestamp") : stage
    }
    package var requestURI: String { text("requestURI") }
    /// Where the request came from.
    package var sources: [String] { document.root.field("sourceIPs").strings }
}

/// Finds the events in a document of a log.
package enum AuditEvents {
    package static let kind = GroupKind(group: "audit.k8s.io", kind: "Event")

    /// The events of a document: one for an `Event`, all items for an `EventList`; nil for anything else.
    package static func events(in document: Document, path: String, line: Int = 1) -> [AuditEvent]? {
        let resources = ResourceReader().read(document, path: path).resources
        guard !resources.isEmpty || isEmptyList(document.root), resources.allSatisfy({ $0.type.groupKind == kind }) else {
            return nil
        }
        return resources.map { AuditEvent($0.document, path: path, line: line) }
    }

    private static func isEmptyList(_ root: Value) -> Bool {
        root.field("kind").stringValue == "EventList" && root.field("apiVersion").stringValue?.hasPrefix("audit.k8s.io/") == true
            && root.field("items").kind != .undefined
    }
}
