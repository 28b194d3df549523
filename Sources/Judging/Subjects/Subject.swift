package import Catalogue
package import Documents
package import Gatekeeper
package import Inputs

/// What is judged: an object, and the circumstances under which it comes.
package struct Subject: Sendable {
    /// The object, with where it comes from: its places may lie in several files when it was rendered.
    package let resource: Resource
    package let circumstances: Circumstances
    /// Whether checks of objects have something to look at; not so when the object goes away, or when only a part changes
    /// that they do not judge. Checks that ask for the request look at it all the same.
    package let isJudgedAsObject: Bool
    /// Whether the object was sent, or made of another by an ExpansionTemplate.
    package let origin: MatchCandidate.Origin
    /// What stands before each message about it.
    package let remark: String
    /// The severity of its violations, when it is not that of each policy.
    package let severity: PolicySeverity?

    package init(_ resource: Resource, _ circumstances: Circumstances = .creation, isJudgedAsObject: Bool = true) {
        self.resource = resource
        self.circumstances = circumstances
        self.isJudgedAsObject = isJudgedAsObject
        origin = .original
        remark = ""
        severity = nil
    }

    /// An object that ExpansionTemplates made of another.
    package init(_ made: Expansion.Made, _ operation: AdmissionRequest.Operation = .create) {
        self.init(made, operation == .create ? .creation : Circumstances(operation: operation))
    }

    /// The same under circumstances of its own.
    package init(_ made: Expansion.Made, _ circumstances: Circumstances) {
        resource = made.resource
        self.circumstances = circumstances
        isJudgedAsObject = true
        origin = .generated
        remark = made.templates.map { "[Implied by \($0)] " }.joined()
        severity = made.action.map(PolicySeverity.init)
    }
}

/// How an object comes to be judged: the request of an admission review, or for a manifest its creation by nobody in
/// particular. A class, as all objects of a run share one.
package final class Circumstances: Sendable {
    /// A manifest that would be created.
    package static let creation = Circumstances(operation: .create)

    package let operation: AdmissionRequest.Operation
    /// The review as it was sent or made; nil when it is made of the object on demand.
    package let review: Document?

    package init(operation: AdmissionRequest.Operation, review: Document? = nil) {
        self.operation = operation
        self.review = review
    }

    private var request: Value { review?.root.field("request") ?? .undefined }
    /// The object before the change; undefined when there is none.
    package var oldObject: Value { request.field("oldObject") }
    /// Who asks (`userInfo` of the request); undefined when nobody does.
    package var user: Value { request.field("userInfo") }
    /// The Namespace of the object, when the request carries it.
    package var namespaceObject: Value { request.field("namespaceObject") }
    package var isDryRun: Bool { request.field("dryRun").isTrue }
}
